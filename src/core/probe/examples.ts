import { headOf, type AttentionMap } from '../attention/map.ts';
import type { Pattern } from '../attention/patterns.ts';
import { itemAt } from '../item-at.ts';
import type { Sequence, Token } from '../text/token.ts';
import type { ExampleSpan, ProbeExample } from './evidence.ts';

/** Examples that are kept of each role of a head. */
export const keptExamples = 3;

/** A cell that may be an example: where it is in its map, and how well it shows a role. */
interface Shown {
  readonly query: number;
  readonly key: number;
  readonly weight: number;
}

/** The best examples of every role of every head, one of a text. */
export class Examples {
  readonly #kept = new Map<string, readonly ProbeExample[]>();

  /** Those of a role of a head, strongest first. */
  of(role: string, head: number): readonly ProbeExample[] {
    return this.#kept.get(`${role} ${head}`) ?? [];
  }

  /**
   * Adds, for every head of a map, the strongest weight that lies on a pattern and is the strongest of its row. Rows of
   * tokens without characters are left out: there is nothing to open at.
   */
  add(role: string, sequence: Sequence, map: AttentionMap, pattern: Pattern): void {
    const [layers, heads, queries, keys] = map.shape;
    const cells: [number, number][] = [];
    for (let query = map.kind === 'causal' ? 1 : 0; query < queries; query++) {
      if (!hasCharacters(itemAt(sequence.tokens, query))) continue;
      for (let key = 0; key < keys; key++) if (pattern(query, key)) cells.push([query, key]);
    }
    for (let at = 0; at < layers * heads; at++) {
      const weights = headOf(map, Math.floor(at / heads), at % heads);
      let best: Shown | null = null;
      for (const [query, key] of cells) {
        const weight = weights[query * keys + key] ?? 0;
        if (weight > (best?.weight ?? 0) && isStrongest(weights, query * keys, keys, weight))
          best = { query, key, weight };
      }
      if (best) this.offer(role, at, sequence, best);
    }
  }

  /** Adds one cell of a text as an example. */
  offer(role: string, head: number, sequence: Sequence, { query, key, weight }: Shown): void {
    const before = this.of(role, head);
    if (before.length === keptExamples && itemAt(before, keptExamples - 1).weight >= weight) return;
    const { text, pair } = sequence;
    const example: ProbeExample = {
      text,
      ...(pair === undefined ? {} : { pair }),
      query: spanOf(itemAt(sequence.tokens, query)),
      key: spanOf(itemAt(sequence.tokens, key)),
      weight,
    };
    const kept = [...before, example].sort((a, b) => b.weight - a.weight).slice(0, keptExamples);
    this.#kept.set(`${role} ${head}`, kept);
  }
}

function spanOf({ start, end, segment, text }: Token): ExampleSpan {
  return { start, end, ...(segment === 1 ? { inPair: true } : {}), ...(end > start ? {} : { token: text }) };
}

function hasCharacters({ start, end, special }: Token): boolean {
  return !special && end > start;
}

function isStrongest(weights: Float32Array, first: number, keys: number, weight: number): boolean {
  for (let at = first; at < first + keys; at++) if ((weights[at] ?? 0) > weight) return false;
  return true;
}
