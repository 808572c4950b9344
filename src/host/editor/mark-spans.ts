import { itemAt } from '../../core/item-at.ts';
import type { TokenFocus } from '../../core/attention/selection.ts';
import type { ShownUnit } from '../../core/attention/units.ts';
import { otherSide, partnersOf } from '../../core/scene/links.ts';
import type { Scene } from '../../core/scene/scene.ts';
import { answerIn } from '../../core/prediction/span.ts';
import type { DocumentSpan, LiveAnalysis } from '../analysis/live-analysis.ts';

/** A stretch of a document, and the weight that colours it. */
export interface Mark extends DocumentSpan {
  readonly weight: number;
}

/** What editors show of a scene. */
export interface Marks {
  /** The characters of the focused unit, or null when it has none in a document. */
  readonly focus: DocumentSpan | null;
  readonly marks: readonly Mark[];
}

/** The heads that the numbers of a scene are of. */
export function headsOf({ selection: { head, heads } }: Scene): readonly number[] {
  return head === null ? heads : [head];
}

/**
 * The stretches of the documents that the focused unit of a scene looks at (or that look at it, when it is in focus as
 * a key).
 */
export function marksOf(analysis: LiveAnalysis, scene: Scene): Marks {
  const { token } = scene.selection;
  if (!token) return { focus: null, marks: [] };
  const other = otherSide(token.side);
  const partners = partnersOf(scene, token);
  const marks: Mark[] = [];
  for (const [index, unit] of scene.sides[other].entries()) {
    const span = spanOf(analysis, scene, other, unit);
    if (!span) continue;
    marks.push({ ...span, weight: itemAt(partners, index) });
  }
  const focused = scene.sides[token.side][token.index];
  return { focus: focused ? spanOf(analysis, scene, token.side, focused) : null, marks: merged(marks) };
}

/** The characters of the answer that an analysis gives to a question, and its probability; null where it gives none. */
export function answerMark(analysis: LiveAnalysis): (DocumentSpan & { readonly probability: number }) | null {
  const found = answerIn(analysis.info.predictions);
  if (!found) return null;
  const { answer, prediction } = found;
  const from = analysis.spanOf(prediction.sequence, answer.first);
  const to = analysis.spanOf(prediction.sequence, answer.last);
  return from && to && { ...from, end: to.end, probability: answer.probability };
}

/** The characters of a unit, from those of its first token to those of its last. */
function spanOf(
  analysis: LiveAnalysis,
  { source: { map } }: Scene,
  side: TokenFocus['side'],
  { first, end }: ShownUnit,
): DocumentSpan | null {
  const sequence = side === 'query' ? map.queries : map.keys;
  const from = analysis.spanOf(sequence, first);
  const to = analysis.spanOf(sequence, end - 1);
  return from && to && { ...from, end: Math.max(from.end, to.end) };
}

/** Tokens that share characters (bytes of one character) add up to one mark. */
function merged(marks: readonly Mark[]): Mark[] {
  const found = new Map<string, Mark>();
  for (const mark of marks) {
    const key = `${mark.start} ${mark.end} ${mark.uri}`;
    const same = found.get(key);
    found.set(key, { ...mark, weight: mark.weight + (same?.weight ?? 0) });
  }
  return [...found.values()];
}
