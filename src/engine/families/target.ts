import { AttentionError } from '../../core/errors/reason.ts';
import type { Sequence, Token } from '../../core/text/token.ts';
import { idSet } from '../config.ts';
import type { ModelFolder } from '../models.ts';
import { sequenceOf, type LoadedModel } from './family.ts';

/** The id that a decoder is fed first. Throws `model-unsupported` when neither of the model's files names one. */
export function startToken({ id, config, generation }: ModelFolder): number {
  const start = generation?.decoder_start_token_id ?? config.decoder_start_token_id ?? config.bos_token_id ?? config.pad_token_id;
  if (typeof start === 'number') return start;
  throw new AttentionError({ code: 'model-unsupported', model: id, detail: 'config.json names no decoder_start_token_id' });
}

/** A given target as the decoder is fed it: the start token and the text's tokens without the end token. Throws `text-empty`. */
export function givenTarget(model: LoadedModel, text: string, limit: number): Sequence {
  const encoding = model.tokenizer.encode(text, { maxTokens: Math.max(1, limit - 1) });
  const sequence = sequenceOf(encoding, text);
  const ends = idSet(model.folder.generation?.eos_token_id ?? model.folder.config.eos_token_id);
  const last = sequence.tokens.at(-1);
  const tokens = last?.special && ends.has(last.id) ? sequence.tokens.slice(0, -1) : sequence.tokens;
  return { ...sequence, tokens: [startOf(model), ...tokens] };
}

/** A target that the model wrote: its text, and where in it each token stands. `ids` begins with the start token. */
export function generatedTarget(model: LoadedModel, ids: readonly number[]): Sequence {
  const written = ids.slice(1);
  const text = model.tokenizer.decode(written);
  return { text, tokens: [startOf(model), ...(encodedAlike(model, text, written) ?? placed(model, written))] };
}

function startOf({ folder, tokenizer }: LoadedModel): Token {
  const id = startToken(folder);
  return { id, text: tokenizer.tokenText(id), start: 0, end: 0, special: true, word: null, segment: 0 };
}

/** The tokens that the tokenizer makes of the text, when they are the ones that were written. */
function encodedAlike({ tokenizer }: LoadedModel, text: string, ids: readonly number[]): readonly Token[] | null {
  const { tokens } = tokenizer.encode(text, { addSpecialTokens: false });
  return tokens.length === ids.length && tokens.every((token, index) => token.id === ids[index]) ? tokens : null;
}

/** Otherwise each token stands where the text of what was written so far grows by it. */
function placed({ tokenizer }: LoadedModel, ids: readonly number[]): Token[] {
  let before = '';
  return ids.map((id, index) => {
    const text = tokenizer.decode(ids.slice(0, index + 1));
    const start = Math.min(before.length, text.length);
    before = text;
    return { id, text: tokenizer.tokenText(id), start, end: text.length, special: start === text.length, word: null, segment: 0 };
  });
}
