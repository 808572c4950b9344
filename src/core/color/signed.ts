import type { Shade } from './head-color.ts';
import { oklch, rgbOf } from './oklab.ts';
import type { Rgb } from './srgb.ts';

/** The colours of numbers above and below 0. */
export interface SignedColors {
  readonly plus: Rgb;
  readonly minus: Rgb;
}

/** Orange and blue, in degrees of OKLCH: two hues that all kinds of colour vision tell apart. */
const hues = { plus: 55, minus: 255 } as const;
const lightnessAndChroma: Readonly<Record<Shade, readonly [lightness: number, chroma: number]>> = {
  dark: [0.74, 0.14],
  light: [0.58, 0.15],
};

/** The colours of signed numbers at their largest, as strong as each other. */
export function signedColors(shade: Shade): SignedColors {
  const [lightness, chroma] = lightnessAndChroma[shade];
  const colorOf = (hue: number): Rgb => rgbOf(oklch(lightness, chroma, hue));
  return { plus: colorOf(hues.plus), minus: colorOf(hues.minus) };
}
