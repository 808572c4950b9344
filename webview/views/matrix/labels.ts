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
