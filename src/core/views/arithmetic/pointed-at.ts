import type { Box } from '../../picture/marks.ts';
import { componentAt, type ArithmeticLayout } from './layout.ts';
import type { Pointed } from './marks.ts';

/** What is under a point of the picture: a symbol, a component of a strip, or a key of the row. */
export function pointedAt(
  { formula, strips, rows }: Pick<ArithmeticLayout, 'formula' | 'strips' | 'rows'>,
  at: { readonly x: number; readonly y: number },
): Pointed {
  const inside = ({ x, y, width, height }: Box): boolean =>
    at.x >= x && at.x < x + width && at.y >= y && at.y < y + height;
  const symbol = formula.find(({ segment, box }) => segment.id !== null && inside(box));
  const strip = strips.find(({ box }) => inside(box));
  const row = rows.rows.find(({ box }) => inside(box));
  return {
    part: symbol?.segment.id ?? strip?.strip.id ?? null,
    component: strip ? componentAt(strip, at.x) : null,
    key: row?.line.key ?? null,
  };
}
