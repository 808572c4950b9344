import type { RoleFamily } from '../probe/role-families.ts';
import type { Shade } from './head-color.ts';
import { oklch, rgbOf } from './oklab.ts';
import type { Rgb } from './srgb.ts';

/**
 * Hues in degrees of OKLCH, and by how much each is lighter: what a kind of colour vision takes for one hue still
 * differs in lightness. Shapes tell the families apart beside their colours.
 */
const looks: Readonly<Record<RoleFamily, { readonly hue: number; readonly lighter: number; readonly chroma: number }>> =
  {
    grammar: { hue: 55, lighter: 0, chroma: 1 },
    position: { hue: 255, lighter: -0.06, chroma: 1 },
    repetition: { hue: 165, lighter: 0.06, chroma: 1 },
    special: { hue: 330, lighter: -0.02, chroma: 1 },
    pair: { hue: 100, lighter: 0.1, chroma: 1 },
    broad: { hue: 0, lighter: 0, chroma: 0 },
    none: { hue: 0, lighter: 0, chroma: 0 },
  };
const lightnessAndChroma: Readonly<Record<Shade, readonly [lightness: number, chroma: number]>> = {
  dark: [0.76, 0.13],
  light: [0.58, 0.14],
};

/** The colour of the heads of a family in sRGB. */
export function familyColor(family: RoleFamily, shade: Shade): Rgb {
  const [lightness, chroma] = lightnessAndChroma[shade];
  const { hue, lighter, chroma: part } = looks[family];
  return rgbOf(oklch(lightness + lighter, chroma * part, hue));
}
