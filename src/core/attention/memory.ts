/** Layers that work alike, and the text they run on. An encoder-decoder has three: encoder, decoder, cross. */
export interface AttentionSize {
  readonly layers: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
}

/** Bytes that a model takes before and during a run. */
export interface MemoryEstimate {
  readonly weights: number;
  readonly attention: number;
  readonly total: number;
}

/** What is left when an estimate is over the budget. Token counts are for the longer of queries and keys. */
export interface Fit {
  readonly fits: boolean;
  /** False when not even the weights fit: then neither a shorter text nor fewer layers help. */
  readonly weightsFit: boolean;
  /** The longest text that fits with all layers. */
  readonly tokens: number;
  /** The most layers that fit with the whole text. */
  readonly layers: number;
}

const bytesPerWeight = 4;
/**
 * A graph lies in memory as the bytes of its file while it is opened, and once more as the tensors of the runtime.
 * (Measured on the shape of BERT-base: 2.6 to 3.0 at most while it is opened, since matrices are packed beside their
 * tensors; 1.8 once the file's bytes are collected. With 512 tokens the whole takes 2.0 to 2.5 times weights and
 * attention.)
 */
const graphCopies = 2;
/** Each layer's attention is a tensor of the runtime first and part of the joined map after that. */
const attentionCopies = 2;

/**
 * Bytes that the weights of a model take at their peak; `graphBytes` counts the graph files and their external data.
 */
export function weightsMemory(graphBytes: number): number {
  return graphCopies * graphBytes;
}

/** Bytes of attention at their peak: layers × heads × queries × keys float32 numbers, twice. */
export function attentionMemory(sizes: readonly AttentionSize[]): number {
  const weights = sizes.reduce((sum, { layers, heads, queries, keys }) => sum + layers * heads * queries * keys, 0);
  return attentionCopies * bytesPerWeight * weights;
}

/** What a run would take. The activations between layers are left out: they are small beside weights and attention. */
export function estimateMemory(graphBytes: number, sizes: readonly AttentionSize[]): MemoryEstimate {
  const weights = weightsMemory(graphBytes);
  const attention = attentionMemory(sizes);
  return { weights, attention, total: weights + attention };
}

/**
 * Whether a run stays within `budget` bytes, and what would when it does not: attention grows with the square of the
 * text.
 */
export function whatFits(budget: number, graphBytes: number, sizes: readonly AttentionSize[]): Fit {
  const { weights, attention } = estimateMemory(graphBytes, sizes);
  const longest = Math.max(0, ...sizes.flatMap(({ queries, keys }) => [queries, keys]));
  const layers = sizes.reduce((sum, size) => sum + size.layers, 0);
  const room = budget - weights;
  if (room < 0) return { fits: false, weightsFit: false, tokens: 0, layers: 0 };
  if (attention <= room) return { fits: true, weightsFit: true, tokens: longest, layers };
  const share = room / attention;
  return {
    fits: false,
    weightsFit: true,
    tokens: Math.floor(longest * Math.sqrt(share)),
    layers: Math.floor(layers * share),
  };
}
