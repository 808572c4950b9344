import { itemAt } from '../../core/item-at.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { Sequence } from '../../core/text/token.ts';
import { describedEncoder } from '../config/config.ts';
import type { States } from '../feeds/step.ts';
import { shortened, tokenLimit } from '../model/limits.ts';
import { numbersOf } from '../predict/logits.ts';
import { layersOf } from './model-layers.ts';
import { stackOf, type Stack } from './stack.ts';
import { sequenceOf } from './family.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { words } from '../../core/words/words.ts';

/** What the encoder made of the source. */
export interface Source {
  readonly sequence: Sequence;
  readonly stack: Stack;
  readonly states: States;
  readonly notes: readonly string[];
}

/** The source of an encoder-decoder with its tokens. */
export function sourceSequence({ folder, network, tokenizer }: LoadedModel, text: string): Sequence {
  const maxTokens = Math.min(tokenLimit(folder, network.main), network.decoder?.sizes.source ?? Infinity);
  return sequenceOf(tokenizer.encode(text, { maxTokens }), text);
}

/** Runs the encoder of an encoder-decoder on its source. */
export async function readSource(model: LoadedModel, sequence: Sequence): Promise<Source> {
  const { folder, network } = model;
  const count = sequence.tokens.length;
  const { value, runs } = await network.main.record(() => sourceStates(model, sequence));
  const layers = layersOf(network.main, describedEncoder(folder.config));
  const stack = stackOf(folder.id, network.main.sites, runs, { queries: count, keys: count }, layers);
  return { sequence, stack, states: value, notes: sequence.analysedTo === undefined ? [] : [shortened(count)] };
}

/** What the encoder of an encoder-decoder makes of its source. Throws `model-unsupported` where it does not give it. */
export async function sourceStates({ folder, network }: LoadedModel, { tokens }: Sequence): Promise<States> {
  const value = await network.read({ ids: tokens.map((token) => token.id) });
  const given = value['last_hidden_state'];
  const data = given?.dims.length === 3 ? numbersOf(given) : null;
  if (!given || !data)
    throw new AttentionError({
      code: 'model-unsupported',
      model: folder.id,
      detail: words().details.run.noStates,
    });
  return { data, tokens: tokens.length, features: itemAt(given.dims, 2) };
}
