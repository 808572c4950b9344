import { sequenceOn } from '../../../src/core/scene/frame.ts';
import type { Frame } from '../../state/frame.ts';
import { labelOn } from '../../words/label.ts';
import type { Label } from './draw.ts';

/** Labels that are longest in characters are measured; the widest is among so many of them. */
const measured = 12;

/** The width of the widest label in a font, in CSS pixels. */
export function widestLabel(labels: readonly Label[], font: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  context.font = font;
  const longest = [...labels].sort((a, b) => b.text.length - a.text.length).slice(0, measured);
  return Math.max(0, ...longest.map(({ text }) => context.measureText(text).width));
}

/** The names of the rows, or of the columns. */
export function labelsOn(frame: Frame, side: 'query' | 'key'): Label[] {
  return sequenceOn(frame, side).tokens.map((token, index) => ({
    text: labelOn(frame, side, index),
    special: token.special,
    unknown: token.unknown && token.text,
  }));
}
