import { AttentionError } from '../../core/errors/reason.ts';
import { inputWords, type GraphInput } from './graph-input.ts';

/** A graph wants what cannot be given. */
export function unsupported(model: string, detail: string): AttentionError {
  return new AttentionError({ code: 'model-unsupported', model, detail });
}

/** A graph takes texts of one length, and this one cannot be filled up to it. */
export function lengthFixed(model: string, input: GraphInput, length: number, tokens: number): AttentionError {
  return new AttentionError({
    code: 'length-fixed',
    model,
    input: inputWords(input),
    length: `${length}`,
    tokens: `${tokens}`,
  });
}
