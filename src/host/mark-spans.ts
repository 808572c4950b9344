import type { Selection } from '../core/attention/selection.ts';
import type { FocusWeights } from './focus-weights.ts';
import type { DocumentSpan, LiveAnalysis } from './live-analysis.ts';

/** A stretch of a document, the weight that colours it, and what each head in focus puts there. */
export interface Mark extends DocumentSpan {
  readonly weight: number;
  readonly shares: readonly number[];
}

/** What editors show of a selection. */
export interface Marks {
  /** The characters of the focused token, or null when it has none in a document. */
  readonly focus: DocumentSpan | null;
  readonly marks: readonly Mark[];
}

/**
 * The stretches of the documents that the focused token looks at (or that look at it, when it is in focus as a key).
 */
export function marksOf(analysis: LiveAnalysis, { map: index, token }: Selection, focus: FocusWeights): Marks {
  const map = analysis.map(index);
  if (!map || !token) return { focus: null, marks: [] };
  const query = token.side === 'query';
  const { weights, layer, queries, keys, heads } = focus;
  const marks: Mark[] = [];
  for (let other = 0; other < (query ? keys : queries); other++) {
    const span = analysis.spanOf(query ? map.keys : map.queries, other);
    if (!span) continue;
    const cell = query ? token.index * keys + other : other * keys + token.index;
    marks.push({
      ...span,
      weight: weights[cell] ?? 0,
      shares: heads.map((head) => layer[head * queries * keys + cell] ?? 0),
    });
  }
  return { focus: analysis.spanOf(query ? map.queries : map.keys, token.index), marks: merged(marks) };
}

/** Tokens that share characters (bytes of one character) add up to one mark. */
function merged(marks: readonly Mark[]): Mark[] {
  const found = new Map<string, Mark>();
  for (const mark of marks) {
    const key = `${mark.start} ${mark.end} ${mark.uri}`;
    const same = found.get(key);
    const shares = mark.shares.map((share, head) => share + (same?.shares[head] ?? 0));
    found.set(key, { ...mark, weight: mark.weight + (same?.weight ?? 0), shares });
  }
  return [...found.values()];
}
