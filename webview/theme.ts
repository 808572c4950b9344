import { headColor, headsColor, headTurn, type Shade } from '../src/core/color/head-color.ts';
import type { Rgb } from '../src/core/color/srgb.ts';

/** How a line is drawn beside its colour: a canvas dash pattern in CSS pixels and a factor of its width. */
export interface Stroke {
  readonly dash: readonly number[];
  readonly width: number;
}

/** The colours of the theme that canvases need, and the colours of heads in it. */
export interface Palette {
  readonly contrast: boolean;
  readonly surface: Rgb;
  readonly foreground: Rgb;
  /** The colour of a head. */
  colorOf(head: number): Rgb;
  /** The colour of what is made of some heads: neutral when there are several. */
  colorOfAll(heads: readonly number[]): Rgb;
  /** How the lines of a head are drawn. */
  strokeOf(head: number): Stroke;
}

const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3]];

/** The palette of the theme that VS Code has put on the body. */
export function readPalette(body: HTMLElement): Palette {
  const style = getComputedStyle(body);
  const surface = rgbFrom(style.backgroundColor) ?? { red: 255, green: 255, blue: 255 };
  const foreground = rgbFrom(style.color) ?? { red: 0, green: 0, blue: 0 };
  const { classList } = body;
  if (
    classList.contains('vscode-high-contrast') ||
    classList.contains('vscode-high-contrast-light') ||
    forcedColors()
  ) {
    return contrastPalette(surface, foreground);
  }
  return huePalette(classList.contains('vscode-light') ? 'light' : 'dark', surface, foreground);
}

/** Calls `changed` when VS Code changes the theme; the returned function stops that. */
export function watchTheme(body: HTMLElement, changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(body.ownerDocument.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}

function forcedColors(): boolean {
  return matchMedia('(forced-colors: active)').matches;
}

function huePalette(shade: Shade, surface: Rgb, foreground: Rgb): Palette {
  return {
    contrast: false,
    surface,
    foreground,
    colorOf: (head) => headColor(head, shade),
    colorOfAll: (heads) => headsColor(heads, shade),
    strokeOf: (head) => ({ dash: dashes[headTurn(head) % dashes.length] ?? [], width: 1 }),
  };
}

function contrastPalette(surface: Rgb, foreground: Rgb): Palette {
  return {
    contrast: true,
    surface,
    foreground,
    colorOf: () => foreground,
    colorOfAll: () => foreground,
    strokeOf: (head) => ({
      dash: dashes[head % dashes.length] ?? [],
      width: 1 + 0.6 * (Math.floor(head / dashes.length) % 3),
    }),
  };
}

function rgbFrom(color: string): Rgb | null {
  const [red, green, blue] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (red === undefined || green === undefined || blue === undefined) return null;
  return { red: Math.round(red), green: Math.round(green), blue: Math.round(blue) };
}
