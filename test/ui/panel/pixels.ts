import assert from 'node:assert/strict';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How far a pixel may be off, from 0 to 1. */
const threshold = 0.03;
/** How many may be further off. A thin line more or less is several hundred. */
export const maxPixels = 60;

/** How many pixels of two pictures of one size are further apart than they may be, and a picture of where. */
export function difference(one: PNG, other: PNG): { readonly count: number; readonly where: PNG } {
  assert.deepEqual([one.width, one.height], [other.width, other.height]);
  const where = new PNG({ width: one.width, height: one.height });
  return {
    count: pixelmatch(one.data, other.data, where.data, one.width, one.height, { threshold, includeAA: true }),
    where,
  };
}
