import { estimateMemory, weightsMemory, whatFits, type AttentionSize } from '../../core/attention/memory.ts';
import type { MapShape } from '../../core/attention/map.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import { describedLimit, type Described } from '../config/config.ts';
import type { FixedSizes } from '../feeds/graph-input.ts';
import type { ModelFolder } from '../store/models.ts';
import { words } from '../../core/words/words.ts';

/** Assumed where neither the graph nor its description tells. */
const usualHeads = 16;

/** The bytes that a model may take here. */
export interface Memory {
  readonly budget: number;
  /** Bytes of the model's graph files and the weights beside them. */
  readonly graphs: number;
}

/**
 * What a model that is open so many times takes of a budget. Throws `memory-too-small` when not even its weights fit.
 */
export function memoryOf(folder: ModelFolder, budget: number, times = 1): Memory {
  const memory = { budget, graphs: times * folder.graphBytes };
  check(folder, memory, []);
  return memory;
}

/** Throws `memory-too-small`, with what would fit, when the attention of a text does not fit beside the weights. */
export function checkAttention(folder: ModelFolder, memory: Memory, sizes: readonly AttentionSize[]): void {
  check(folder, memory, sizes);
}

/**
 * Tensors of the size of a layer's weights that explaining one of them takes: its scores, and what is added to them.
 */
const explanationTensors = 4;
/** Weights up to the layer that is explained are read once more, from the file: one copy of all of them at most. */
const explanationCopies = 0.5;

/** Throws `memory-too-small` when explaining a weight of a map of this shape does not fit beside the map. */
export function checkExplanation(folder: ModelFolder, memory: Memory, shape: MapShape): void {
  const [layers, heads, queries, keys] = shape;
  const graphs = memory.graphs + explanationCopies * folder.graphBytes;
  check(folder, { ...memory, graphs }, [{ layers: layers + explanationTensors, heads, queries, keys }]);
}

/**
 * The longest target that fits beside what is known already, at most `most`; `sizes` gives the attention of a target.
 */
export function longestFitting(
  { budget, graphs }: Memory,
  sizes: (target: number) => readonly AttentionSize[],
  most: number,
): number {
  let [fits, over] = [1, most + 1];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (whatFits(budget, graphs, sizes(middle)).fits) fits = middle;
    else over = middle;
  }
  return fits;
}

/** The attention of a stack of layers on so many queries and keys. */
export function attentionSize(
  sites: readonly AttentionSite[],
  described: Described,
  queries: number,
  keys: number,
): AttentionSize {
  const heads = sites.find((site) => site.heads !== null)?.heads ?? described.heads ?? usualHeads;
  return { layers: sites.length, heads, queries, keys };
}

/** The most tokens of a text that the model was made for, and that its graph takes; Infinity when neither says. */
export function tokenLimit(folder: ModelFolder, graph?: { readonly sizes: FixedSizes } | null): number {
  return Math.min(describedLimit(folder.config, folder.tokenizerConfig) ?? Infinity, graph?.sizes.tokens ?? Infinity);
}

/** Why a text was shortened, or the two of a pair, as a sentence. */
export function shortened(limit: number, isPair = false): string {
  return isPair ? words().notes.pairShortened(limit) : words().notes.textShortened(limit);
}

function check({ id }: ModelFolder, { budget, graphs }: Memory, sizes: readonly AttentionSize[]): void {
  const fit = whatFits(budget, graphs, sizes);
  if (fit.fits) return;
  const needed = sizeOf(estimateMemory(graphs, sizes).total);
  const fits = fit.weightsFit
    ? words().details.model.textFits(fit.tokens)
    : words().details.model.weightsNeed(sizeOf(weightsMemory(graphs)));
  throw new AttentionError({ code: 'memory-too-small', model: id, needed, budget: sizeOf(budget), fits });
}
