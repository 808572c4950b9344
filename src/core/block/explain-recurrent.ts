import { seenKeys, type AttentionMap, type LocalWindow } from '../attention/map.ts';
import { fullMask } from '../attention/mask.ts';
import { itemAt } from '../item-at.ts';
import type { Cell, RecurrentExplanation, ScoringPart } from './explanation.ts';
import { headOutput } from './head-output.ts';
import { dot, floats, type RunNumbers } from './numbers.ts';
import type { CentreTensors, ScoringTensors } from './recurrent-scoring.ts';
import { differenceOf, softmaxOf } from './score.ts';

/** What a step of a recurrent decoder gave of its scoring: tensors of one text. */
export interface RecurrentNumbers {
  readonly scoring: ScoringTensors;
  readonly centre: CentreTensors | null;
  readonly numbers: RunNumbers;
}

/** Takes one weight of a recurrent network apart and computes its row once more, in double precision. */
export function explainRecurrent(
  map: AttentionMap,
  cell: Cell,
  { scoring, centre, numbers }: RecurrentNumbers,
): RecurrentExplanation {
  const keys = map.shape[3];
  const row = map.weights.subarray(cell.query * keys, (cell.query + 1) * keys);
  const given = map.scores?.subarray(cell.query * keys, (cell.query + 1) * keys) ?? new Float32Array(keys).fill(NaN);
  const rowsOf = (tensor: string) => matrix(numbers, tensor, keys);
  const only = (tensor: string) => Float64Array.from(numbers.of(tensor).data);
  const scores = recomputedScores(scoring, rowsOf, only);
  const weights = recomputedWeights(scores, cell.query, map.local);
  const annotations = rowsOf(scoring.h);
  const passed = annotations.map((annotation, key) => annotation.map((value) => itemAt(row, key) * value));
  const context = passed.reduce((sum, each) => sum.map((value, at) => value + itemAt(each, at)));
  return {
    kind: 'recurrent',
    ...cell,
    map: map.name,
    scoring: map.scoring ?? scoring.form,
    parts: partsOf(scoring, cell.key, rowsOf, only),
    scores: floats(given),
    weights: floats(row),
    window: map.local
      ? {
          centre: itemAt(map.local.centres, cell.query),
          halfWidth: map.local.halfWidth,
          sigma: map.local.sigma,
          parts: centre ? [part('tanh(W s)', only(centre.tanh)), part('v', only(centre.v))] : [],
        }
      : null,
    output: headOutput([context], 0, itemAt(passed, cell.key), null),
    recomputed: {
      score: itemAt(scores, cell.key),
      weight: itemAt(weights, cell.key),
      difference: differenceOf({ scores, weights }, { scores: given, weights: row }),
    },
    missing: [],
  };
}

type Rows = (tensor: string) => readonly Float64Array[];
type Vector = (tensor: string) => Float64Array;

function recomputedScores(scoring: ScoringTensors, rowsOf: Rows, only: Vector): Float64Array {
  switch (scoring.form) {
    case 'additive': {
      const [ws, v] = [only(scoring.ws), only(scoring.v)];
      return Float64Array.from(rowsOf(scoring.uh), (uh) =>
        dot(
          v,
          uh.map((value, at) => Math.tanh(itemAt(ws, at) + value)),
        ),
      );
    }
    case 'general':
      return Float64Array.from(rowsOf(scoring.wh), (wh) => dot(only(scoring.s), wh));
    case 'dot':
      return Float64Array.from(rowsOf(scoring.h), (h) => dot(only(scoring.s), h));
  }
}

function recomputedWeights(scores: Float64Array, query: number, local: LocalWindow | undefined): Float64Array {
  if (!local) return softmaxOf(scores);
  const { first, end } = seenKeys({ kind: 'cross', mask: fullMask, local }, query, scores.length);
  const centre = itemAt(local.centres, query);
  const weights = new Float64Array(scores.length);
  for (const [at, weight] of softmaxOf(scores.subarray(first, end)).entries()) {
    const apart = first + at - centre;
    weights[first + at] = local.sigma === null ? weight : weight * Math.exp(-(apart ** 2) / (2 * local.sigma ** 2));
  }
  return weights;
}

function partsOf(scoring: ScoringTensors, key: number, rowsOf: Rows, only: Vector): readonly ScoringPart[] {
  const atKey = (tensor: string): Float64Array => itemAt(rowsOf(tensor), key);
  const [s, h] = [part('s', only(scoring.s)), part('h', atKey(scoring.h))];
  switch (scoring.form) {
    case 'additive':
      return [
        s,
        h,
        part('W s', only(scoring.ws)),
        part('U h', atKey(scoring.uh)),
        part('tanh(W s + U h)', atKey(scoring.tanh)),
        part('v', only(scoring.v)),
      ];
    case 'general':
      return [s, h, part('W h', atKey(scoring.wh))];
    case 'dot':
      return [s, h];
  }
}

function part(name: string, values: Float64Array): ScoringPart {
  return { name, vector: floats(values) };
}

/** The rows of a tensor, one a key. */
function matrix(numbers: RunNumbers, tensor: string, keys: number): readonly Float64Array[] {
  const { data } = numbers.of(tensor);
  const size = data.length / keys;
  return Array.from({ length: keys }, (_, key) =>
    Float64Array.from({ length: size }, (__, at) => data[key * size + at] ?? NaN),
  );
}
