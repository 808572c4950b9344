import { itemAt } from '../item-at.ts';
import { randomFrom } from '../prediction/random.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Points in a plane, and how much of the distances they show. */
export interface Scaling {
  readonly points: readonly (readonly [number, number])[];
  /** The share of the sum of squared distances, from 0 to 1. */
  readonly shown: number;
}

/** Directions that are followed at once: more than the two wanted ones, so that these settle quickly. */
const followed = 8;
const maxRounds = 500;
/** The two axes have settled when neither changes by more than this share in a round. */
const settled = 1e-10;

/**
 * Classical multidimensional scaling (Torgerson 1952): points in the plane that shows most of the distances, the first
 * axis most. Its axes are the leading eigenvectors of the doubly centred squared distances, found by subspace iteration
 * with a fixed beginning, so equal distances give equal points; signs are such that the point farthest out on an axis
 * is on its positive side.
 */
export function classicalScaling(count: number, distance: (a: number, b: number) => number): Scaling {
  const products = centred(count, distance);
  const trace = Array.from({ length: count }, (_, at) => itemAt(products, at * count + at)).reduce((a, b) => a + b, 0);
  const axes = trace > 0 ? leading(products, count) : [];
  const columns = [0, 1].map((axis) => {
    const { value, vector } = axes[axis] ?? { value: 0, vector: new Float64Array(count) };
    const farthest = vector.reduce((most, one) => (Math.abs(one) > Math.abs(most) + 1e-12 ? one : most), 0);
    const length = Math.sqrt(Math.max(0, value)) * (farthest < 0 ? -1 : 1);
    return vector.map((one) => one * length);
  });
  const kept = axes.slice(0, 2).reduce((sum, { value }) => sum + Math.max(0, value), 0);
  return {
    points: Array.from({ length: count }, (_, at) => [itemAt(columns, 0)[at] ?? NaN, itemAt(columns, 1)[at] ?? NaN]),
    shown: trace > 0 ? Math.min(1, kept / trace) : 0,
  };
}

/** −½ J D² J, the products of points around their mean. */
function centred(count: number, distance: (a: number, b: number) => number): Float64Array {
  const squares = new Float64Array(count * count);
  for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) squares[a * count + b] = distance(a, b) ** 2;
  const means = Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += itemAt(squares, row * count + at);
    return sum / count;
  });
  const mean = means.reduce((sum, one) => sum + one, 0) / Math.max(1, count);
  return squares.map(
    (square, at) => -(square - itemAt(means, Math.floor(at / count)) - itemAt(means, at % count) + mean) / 2,
  );
}

/** The leading eigenvectors of a positive semidefinite matrix, with their values, the largest first. */
function leading(
  matrix: Float64Array,
  count: number,
): readonly { readonly value: number; readonly vector: Float64Array }[] {
  const random = randomFrom(1);
  const width = Math.min(followed, count);
  let basis = orthonormal(
    Array.from({ length: width }, () => Float64Array.from({ length: count }, () => random() - 0.5)),
  );
  let values: readonly number[] = [];
  for (let round = 0; round < maxRounds; round++) {
    const images = basis.map((vector) => product(matrix, vector));
    const small = basis.map((one) => images.map((image) => dotOf(one, image)));
    const found = symmetricEigen(small);
    const before = values;
    values = found.map(({ value }) => value);
    const turned = found.map(({ vector }) => combined(basis, vector));
    if (isSettled(before, values)) return values.map((value, at) => ({ value, vector: itemAt(turned, at) }));
    basis = orthonormal(found.map(({ vector }) => combined(images, vector)));
  }
  return values.map((value, at) => ({ value, vector: itemAt(basis, at) }));
}

function isSettled(before: readonly number[], now: readonly number[]): boolean {
  const [largest = 0] = now;
  return (
    before.length > 0 &&
    [0, 1].every((at) => Math.abs((now[at] ?? 0) - (before[at] ?? 0)) <= settled * Math.abs(largest))
  );
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, row) => {
    let sum = 0;
    for (let at = 0; at < size; at++) sum += (matrix[row * size + at] ?? NaN) * (vector[at] ?? NaN);
    return sum;
  });
}

function combined(vectors: readonly Float64Array[], weights: readonly number[]): Float64Array {
  return itemAt(vectors, 0).map((_, at) =>
    vectors.reduce((sum, vector, one) => sum + (vector[at] ?? NaN) * itemAt(weights, one), 0),
  );
}

/** Gram–Schmidt, twice for accuracy; a vector that adds no direction becomes 0. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = [];
  for (const vector of vectors) {
    let rest = vector;
    for (let pass = 0; pass < 2; pass++)
      for (const one of found) {
        const share = dotOf(one, rest);
        rest = rest.map((value, at) => value - share * (one[at] ?? NaN));
      }
    const length = Math.sqrt(dotOf(rest, rest));
    const least = 1e-12 * Math.sqrt(dotOf(vector, vector));
    found.push(length > least ? rest.map((value) => value / length) : new Float64Array(rest.length));
  }
  return found;
}

function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? NaN) * (b[at] ?? NaN);
  return sum;
}
