/** Rounding leaves a row's sum this far from what it should be, as a share of it. */
const rounding = 1e-6;

/** Divides every row by its sum, in place; rows of zeros stay. */
export function renormalise(rows: Float32Array, length: number): void {
  for (let start = 0; start < rows.length; start += length) {
    const row = rows.subarray(start, start + length);
    const sum = sumOf(row);
    if (sum > 0)
      row.forEach((weight, at) => {
        row[at] = weight / sum;
      });
  }
}

/**
 * Keeps of every row the fewest weights that hold at least the share `mass` (0 to 1) of the row's sum, in place: the
 * strongest, ties in the order of the text. The others become 0.
 */
export function keepMass(rows: Float32Array, length: number, mass: number): void {
  thin(
    rows,
    length,
    (row) => sumOf(row) * mass * (1 - rounding),
    (weight) => weight,
  );
}

/** Keeps the `count` strongest weights of every row, in place: ties in the order of the text. The others become 0. */
export function keepTop(rows: Float32Array, length: number, count: number): void {
  thin(
    rows,
    length,
    () => count,
    () => 1,
  );
}

/** What a weight counts towards the goal of its row. */
type Measure = (weight: number) => number;

function thin(rows: Float32Array, length: number, goalOf: (row: Float32Array) => number, measure: Measure): void {
  const scratch = new Float32Array(length);
  for (let start = 0; start < rows.length; start += length) {
    const row = rows.subarray(start, start + length);
    const goal = goalOf(row);
    const { cut, above } = cutOf(row, goal, measure, scratch);
    let reached = above;
    for (let at = 0; at < length; at++) {
      const weight = row[at] ?? 0;
      if (weight > cut) continue;
      if (weight === cut && reached < goal) reached += measure(weight);
      else row[at] = 0;
    }
  }
}

/**
 * The weight down to which a row has to be kept for its goal, and what the weights above it count: quickselect by
 * measure instead of by rank, so a row takes time in proportion to its length.
 */
function cutOf(
  row: Float32Array,
  goal: number,
  measure: Measure,
  scratch: Float32Array,
): { cut: number; above: number } {
  if (goal <= 0) return { cut: Infinity, above: 0 };
  let held = 0;
  for (const weight of row) if (weight > 0) scratch[held++] = weight;
  let above = 0;
  while (held > 0) {
    const pivot = scratch[held >> 1] ?? 0;
    let higher = 0;
    let equal = 0;
    for (let at = 0; at < held; at++) {
      const weight = scratch[at] ?? 0;
      if (weight > pivot) higher += measure(weight);
      else if (weight === pivot) equal += measure(weight);
    }
    if (above + higher >= goal) held = keep(scratch, held, (weight) => weight > pivot);
    else if (above + higher + equal >= goal) return { cut: pivot, above: above + higher };
    else {
      above += higher + equal;
      held = keep(scratch, held, (weight) => weight < pivot);
    }
  }
  // The whole row does not reach the goal: all of it stays.
  return { cut: 0, above };
}

function keep(scratch: Float32Array, held: number, wanted: (weight: number) => boolean): number {
  let kept = 0;
  for (let at = 0; at < held; at++) {
    const weight = scratch[at] ?? 0;
    if (wanted(weight)) scratch[kept++] = weight;
  }
  return kept;
}

function sumOf(row: Float32Array): number {
  let sum = 0;
  for (const weight of row) sum += weight;
  return sum;
}
