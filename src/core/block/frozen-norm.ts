import { itemAt } from '../item-at.ts';
import type { Norm } from './block.ts';

/** What a norm multiplies with and adds: a number a feature, for every row alike or for rows that repeat in turn. */
export interface NormGain {
  readonly features: number;
  readonly gain: Float64Array;
  readonly offset: Float64Array;
}

/**
 * Far above what a norm adds to a variance (at most 1e-3), and small enough for its square in 16-bit floats.
 */
const probe = 64;

/**
 * Numbers that tell the gain of a norm when it is run on them (zeros tell its offset): rows of a pattern whose mean is
 * 0 for a layer norm, of a constant for an RMS norm.
 */
export function normProbe(kind: Norm['kind'], features: number, rows: number): Float32Array {
  const values = new Float32Array(rows * features);
  for (let row = 0; row < rows; row += 1) values.set(pattern(kind, features), row * features);
  return values;
}

function pattern(kind: Norm['kind'], features: number): Float32Array {
  if (kind === 'rms') return new Float32Array(features).fill(probe);
  // Three numbers make up for an odd one: 2, −1, −1.
  const lead = features % 2 === 0 ? [] : [probe, -probe / 2, -probe / 2];
  return Float32Array.from({ length: features }, (_, at) =>
    at < lead.length ? itemAt(lead, at) : (at - lead.length) % 2 === 0 ? probe : -probe,
  );
}

/** Gain and offset of a norm from what it makes of zeros and of {@link normProbe}. */
export function gainOf(
  kind: Norm['kind'],
  features: number,
  { ofZeros, ofProbe }: { readonly ofZeros: ArrayLike<number>; readonly ofProbe: ArrayLike<number> },
): NormGain {
  const given = pattern(kind, features);
  const size = Math.sqrt(given.reduce((sum, value) => sum + value * value, 0) / features);
  const offset = Float64Array.from(ofZeros);
  const gain = offset.map((own, at) => (((ofProbe[at] ?? NaN) - own) * size) / (given[at % features] ?? NaN));
  return { features, gain, offset };
}

/** A norm with the statistics of one run: linear in what it is given, but for its offset. */
export interface FrozenNorm extends NormGain {
  readonly kind: Norm['kind'];
  /** One over the standard deviation (or the root of the mean square), a row. */
  readonly scales: Float64Array;
}

/**
 * Freezes a norm at the statistics of a run: `input` and `output` are rows of its real numbers, from which the scale of
 * each row is the least-squares fit of output − offset to gain · (input − mean).
 */
export function freeze(
  kind: Norm['kind'],
  { features, gain, offset }: NormGain,
  input: ArrayLike<number>,
  output: ArrayLike<number>,
): FrozenNorm {
  const scales = Float64Array.from({ length: input.length / features }, (_, row) => {
    const mean = meanOf(kind, input, row, features);
    let [product, square] = [0, 0];
    for (let at = 0; at < features; at += 1) {
      const place = row * features + at;
      const shaped = (gain[place % gain.length] ?? NaN) * ((input[place] ?? NaN) - mean);
      product += ((output[place] ?? NaN) - (offset[place % offset.length] ?? NaN)) * shaped;
      square += shaped * shaped;
    }
    return square > 0 ? product / square : 0;
  });
  return { kind, features, gain, offset, scales };
}

/** What a frozen norm makes of a part of its input, rows of features, without its offset. */
export function normed({ kind, features, gain, scales }: FrozenNorm, part: ArrayLike<number>): Float64Array {
  const made = new Float64Array(part.length);
  for (let row = 0; row < scales.length; row += 1) {
    const mean = meanOf(kind, part, row, features);
    const scale = scales[row] ?? NaN;
    for (let at = 0; at < features; at += 1) {
      const place = row * features + at;
      made[place] = (gain[place % gain.length] ?? NaN) * ((part[place] ?? NaN) - mean) * scale;
    }
  }
  return made;
}

/** The offset of a norm as a part of its output. */
export function offsetRows({ features, offset, scales }: FrozenNorm): Float64Array {
  return Float64Array.from({ length: features * scales.length }, (_, at) => offset[at % offset.length] ?? NaN);
}

function meanOf(kind: Norm['kind'], values: ArrayLike<number>, row: number, features: number): number {
  if (kind === 'rms') return 0;
  let sum = 0;
  for (let at = row * features; at < (row + 1) * features; at += 1) sum += values[at] ?? NaN;
  return sum / features;
}
