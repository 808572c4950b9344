import type { DecorationRenderOptions, ThemableDecorationRenderOptions } from 'vscode';
import type { Shade } from '../../core/color/head-color.ts';
import { blend, contrast, cssOf, minContrast, textOn, type Rgb } from '../../core/color/srgb.ts';

/** Weights are shown in this many steps. */
export const levels = 16;

/**
 * Stands for the editor's own colours, which an extension cannot read; only the choice of a readable text rests on it.
 */
const assumed: Readonly<Record<Shade, { readonly surface: Rgb; readonly text: Rgb }>> = {
  dark: { surface: { red: 31, green: 31, blue: 31 }, text: { red: 204, green: 204, blue: 204 } },
  light: { surface: { red: 255, green: 255, blue: 255 }, text: { red: 59, green: 59, blue: 59 } },
};

/**
 * The look of a weight in its colours: a fill, and a readable text on it where the text may have a colour of its own.
 */
export function fillLook(colors: Readonly<Record<Shade, Rgb>>, alpha: number, apart: boolean): DecorationRenderOptions {
  return {
    borderRadius: '2px',
    dark: fill(colors.dark, alpha, 'dark', apart),
    light: fill(colors.light, alpha, 'light', apart),
  };
}

function fill(color: Rgb, alpha: number, shade: Shade, apart: boolean): ThemableDecorationRenderOptions {
  const under = blend(color, assumed[shade].surface, alpha);
  if (contrast(assumed[shade].text, under) >= minContrast) return { backgroundColor: cssOf(color, alpha) };
  return apart
    ? { backgroundColor: cssOf(color, alpha), color: cssOf(textOn(under)) }
    : fill(color, alpha - 1 / levels, shade, apart);
}

/**
 * The line under a word in high contrast: an underline in the colour of the text itself, or a border with a colour of
 * its own.
 */
export type ContrastLine =
  | { readonly textDecoration: string }
  | { readonly borderWidth: string; readonly borderStyle: string; readonly outline: string };

/**
 * The line that shows a weight in high contrast: dotted, dashed, then solid and thicker.
 *
 * Selected text has another ground there, often the colour of the text elsewhere: an underline goes with the colour of
 * the text, and is seen on both. Text that cannot stand apart is not underlined, since that would lay it out anew: it
 * gets a border, with an outline in the colour of the editor around it, which is seen where the border is not.
 */
export function contrastLine(weight: number, apart: boolean): ContrastLine {
  const style = weight < 0.15 ? 'dotted' : weight < 0.35 ? 'dashed' : 'solid';
  const width = Math.max(1, Math.round(weight * 4));
  if (apart) return { textDecoration: `underline ${style} ${width}px` };
  return { borderWidth: `0 0 ${width}px 0`, borderStyle: style, outline: '1px solid' };
}
