import { itemAt } from '../item-at.ts';
import { oklch, rgbOf, type Oklab } from './oklab.ts';
import type { Rgb } from './srgb.ts';

/** The themes that tell heads apart by hue; high contrast uses the theme's foreground with patterns and widths. */
export type Shade = 'dark' | 'light';

/** Hues in degrees of OKLCH, 30° apart, ordered so that neighbouring heads differ by 90° or more. */
const hues = [255, 135, 45, 315, 195, 15, 285, 105, 225, 75, 345, 165] as const;

/** The number of hues; further heads repeat them and are told apart by {@link headTurn}. */
export const hueCount = hues.length;

const lightnessAndChroma: Readonly<Record<Shade, readonly [lightness: number, chroma: number]>> = {
  dark: [0.78, 0.12],
  light: [0.56, 0.14],
};

/** The colour of a head in OKLab: one hue a head at one lightness and chroma. */
export function headOklab(head: number, shade: Shade): Oklab {
  const [lightness, chroma] = lightnessAndChroma[shade];
  return oklch(lightness, chroma, itemAt(hues, head % hueCount));
}

/** The colour of several heads merged: a grey as light as the heads' own colours, so that it is taken for none. */
export function mergedColor(shade: Shade): Rgb {
  const [lightness] = lightnessAndChroma[shade];
  return rgbOf(oklch(lightness, 0, 0));
}

/** The colour of what is made of some heads: the head's own of a single one, else {@link mergedColor}. */
export function headsColor(heads: readonly number[], shade: Shade): Rgb {
  const [only] = heads;
  return only !== undefined && heads.length === 1 ? headColor(only, shade) : mergedColor(shade);
}

/** The colour of a head in sRGB. */
export function headColor(head: number, shade: Shade): Rgb {
  return rgbOf(headOklab(head, shade));
}

/** How often the hues were used up before this head: 0 for heads 0–11, 1 for 12–23, … */
export function headTurn(head: number): number {
  return Math.floor(head / hueCount);
}
