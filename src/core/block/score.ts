import { itemAt } from '../item-at.ts';
import type { Operand, ScoreStep } from './block.ts';
import { numberAt, type AttentionSizes, type Cell, type RunNumbers } from './numbers.ts';

/** What is added to a score: a mask, something of the places alone, or of places and what the tokens are. */
export const biasNames = ['mask', 'position', 'content and position', 'bound', 'edit'] as const;
export type BiasName = (typeof biasNames)[number];

/** A number that is added to a score. */
export interface Bias {
  readonly name: BiasName;
  readonly value: number;
}

/**
 * A score in its parts: `value` is scale · Σ + the biases, or, where there is a soft cap c, c · tanh(scale · Σ / c) +
 * the biases, in the order of the graph. Null parts cannot be told apart.
 */
export interface ScoreParts {
  readonly value: number;
  readonly scale: number;
  readonly softCap: number | null;
  readonly biases: readonly Bias[];
  /** Scores of keys that are no tokens, which stand in the same softmax. */
  readonly further: readonly number[];
}

/** What masks with is 0, or less than any score. */
const masked = -1000;

/** A step together with the name of what it adds; null where it adds nothing that is told. */
export interface NamedStep {
  readonly step: ScoreStep;
  readonly name: BiasName | null;
}

/** Names what the steps of a score add, by the numbers of a run. */
export function namedSteps(steps: readonly ScoreStep[], numbers: RunNumbers): readonly NamedStep[] {
  return steps.map((step) => ({ step, name: step.kind === 'bias' ? biasName(step, numbers) : null }));
}

/** Computes the score of a cell from the product of its query and key, step by step, in double precision. */
export function scoreParts(
  steps: readonly NamedStep[],
  product: number,
  cell: Cell,
  sizes: AttentionSizes,
  numbers: RunNumbers,
): ScoreParts {
  const of = (operand: Operand): number =>
    'number' in operand ? operand.number : numberAt(numbers.of(operand.tensor), cell, sizes);
  let [value, scale, softCap, bent] = [product, 1, null as number | null, false];
  let biases: readonly Bias[] = [];
  const further: number[] = [];
  const replaced = (name: BiasName, by: number): void => {
    biases = [...biases, { name, value: by - value }];
    value = by;
  };
  for (const { step, name } of steps) {
    switch (step.kind) {
      case 'scale': {
        const factor = step.inverse ? 1 / of(step.operand) : of(step.operand);
        value *= factor;
        if (bent && softCap === null) softCap = factor;
        else biases = biases.map((bias) => ({ ...bias, value: bias.value * factor }));
        scale *= factor;
        break;
      }
      case 'bias': {
        const added = step.sign * of(step.operand);
        value += added;
        if (name !== null) biases = [...biases, { name, value: added }];
        break;
      }
      case 'choice': {
        const isKept = (of(step.condition) !== 0) === step.keeps;
        replaced('mask', isKept ? value : of(step.other));
        break;
      }
      case 'bound': {
        const bound = of(step.operand);
        const within = step.op === 'Max' ? Math.max(value, bound) : Math.min(value, bound);
        if (within !== value) replaced('bound', within);
        break;
      }
      case 'tanh':
        value = Math.tanh(value);
        bent = true;
        break;
      case 'further':
        further.push(of(step.operand));
    }
  }
  return { value, scale, softCap, biases, further };
}

/** The name of a term that is added; null for one that is 0 everywhere and for no mask (torch's baddbmm writes one). */
function biasName(step: ScoreStep & { kind: 'bias' }, numbers: RunNumbers): BiasName | null {
  const values = 'number' in step.operand ? [step.operand.number] : Array.from(numbers.of(step.operand.tensor).data);
  const isZero = values.every((value) => value === 0);
  if (isZero && step.source === 'places') return null;
  if (values.every((value) => value === 0 || step.sign * value < masked)) return 'mask';
  return step.source === 'content' ? 'content and position' : 'position';
}

/** A softmax over scores, of which `further` belong to no token; gives the weights of the scores alone. */
export function softmaxOf(scores: ArrayLike<number>, further: readonly number[] = []): Float64Array {
  let largest = -Infinity;
  for (let at = 0; at < scores.length; at += 1) largest = Math.max(largest, scores[at] ?? NaN);
  for (const score of further) largest = Math.max(largest, score);
  const powers = Float64Array.from(scores, (score) => Math.exp(score - largest));
  const sum =
    powers.reduce((total, power) => total + power, 0) +
    further.reduce((total, score) => total + Math.exp(score - largest), 0);
  return powers.map((power) => power / sum);
}

/** A row of scores and of weights. */
interface Row {
  readonly scores: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/**
 * The largest difference between a row that was recomputed and the row of the model: of scores relative to their size
 * where that is above 1, and of weights.
 */
export function differenceOf(recomputed: Row, { scores, weights }: Row): number {
  let largest = 0;
  for (let key = 0; key < weights.length; key += 1)
    largest = Math.max(largest, Math.abs(itemAt(recomputed.weights, key) - itemAt(weights, key)));
  for (let key = 0; key < scores.length; key += 1) {
    const [own, other] = [itemAt(recomputed.scores, key), itemAt(scores, key)];
    // A mask of -∞ is -∞ on both sides.
    if (own !== other) largest = Math.max(largest, Math.abs(own - other) / Math.max(1, Math.abs(other)));
  }
  return largest;
}
