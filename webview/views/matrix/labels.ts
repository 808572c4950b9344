import type { Measure } from '../../../src/core/picture/type.ts';
import { sequenceOn } from '../../../src/core/scene/frame.ts';
import type { Label } from '../../../src/core/views/labels.ts';
import type { Frame } from '../../state/frame.ts';
import { labelOn } from '../../words/label.ts';

/** The size of labels, in CSS pixels. */
export const labelSize = 12;
/** Labels that are longest in characters are measured; the widest is among so many of them. */
const measured = 12;

/** The width of the widest label, in CSS pixels. */
export function widestLabel(labels: readonly Label[], measure: Measure): number {
  const longest = [...labels].sort((a, b) => b.text.length - a.text.length).slice(0, measured);
  return Math.max(0, ...longest.map(({ text }) => measure(text, false)));
}

/** The names of the rows, or of the columns. */
export function labelsOn(frame: Frame, side: 'query' | 'key'): Label[] {
  return sequenceOn(frame, side).tokens.map((token, index) => ({
    text: labelOn(frame, side, index),
    special: token.special,
    unknown: token.unknown === true,
  }));
}
