import { join } from 'node:path';
import { Weights, type Matrix } from './weights.ts';

/** What the formulas give for one word of the target. */
export interface FormulaStep {
  readonly weights: readonly number[];
  readonly scores: readonly number[];
  readonly centre: number | null;
  /** The vectors that a score is made of, of every source word where there is one for each. */
  readonly parts: ScoreParts;
}

type Vector = readonly number[];

/** W x, for W `[out, in]` as torch's Linear and its cells store it. */
function times({ rows, columns, values }: Matrix, x: Vector): number[] {
  return Array.from({ length: rows }, (_, row) =>
    x.reduce((sum, value, column) => sum + (values[row * columns + column] ?? NaN) * value, 0),
  );
}

/** x W, for W `[in, out]` as an exported MatMul stores it. */
function through(x: Vector, { columns, values }: Matrix): number[] {
  return Array.from({ length: columns }, (_, column) =>
    x.reduce((sum, value, row) => sum + (values[row * columns + column] ?? NaN) * value, 0),
  );
}

function part({ columns, values }: Matrix, from: number, rows: number): Matrix {
  return { rows, columns, values: values.subarray(from * columns, (from + rows) * columns) };
}

function rowOf(matrix: Matrix, row: number): number[] {
  return [...matrix.values.subarray(row * matrix.columns, (row + 1) * matrix.columns)];
}

const plus = (a: Vector, b: Vector): number[] => a.map((value, at) => value + (b[at] ?? NaN));
const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? NaN), 0);
const tanh = (a: Vector): number[] => a.map(Math.tanh);
const sigmoid = (a: Vector): number[] => a.map((value) => 1 / (1 + Math.exp(-value)));

function softmax(scores: Vector): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Cuts `gates` one after the other in equal parts. */
function gatesOf(gates: Vector, count: number): number[][] {
  const size = gates.length / count;
  return Array.from({ length: count }, (_, gate) => gates.slice(gate * size, (gate + 1) * size));
}

/**
 * h' of a GRU (Cho et al. 2014, as torch has it): `x` and `h` are what the input and the state add to reset, update,
 * new.
 */
function gru(x: readonly number[][], h: readonly number[][], state: Vector): number[] {
  const [xr = [], xz = [], xn = []] = x;
  const [hr = [], hz = [], hn = []] = h;
  const reset = sigmoid(plus(xr, hr));
  const update = sigmoid(plus(xz, hz));
  const fresh = tanh(xn.map((value, at) => value + (reset[at] ?? NaN) * (hn[at] ?? NaN)));
  return fresh.map((value, at) => (1 - (update[at] ?? NaN)) * value + (update[at] ?? NaN) * (state[at] ?? NaN));
}

/** h' and c' of an LSTM whose gates are input, forget, new, output. */
function lstm(
  [input = [], forget = [], fresh = [], output = []]: readonly number[][],
  cell: Vector,
): { state: number[]; cell: number[] } {
  const [i, f, g, o] = [sigmoid(input), sigmoid(forget), tanh(fresh), sigmoid(output)];
  const next = cell.map((value, at) => (f[at] ?? NaN) * value + (i[at] ?? NaN) * (g[at] ?? NaN));
  return { cell: next, state: next.map((value, at) => (o[at] ?? NaN) * Math.tanh(value)) };
}

/** Annotations and the decoder's first state, computed from the encoder's weights. */
function encode(path: string, ids: readonly number[], additive: boolean): { annotations: number[][]; state: number[] } {
  const weights = new Weights(path);
  const embedding = weights.named('embedding.weight');
  const [, w = '', r = '', b = ''] = weights.node(additive ? 'GRU' : 'LSTM').inputs;
  const [all, recurrent, biases] = [weights.named(w), weights.named(r), weights.named(b)];
  const words = ids.map((id) => rowOf(embedding, id));
  const directions = [words, words.toReversed()].map((inputs, direction) => {
    const gates = all.rows / 2;
    const bias = rowOf(biases, direction);
    const [ofInput, ofState] = [part(all, direction * gates, gates), part(recurrent, direction * gates, gates)];
    let state: number[] = Array.from({ length: recurrent.columns }, () => 0);
    let cell = state;
    return inputs.map((word) => {
      const x = plus(times(ofInput, word), bias.slice(0, gates));
      const h = plus(times(ofState, state), bias.slice(gates));
      if (additive) {
        // ONNX has the gates in the order update, reset, new.
        const [xz = [], xr = [], xn = []] = gatesOf(x, 3);
        const [hz = [], hr = [], hn = []] = gatesOf(h, 3);
        state = gru([xr, xz, xn], [hr, hz, hn], state);
      } else {
        // ONNX has the gates in the order input, output, forget, new.
        const [i = [], o = [], f = [], g = []] = gatesOf(plus(x, h), 4);
        ({ state, cell } = lstm([i, f, g, o], cell));
      }
      return state;
    });
  });
  const [forward = [], backward = []] = [directions[0], directions[1]?.toReversed()];
  const annotations = forward.map((state, at) => [...state, ...(backward[at] ?? [])]);
  const ends = [...(forward.at(-1) ?? []), ...(backward[0] ?? [])];
  return {
    annotations,
    state: tanh(plus(times(weights.named('start.weight'), ends), rowOf(weights.named('start.bias'), 0))),
  };
}

interface Settings {
  readonly kind: string;
  readonly window: number;
  readonly sigma: number;
}

/** Bahdanau et al. 2015, appendix A.1.2, and Luong et al. 2015, sections 3.1 and 3.2, written out. */
function attend(
  weights: Weights,
  { kind, window, sigma }: Settings,
  query: Vector,
  annotations: readonly number[][],
  step: number,
): FormulaStep {
  const last = annotations.length - 1;
  const parts = scoreParts(weights, kind, query, annotations);
  const scores = annotations.map((annotation, at) => {
    if (kind === 'bahdanau' || kind === 'concat') return dot(parts.v ?? [], parts['tanh(W s + U h)']?.[at] ?? []);
    return dot(query, parts['W h']?.[at] ?? annotation);
  });
  if (!kind.startsWith('local')) return { weights: softmax(scores), scores, centre: null, parts };
  const hidden = kind === 'local-p' ? tanh(through(query, weights.named('attention.position.MatMul.weight'))) : [];
  const centre =
    kind === 'local-m'
      ? Math.min(step, last)
      : annotations.length * (sigmoid(through(hidden, weights.named('attention.position_v.MatMul.weight')))[0] ?? NaN);
  const inside = softmax(scores.map((score, place) => (Math.abs(place - centre) <= window ? score : -Infinity)));
  if (kind === 'local-m') return { weights: inside, scores, centre, parts };
  return {
    weights: inside.map((weight, place) => weight * Math.exp(-((place - centre) ** 2) / (2 * sigma ** 2))),
    scores,
    centre,
    parts,
  };
}

interface ScoreParts {
  readonly s: Vector;
  readonly h: readonly Vector[];
  readonly 'W s'?: Vector;
  readonly 'U h'?: readonly Vector[];
  readonly 'tanh(W s + U h)'?: readonly Vector[];
  readonly v?: Vector;
  readonly 'W h'?: readonly Vector[];
}

function scoreParts(weights: Weights, kind: string, s: Vector, h: readonly Vector[]): ScoreParts {
  if (kind === 'dot') return { s, h };
  if (kind === 'bahdanau' || kind === 'concat') {
    const ws = through(s, weights.named('attention.score.query.MatMul.weight'));
    const uh = h.map((annotation) => through(annotation, weights.named('attention.score.key.MatMul.weight')));
    const bent = uh.map((each) => tanh(plus(ws, each)));
    const { values: v } = weights.named('attention.score.v.MatMul.weight');
    return { s, h, 'W s': ws, 'U h': uh, 'tanh(W s + U h)': bent, v: [...v] };
  }
  const weight = weights.named('attention.score.weight.MatMul.weight');
  return { s, h, 'W h': h.map((annotation) => through(annotation, weight)) };
}

/**
 * Runs a whole recurrent model by its formulas, in 64 bits; `written` are the words of the target, the start token left
 * out.
 */
export function byFormulas(
  folder: string,
  settings: Settings,
  source: readonly number[],
  start: number,
  written: readonly number[],
): FormulaStep[] {
  const additive = settings.kind === 'bahdanau';
  const read = encode(join(folder, 'onnx', 'encoder_model.onnx'), source, additive);
  const weights = new Weights(join(folder, 'onnx', 'decoder_model.onnx'));
  const embedding = weights.named('embedding.weight');
  const [ofInput, ofState] = [weights.named('rnn.weight_ih'), weights.named('rnn.weight_hh')];
  const [inputBias, stateBias] = [rowOf(weights.named('rnn.bias_ih'), 0), rowOf(weights.named('rnn.bias_hh'), 0)];
  let { state } = read;
  let cell: number[] = state.map(() => 0);
  let fed: number[] = state.map(() => 0);
  return written.map((_, step) => {
    const word = rowOf(embedding, step === 0 ? start : (written[step - 1] ?? start));
    const contextOf = (found: FormulaStep): number[] =>
      state.map((__, at) =>
        dot(
          found.weights,
          read.annotations.map((annotation) => annotation[at] ?? NaN),
        ),
      );
    const h = plus(times(ofState, state), stateBias);
    if (additive) {
      const found = attend(weights, settings, state, read.annotations, step);
      const x = plus(times(ofInput, [...word, ...contextOf(found)]), inputBias);
      state = gru(gatesOf(x, 3), gatesOf(h, 3), state);
      return found;
    }
    const x = plus(times(ofInput, [...word, ...fed]), inputBias);
    ({ state, cell } = lstm(gatesOf(plus(x, h), 4), cell));
    const found = attend(weights, settings, state, read.annotations, step);
    fed = tanh(through([...contextOf(found), ...state], weights.named('mix.MatMul.weight')));
    return found;
  });
}
