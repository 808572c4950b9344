import { termsIn } from '../glossary/entry.ts';
import type { TermId } from '../glossary/terms.ts';
import type { Box } from '../picture/marks.ts';
import type { Measure } from '../picture/type.ts';

/** A term of the glossary that a picture writes: the text, and where it is in CSS pixels. */
export interface GlossaryPlace {
  readonly term: TermId;
  readonly text: string;
  readonly box: Box;
}

/** A line of text of a picture that has its place, `y` in its middle. */
export interface PlacedLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly tone: 'plain' | 'dim' | 'bold';
}

/** Lines are so high, as a part of the size of their text. */
const lineHeight = 1.35;

/** Where a text of a picture names a term: the piece of it that does, or else the whole text. */
export function glossaryPlace(
  term: TermId,
  { text, x, y, size, anchor, tone }: PlacedLine,
  measure: Measure,
): GlossaryPlace {
  const widthOf = (piece: string): number => measure(piece, tone === 'bold');
  const width = widthOf(text);
  const start = x - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2);
  const height = Math.round(size * lineHeight);
  const box = { x: start, y: Math.round(y - height / 2), width, height };
  let before = '';
  for (const piece of termsIn(text)) {
    const own = typeof piece === 'string' ? piece : piece.text;
    if (typeof piece !== 'string' && piece.term === term)
      return { term, text: own, box: { ...box, x: start + widthOf(before), width: widthOf(own) } };
    before += own;
  }
  return { term, text, box };
}
