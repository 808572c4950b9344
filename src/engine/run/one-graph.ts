import type { DecoderRows } from '../../core/attention/map.ts';
import { cutsOf } from '../../core/text/cut-words.ts';
import type { Sequence } from '../../core/text/token.ts';
import type { Work } from '../../protocol/contract.ts';
import { describedEncoder, type Described } from '../config/config.ts';
import { attentionSize, checkAttention, shortened } from '../model/limits.ts';
import type { Tensors } from '../backend/network.ts';
import type { HeadReading } from '../predict/head.ts';
import { checkpoint } from '../process/stage.ts';
import { layersOf } from './model-layers.ts';
import { stackOf, type Stack } from './stack.ts';
import { differences, mapOf, readingNote, seenKind, type Found } from './family.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { words } from '../../core/words/words.ts';

/** What an encoder and a decoder do differently. */
interface Manner {
  readonly family: 'encoder' | 'decoder';
  readonly expected: 'self' | 'causal';
  /** Which text each token belongs to, where there are two. */
  readonly segments?: readonly number[];
  /** What the rows of a decoder are. */
  readonly rows?: DecoderRows;
  /** What the model predicts, from the outputs of the run. */
  predict(outputs: Tensors): HeadReading;
}

/** Throws `memory-too-small` when the attention of a model of one graph does not fit for so many tokens. */
export function checkLength({ folder, network, memory }: LoadedModel, tokens: number): void {
  const run = Math.max(tokens, network.main.sizes.tokens ?? 0);
  checkAttention(folder, memory, [attentionSize(network.main.sites, describedEncoder(folder.config), run, run)]);
}

/**
 * Runs a model that is one graph on all tokens at once and reads their attention; `value` are its outputs. Throws as
 * {@link checkLength} does.
 */
export async function readStack(
  model: LoadedModel,
  { tokens }: Sequence,
  segments?: readonly number[],
): Promise<{ readonly value: Tensors; readonly stack: Stack; readonly described: Described }> {
  const { folder, network } = model;
  const count = tokens.length;
  checkLength(model, count);
  const ids = tokens.map((token) => token.id);
  const { value, runs } = await network.main.record(() => network.read({ ids, ...(segments ? { segments } : {}) }));
  const described = describedEncoder(folder.config);
  const layers = layersOf(network.main, described);
  const stack = stackOf(folder.id, network.main.sites, runs, { queries: count, keys: count }, layers);
  return { value, stack, described };
}

/** Runs a model that is one graph on its whole text at once: one sequence, one map. */
export async function analyseOneGraph(
  model: LoadedModel,
  sequence: Sequence,
  work: Work,
  manner: Manner,
): Promise<Found> {
  const { folder, network } = model;
  const count = sequence.tokens.length;
  work.report({ stage: words().stages.running });
  const { value, stack, described } = await readStack(model, sequence, manner.segments);
  checkpoint(work.signal);
  const kind = seenKind(stack, manner.expected);
  const [attending, heads] = stack.shape;
  const { predictions, notes } = manner.predict(value);
  return {
    model: { id: folder.id, family: manner.family, layers: attending, heads },
    sequences: [sequence],
    maps: [
      mapOf(
        { name: 'attention', queries: 0, keys: 0, ...(manner.rows ? { rows: manner.rows } : {}) },
        kind,
        stack,
        described.masks,
      ),
    ],
    predictions,
    notes: [
      readingNote(network.main.notes),
      ...differences('attention', described, stack, kind, manner.expected),
      ...(cutsOf(sequence).length > 0 ? [shortened(count, sequence.pair !== undefined)] : []),
      ...notes,
    ],
  };
}
