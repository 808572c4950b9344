import type { Tensor } from '@huggingface/transformers';
import type { Sequence } from '../../core/text/token.ts';
import type { Work } from '../../protocol/contract.ts';
import { describedEncoder } from '../config.ts';
import { shortened, tokenLimit } from '../limits.ts';
import { checkpoint } from '../stage.ts';
import { stackOf } from '../stack.ts';
import { differences, mapOf, readingNote, seenKind, sequenceOf, type Found, type LoadedModel, type Texts } from './family.ts';

/** What an encoder and a decoder do differently. */
interface Manner {
  readonly family: 'encoder' | 'decoder';
  readonly expected: 'self' | 'causal';
  /** Inputs beside the token ids and the mask. */
  inputs(model: LoadedModel, typeIds: readonly number[]): Readonly<Record<string, Tensor>>;
}

/** Runs a model that is one graph on its whole text at once: one sequence, one map. */
export async function analyseOneGraph(model: LoadedModel, { text, pair }: Texts, work: Work, manner: Manner): Promise<Found> {
  const { folder, tokenizer, network } = model;
  const described = describedEncoder(folder.config);
  const limit = tokenLimit(folder, described, network.main.sites);
  const encoding = tokenizer.encode(text, { ...(pair === undefined ? {} : { pair }), maxTokens: limit.tokens });
  const sequence: Sequence = sequenceOf(encoding, text, pair);
  const count = sequence.tokens.length;
  const inputs = {
    input_ids: network.row(sequence.tokens.map((token) => token.id)),
    attention_mask: network.row(sequence.tokens.map(() => 1)),
    ...manner.inputs(model, encoding.typeIds),
  };
  const { runs } = await network.main.record(() => network.forward(inputs));
  checkpoint(work.signal);
  const stack = stackOf(folder.id, network.main.sites, runs, { queries: count, keys: count });
  const kind = seenKind(stack, manner.expected);
  const [layers, heads] = stack.shape;
  return {
    model: { id: folder.id, family: manner.family, layers, heads },
    sequences: [sequence],
    maps: [mapOf({ name: 'attention', queries: 0, keys: 0 }, kind, stack)],
    notes: [
      readingNote(network.main.notes),
      ...differences('attention', described, stack, kind, manner.expected),
      ...(sequence.analysedTo === undefined ? [] : [shortened(limit)]),
    ],
  };
}
