import { headOf, seenKeys, type AttentionMap } from '../attention/map.ts';
import { isAmong } from '../attention/mask.ts';
import { sightOf } from '../attention/sight.ts';
import { sinkThreshold } from '../attention/sinks.ts';
import { itemAt } from '../item-at.ts';
import type { Sequence, Token } from '../text/token.ts';
import { beatsEqualWeights, minCases, noOpLength, type NoOpEvidence } from './evidence.ts';
import { Examples } from './examples.ts';
import type { HandedOver } from './handed-over.ts';
import { uniformHead } from './uniform-head.ts';

/** What was summed over the rows of a head. */
interface Sums {
  rows: number;
  /** Of weights: on sinks, on all keys. */
  weightOn: number;
  weightAll: number;
  /** The same of weights times the lengths of values. */
  normOn: number;
  normAll: number;
  /** The lengths of what was handed over. */
  output: number;
  /** The mean length of a value of an ordinary token that the row sees. */
  ordinary: number;
}

type Layers = readonly (readonly HandedOver[] | null)[];

/**
 * Which heads rest: much weight on a sink (special tokens; the first token of a text without any), little handed over.
 * Weight alone does not tell, since a head may hand over much from a sink, and little from what it looks at otherwise
 * (Kobayashi et al. 2020, "Attention is not only a weight", EMNLP 2020). Counted are rows of tokens that are no sink
 * themselves.
 */
export class NoOpScores {
  readonly #sums: readonly Sums[];
  readonly #uniform: Sums = zero();
  readonly #unread = new Set<number>();
  readonly #examples = new Examples();

  constructor(heads: number) {
    this.#sums = Array.from({ length: heads }, zero);
  }

  /** Adds what every head hands over on a text; null for layers of which it could not be read. */
  add(sequence: Sequence, map: AttentionMap, layers: Layers): void {
    const [count, heads, , keys] = map.shape;
    const isSink = sinksOf(sequence.tokens);
    this.#count(this.#uniform, isSink, map, 0, uniformHead(map.kind, keys), null);
    for (let layer = 0; layer < count; layer++) {
      const read = layers[layer] ?? null;
      if (read === null) this.#unread.add(layer);
      for (let head = 0; head < heads; head++) {
        const at = layer * heads + head;
        const weights = headOf(map, layer, head);
        this.#count(itemAt(this.#sums, at), isSink, map, layer, weights, read?.[head] ?? null);
      }
    }
    this.#examples.add('no-op', sequence, map, (query, key) => !isSink(query) && isSink(key));
  }

  /** Layers that could not be read. */
  get unread(): number[] {
    return [...this.#unread].sort((a, b) => a - b);
  }

  /** That a head does nothing, where it rests and hands little over; null for others. */
  of(head: number, headsPerLayer: number): NoOpEvidence | null {
    const layer = Math.floor(head / headsPerLayer);
    const { rows, weightOn, weightAll, normOn, normAll, output } = itemAt(this.#sums, head);
    if (rows < minCases || this.#unread.has(layer)) return null;
    const score = share(weightOn, weightAll);
    const baseline = share(this.#uniform.weightOn, this.#uniform.weightAll);
    const beside = this.#sums.slice(layer * headsPerLayer, (layer + 1) * headsPerLayer);
    const ordinary = beside.reduce((sum, one) => sum + one.ordinary, 0) / headsPerLayer;
    const length = ordinary > 0 ? output / ordinary : 1;
    if (score < sinkThreshold || !beatsEqualWeights(score, baseline) || length > noOpLength) return null;
    const examples = [...this.#examples.of('no-op', head)];
    return {
      kind: 'no-op',
      name: 'no-op',
      score,
      baseline,
      normShare: share(normOn, normAll),
      length,
      cases: rows,
      examples,
    };
  }

  #count(
    sums: Sums,
    isSink: (token: number) => boolean,
    map: AttentionMap,
    layer: number,
    weights: Float32Array,
    lengths: HandedOver | null,
  ): void {
    const [, , queries, keys] = map.shape;
    const sight = sightOf(map, layer);
    for (let query = map.kind === 'causal' ? 1 : 0; query < queries; query++) {
      if (isSink(query)) continue;
      const seen = seenKeys(sight, query, keys);
      let [ordinary, others] = [0, 0];
      for (let key = 0; key < keys; key++) {
        const weight = weights[query * keys + key] ?? NaN;
        const norm = lengths ? weight * itemAt(lengths.values, key) : 0;
        sums.weightAll += weight;
        sums.normAll += norm;
        if (isSink(key)) {
          sums.weightOn += weight;
          sums.normOn += norm;
        } else if (lengths && isAmong(seen, key)) {
          ordinary += itemAt(lengths.values, key);
          others += 1;
        }
      }
      sums.rows += 1;
      sums.ordinary += others > 0 ? ordinary / others : 0;
      sums.output += lengths ? itemAt(lengths.outputs, query) : 0;
    }
  }
}

function zero(): Sums {
  return { rows: 0, weightOn: 0, weightAll: 0, normOn: 0, normAll: 0, output: 0, ordinary: 0 };
}

function share(part: number, all: number): number {
  return all > 0 ? Math.min(1, part / all) : 0;
}

function sinksOf(tokens: readonly Token[]): (token: number) => boolean {
  const hasSpecial = tokens.some(({ special }) => special);
  return (token) => (hasSpecial ? itemAt(tokens, token).special : token === 0);
}
