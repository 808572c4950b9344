import { itemAt } from '../item-at.ts';

const maxSweeps = 50;

/**
 * The eigenvalues of a small symmetric matrix, largest first, each with its vector of length 1: Jacobi's method (Golub &
 * Van Loan, "Matrix computations", 8.5), which turns two axes at a time until nothing is left beside the diagonal.
 */
export function symmetricEigen(
  rows: readonly (readonly number[])[],
): readonly { readonly value: number; readonly vector: readonly number[] }[] {
  const size = rows.length;
  const matrix = rows.map((row) => [...row]);
  const axes = rows.map((_, row) => rows.map((__, column) => (row === column ? 1 : 0)));
  const at = (row: number, column: number): number => itemAt(itemAt(matrix, row), column);
  const whole = Math.sqrt(rows.flat().reduce((sum, one) => sum + one ** 2, 0));
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let beside = 0;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) beside += at(p, q) ** 2;
    if (Math.sqrt(beside) <= 1e-15 * whole) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) turn(matrix, axes, p, q);
  }
  return rows
    .map((_, column) => ({ value: at(column, column), vector: axes.map((row) => itemAt(row, column)) }))
    .sort((a, b) => b.value - a.value);
}

/** Turns the axes p and q so that nothing is left at [p, q]. */
function turn(matrix: number[][], axes: number[][], p: number, q: number): void {
  const at = (row: number, column: number): number => itemAt(itemAt(matrix, row), column);
  if (at(p, q) === 0) return;
  const theta = (at(q, q) - at(p, p)) / (2 * at(p, q));
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const mix = (row: number[]): void => {
    const [a, b] = [itemAt(row, p), itemAt(row, q)];
    row[p] = cosine * a - sine * b;
    row[q] = sine * a + cosine * b;
  };
  for (const row of matrix) mix(row);
  const [first, second] = [itemAt(matrix, p), itemAt(matrix, q)];
  const [top, bottom] = [[...first], [...second]];
  for (const [column, a] of top.entries()) {
    const b = itemAt(bottom, column);
    first[column] = cosine * a - sine * b;
    second[column] = sine * a + cosine * b;
  }
  for (const row of axes) mix(row);
}
