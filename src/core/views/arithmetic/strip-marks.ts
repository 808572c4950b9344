import type { Palette } from '../../color/palette.ts';
import { blend } from '../../color/srgb.ts';
import { itemAt } from '../../item-at.ts';
import type { Box, Mark } from '../../picture/marks.ts';
import { lineMark } from '../../picture/type.ts';
import type { Chain } from './chain.ts';
import type { PlacedStrip } from './layout.ts';

/** From this width of a component on, in pixels, a line of the surface parts it from the next. */
const minParted = 7;
/** How much of the foreground is in the ground of a strip whose numbers are bars, and in a line that only parts. */
const faint = 0.22;

/**
 * The components of a strip in an order: colours from minus to plus, or bars up and down with high contrast; `titleOf`
 * says what a component is, by its place in the strip.
 */
export function stripMarks(
  { strip, box }: PlacedStrip,
  order: readonly number[],
  palette: Palette,
  titleOf: ((place: number) => string) | null = null,
): readonly Mark[] {
  const { values, peak, meets } = strip;
  const size = box.width / values.length;
  const gap = size >= minParted ? 1 : 0;
  const middle = box.y + box.height / 2;
  const marks = Array.from(values, (_, at): Mark => {
    const value = itemAt(values, meets ? itemAt(order, at) : at);
    const share = peak > 0 ? Math.abs(value) / peak : 0;
    const x = box.x + at * size;
    const width = size - gap + (gap === 0 ? 0.4 : 0);
    const color = value < 0 ? palette.signed.minus : palette.signed.plus;
    if (!palette.contrast)
      return {
        kind: 'rectangle',
        x,
        y: box.y,
        width,
        height: box.height,
        fill: blend(color, palette.surface, share),
        stroke: null,
      };
    const height = (share * box.height) / 2;
    return { kind: 'rectangle', x, y: value < 0 ? middle : middle - height, width, height, fill: color, stroke: null };
  });
  const rule = blend(palette.foreground, palette.surface, palette.contrast ? 1 : faint);
  const ends = palette.contrast
    ? [box.x, middle, box.x + box.width, middle]
    : [box.x, box.y + box.height + 0.5, box.x + box.width, box.y + box.height + 0.5];
  const named = titleOf ? marks.map((mark, at): Mark => ({ kind: 'group', marks: [mark], title: titleOf(at) })) : marks;
  return [...named, lineMark(rule, ends)];
}

/** The running sum of the products in an order, over a line at 0. */
export function sumMarks(
  { products }: Pick<Chain, 'products'>,
  order: readonly number[],
  box: Box,
  palette: Palette,
): readonly Mark[] {
  let sum = 0;
  const sums = order.map((at) => (sum += itemAt(products, at)));
  const [least, most] = [Math.min(0, ...sums), Math.max(0, ...sums)];
  const yOf = (value: number): number => box.y + 4 + (box.height - 8) * (1 - (value - least) / (most - least || 1));
  const size = box.width / Math.max(1, order.length);
  const ends = [0, ...sums].slice(0, -1).flatMap((before, at) => {
    const from = at === 0 ? box.x : box.x + (at - 0.5) * size;
    return [from, yOf(before), box.x + (at + 0.5) * size, yOf(itemAt(sums, at))];
  });
  const last = itemAt(sums, sums.length - 1);
  const rule = blend(palette.foreground, palette.surface, faint);
  return [
    lineMark(rule, [box.x, yOf(0), box.x + box.width, yOf(0)]),
    lineMark(palette.dim, [...ends, box.x + (sums.length - 0.5) * size, yOf(last), box.x + box.width, yOf(last)], {
      width: 1.5,
    }),
  ];
}
