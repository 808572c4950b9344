import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../../../src/core/prediction/random.ts';
import { classicalScaling } from '../../../src/core/probe/classical-scaling.ts';
import { HeadDistances } from '../../../src/core/probe/head-distances.ts';
import { distanceOf, pairIndex, similarityOf } from '../../../src/core/probe/similarity.ts';
import { symmetricEigen } from '../../../src/core/probe/symmetric-eigen.ts';
import { evenly, mapOf, onto, sequenceOf, shipped, type Rows } from './support.ts';

const [sentence = assert.fail()] = shipped;

/** The distances of heads that are made for one sentence. */
function compared(kind: 'self' | 'causal', heads: readonly Rows[], times = 1) {
  const distances = new HeadDistances(heads.length);
  for (let time = 0; time < times; time++) distances.add(mapOf(sequenceOf(sentence, kind === 'self'), kind, heads));
  return distances.result() ?? assert.fail();
}

test('the distance of two heads is the root of their mean Jensen–Shannon divergence in bits', () => {
  const half: Rows = () =>
    new Map([
      [0, 0.5],
      [1, 0.5],
    ]);
  const found = compared('self', [onto(() => 0), onto(() => 1), half, onto(() => 0)], 2);
  assert.equal(found.sentences, 2);
  assert.equal(distanceOf(found, 0, 0), 0);
  assert.equal(distanceOf(found, 0, 3), 0);
  // No key in common: 1. Of (1, 0) and (½, ½): H(¾, ¼) − ½.
  assert.equal(distanceOf(found, 0, 1), 1);
  const divergence = -0.75 * Math.log2(0.75) - 0.25 * Math.log2(0.25) - 0.5;
  assert.equal(distanceOf(found, 2, 0), Number(Math.sqrt(divergence).toFixed(4)));
  assert.equal(distanceOf(found, 1, 2), distanceOf(found, 2, 1));
  assert.deepEqual(
    [0, 1, 2].map((at) => pairIndex(4, at, 3)),
    [2, 4, 5],
  );
});

test('rows without a choice are left out, and unequal sums of rows are made equal', () => {
  // In a causal map both see the first token alone from there; all other rows have no key in common.
  const found = compared('causal', [onto((query) => query), onto((query) => query - 1), evenly('causal')]);
  assert.equal(distanceOf(found, 0, 1), 1);
  const scaled = compared('self', [evenly('self'), () => new Map(Array.from({ length: 99 }, (_, key) => [key, 0.01]))]);
  assert.ok(distanceOf(scaled, 0, 1) < 1e-3);
  const nothing = new HeadDistances(2);
  nothing.add({ ...mapOf(sequenceOf(sentence), 'self', [onto(() => 0), onto(() => 0)]), shape: [1, 2, 0, 0] });
  assert.equal(nothing.result(), null);
  assert.equal(new HeadDistances(1).result(), null);
});

test('the heads most like one come nearest first, ten at most', () => {
  const spread =
    (share: number): Rows =>
    () =>
      new Map([
        [0, 1 - share],
        [1, share],
      ]);
  const heads = Array.from({ length: 13 }, (_, at) => spread(at / 13));
  const { similar, place } = similarityOf(compared('self', heads), 0, 2, 4);
  assert.deepEqual(similar.map(({ layer, head }) => 4 * layer + head).slice(0, 4), [3, 1, 4, 5]);
  assert.equal(similar.length, 10);
  assert.deepEqual(
    similar,
    similar.toSorted((a, b) => a.distance - b.distance),
  );
  assert.ok(place.every(Number.isFinite));
});

test('points of a plane are found again from their distances, the same in every run', () => {
  const random = randomFrom(3);
  const points = Array.from({ length: 60 }, () => [3 * random(), random()] as const);
  const distance = (a: number, b: number): number => {
    const [[x = NaN, y = NaN] = [], [u = NaN, v = NaN] = []] = [points[a], points[b]];
    return Math.hypot(x - u, y - v);
  };
  const found = classicalScaling(points.length, distance);
  assert.ok(Math.abs(found.shown - 1) < 1e-9);
  for (let a = 0; a < points.length; a++)
    for (let b = 0; b < a; b++) {
      const [[x, y] = [NaN, NaN], [u, v] = [NaN, NaN]] = [found.points[a], found.points[b]];
      assert.ok(Math.abs(Math.hypot(x - u, y - v) - distance(a, b)) < 1e-7);
    }
  const spread = [0, 1].map((axis) => found.points.reduce((sum, point) => sum + (point[axis] ?? NaN) ** 2, 0));
  assert.ok((spread[0] ?? 0) > (spread[1] ?? 0));
  assert.deepEqual(classicalScaling(points.length, distance), found);
});

test('a plane shows a share of distances that need more; equal points have one place', () => {
  // The corners of a regular simplex: every direction shows as much as every other.
  const { shown, points } = classicalScaling(6, (a, b) => (a === b ? 0 : 1));
  assert.equal(shown.toFixed(6), (2 / 5).toFixed(6));
  assert.ok(points.flat().every(Number.isFinite));
  assert.deepEqual(
    classicalScaling(3, () => 0),
    {
      points: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      shown: 0,
    },
  );
  assert.deepEqual(
    classicalScaling(0, () => 0),
    { points: [], shown: 0 },
  );
});

test('Jacobi finds the eigenvalues of a matrix that is known, with vectors that the matrix only stretches', () => {
  const rows = [
    [2, -1, 0],
    [-1, 2, -1],
    [0, -1, 2],
  ];
  const found = symmetricEigen(rows);
  // 2 − 2 cos(kπ/4).
  const expected = [3, 2, 1].map((k) => 2 - 2 * Math.cos((k * Math.PI) / 4));
  found.forEach(({ value, vector }, at) => {
    assert.ok(Math.abs(value - (expected[at] ?? NaN)) < 1e-12);
    rows.forEach((row, line) => {
      const image = row.reduce((sum, one, column) => sum + one * (vector[column] ?? NaN), 0);
      assert.ok(Math.abs(image - value * (vector[line] ?? NaN)) < 1e-12);
    });
  });
  assert.deepEqual(symmetricEigen([]), []);
});
