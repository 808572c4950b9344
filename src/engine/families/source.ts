import type { Tensor } from '@huggingface/transformers';
import { AttentionError } from '../../core/errors/reason.ts';
import type { Sequence } from '../../core/text/token.ts';
import { shortened, tokenLimit } from '../limits.ts';
import { stackOf, type Stack } from '../stack.ts';
import { sequenceOf, type LoadedModel } from './family.ts';

/** What the encoder made of the source. */
export interface Source {
  readonly sequence: Sequence;
  readonly stack: Stack;
  readonly mask: Tensor;
  readonly states: Tensor;
  readonly notes: readonly string[];
}

/** The source of an encoder-decoder with its tokens. */
export function sourceSequence({ folder, tokenizer }: LoadedModel, text: string): Sequence {
  return sequenceOf(tokenizer.encode(text, { maxTokens: tokenLimit(folder) }), text);
}

/** Runs the encoder of an encoder-decoder on its source. */
export async function readSource({ folder, network }: LoadedModel, sequence: Sequence): Promise<Source> {
  const mask = network.row(sequence.tokens.map(() => 1));
  const ids = network.row(sequence.tokens.map((token) => token.id));
  const { value, runs } = await network.main.record(() => network.runMain({ input_ids: ids, attention_mask: mask }));
  const states = value['last_hidden_state'];
  if (!states) throw new AttentionError({ code: 'model-unsupported', model: folder.id, detail: 'its encoder gives no last_hidden_state' });
  const count = sequence.tokens.length;
  const stack = stackOf(folder.id, network.main.sites, runs, { queries: count, keys: count });
  return { sequence, stack, mask, states, notes: sequence.analysedTo === undefined ? [] : [shortened(count)] };
}
