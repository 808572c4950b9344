import assert from 'node:assert/strict';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { idsOf, mapNamed, worstDifference } from './models.ts';

/** The same numbers in every declaration: what a stock export of the model gives. */
export function same(seen: Analysis, expected: Analysis): void {
  assert.deepEqual(idsOf(seen, 0), idsOf(expected, 0));
  assert.deepEqual(
    seen.maps.map(({ name, kind, shape }) => [name, kind, shape]),
    expected.maps.map(({ name, kind, shape }) => [name, kind, shape]),
  );
  for (const map of expected.maps)
    assert.ok(worstDifference(mapNamed(seen, map.name).weights, map.weights) < 1e-5, map.name);
  assert.deepEqual(rounded(seen.predictions), rounded(expected.predictions));
}

function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'number' && !Number.isInteger(each) ? Number(each.toFixed(4)) : each,
    ),
  );
}
