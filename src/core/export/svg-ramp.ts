import { rampStep } from '../color/weight-ramp.ts';
import { hexOf, type Rgb } from '../color/srgb.ts';
import { base64Of } from '../picture/base64.ts';
import { pngOf } from '../picture/png.ts';
import { escape, ink } from './svg-parts.ts';

/** The paper of a picture. */
export const white: Rgb = { red: 255, green: 255, blue: 255 };

/** Where something is drawn, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const legendWidth = 180;

/**
 * Many cells as one picture inside the picture, `steps` of a ramp `[row][column]`: as many elements would take seconds
 * to open.
 */
export function pixelsIn(
  { x, y, width, height }: Box,
  columns: number,
  steps: Uint8Array,
  ramp: readonly Rgb[],
): string {
  const pixels = new Uint8Array(steps.length * 3);
  steps.forEach((step, index) => {
    const { red, green, blue } = ramp[step] ?? white;
    pixels.set([red, green, blue], index * 3);
  });
  const data = [...base64Of(pngOf(columns, steps.length / columns, pixels))].join('');
  return (
    `<image x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"` +
    ` style="image-rendering: pixelated" href="data:image/png;base64,${data}"/>`
  );
}

/** A line around a box. */
export function frameOf({ x, y, width, height }: Box): string {
  return (
    `<rect x="${x - 0.5}" y="${y - 0.5}" width="${width + 1}" height="${height + 1}" fill="none" ` +
    `stroke="${ink.rule}"/>`
  );
}

/** What the colours mean: a ramp from 0 to 1, and a line of words below it. */
export function rampLegend(x: number, y: number, ramp: readonly Rgb[], words: string): string {
  const steps = 12;
  const width = legendWidth / steps;
  const swatches = Array.from({ length: steps }, (_, step) => {
    const color = hexOf(ramp[rampStep((step + 0.5) / steps)] ?? white);
    return `<rect x="${x + 14 + step * width}" y="${y}" width="${width + 0.5}" height="8" fill="${color}"/>`;
  });
  return (
    `<g fill="${ink.dim}" font-family="sans-serif" font-size="11">${swatches.join('')}<text x="${x}" ` +
    `y="${y + 8}">0</text>` +
    `<text x="${x + 18 + legendWidth}" y="${y + 8}">1</text><text x="${x}" y="${y + 28}">${escape(words)}</text></g>`
  );
}
