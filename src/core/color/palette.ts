import type { RoleFamily } from '../probe/role-families.ts';
import { familyColor } from './family-color.ts';
import { headColor, headsColor, headTurn, type Shade } from './head-color.ts';
import { signedColors, type SignedColors } from './signed.ts';
import { blend, type Rgb } from './srgb.ts';

/** How the lines of a head are drawn beside their colour: a dash pattern in pixels and a factor of their width. */
export interface HeadStroke {
  readonly dash: readonly number[];
  readonly width: number;
}

/** The colours of what a picture is drawn on (a theme, or paper), and those of heads on it. */
export interface Palette {
  readonly contrast: boolean;
  readonly surface: Rgb;
  readonly foreground: Rgb;
  /** Text that is less than the foreground. */
  readonly dim: Rgb;
  /** What is in focus, and nothing else. */
  readonly focus: Rgb;
  /** Numbers above and below 0; with high contrast both alike, to be told apart by shape. */
  readonly signed: SignedColors;
  /** The colour of a head. */
  colorOf(head: number): Rgb;
  /** The colour of what is made of some heads: neutral when there are several. */
  colorOfAll(heads: readonly number[]): Rgb;
  /** The colour of heads whose roles are of one family. */
  colorOfFamily(family: RoleFamily): Rgb;
  /** How the lines of a head are drawn. */
  strokeOf(head: number): HeadStroke;
}

/** The colours that a palette is made around. */
export type Ground = Pick<Palette, 'surface' | 'foreground' | 'focus'>;

const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3]];
/** How much of the foreground is in dimmed text; the rest is surface. High contrast dims nothing. */
const dimmed = 0.72;

/** Heads told apart by hue, and by dashes where hues repeat. */
export function huePalette(shade: Shade, ground: Ground): Palette {
  return {
    ...ground,
    contrast: false,
    dim: blend(ground.foreground, ground.surface, dimmed),
    signed: signedColors(shade),
    colorOf: (head) => headColor(head, shade),
    colorOfAll: (heads) => headsColor(heads, shade),
    colorOfFamily: (family) => familyColor(family, shade),
    strokeOf: (head) => ({ dash: dashes[headTurn(head) % dashes.length] ?? [], width: 1 }),
  };
}

/** Heads told apart by dashes and widths, all in the colour of text. */
export function contrastPalette(ground: Ground): Palette {
  return {
    ...ground,
    contrast: true,
    dim: ground.foreground,
    signed: { plus: ground.foreground, minus: ground.foreground },
    colorOf: () => ground.foreground,
    colorOfAll: () => ground.foreground,
    colorOfFamily: () => ground.foreground,
    strokeOf: (head) => ({
      dash: dashes[head % dashes.length] ?? [],
      width: 1 + 0.6 * (Math.floor(head / dashes.length) % 3),
    }),
  };
}
