/**
 * Attention in a recurrent network, in plain TypeScript: what the built-in model recurrent-bahdanau computes, with its
 * own weights (Bahdanau, Cho and Bengio 2015). No package is needed.
 *
 *   node attention-rnn.ts
 *   node attention-rnn.ts "the small dog finds the green apple ."
 *
 * With --json after the sentence it prints weights, scores and logits instead, for comparison.
 */
import { join } from 'node:path';
import { modelFolder, readVocabulary, readWeights, type Matrix, type Vector } from './weights.ts';

const folder = modelFolder('recurrent-bahdanau');
const encoder = readWeights(join(folder, 'onnx', 'encoder_model.onnx'));
const decoder = readWeights(join(folder, 'onnx', 'decoder_model.onnx'));
const [end, unknown, start] = [1, 2, 3]; // ids of </s>, <unk> and <s>
const longest = 24;

// ---- The arithmetic ----

function dot(a: Vector, b: Vector): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function add(a: Vector, b: Vector): Vector {
  return a.map((value, i) => value + b[i]);
}

/** W x: each row of W makes one number of the result. */
function times(matrix: Matrix, x: Vector): Vector {
  return matrix.map((row) => dot(row, x));
}

function transposed(matrix: Matrix): Matrix {
  return matrix[0].map((_, column) => matrix.map((row) => row[column]));
}

function softmax(scores: Vector): Vector {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

// ---- A recurrent cell: it reads one vector at a time, and its state is all that it remembers ----

/** The weights of a gated recurrent unit (GRU): its three parts are reset, update and new. */
interface Cell {
  readonly input: readonly [Matrix, Matrix, Matrix];
  readonly state: readonly [Matrix, Matrix, Matrix];
  readonly inputBias: readonly [Vector, Vector, Vector];
  readonly stateBias: readonly [Vector, Vector, Vector];
}

/** One step: `reset` says what of the state is used for the new one, `update` how much of it is kept as it is. */
export function step(cell: Cell, x: Vector, state: Vector): Vector {
  const fromInput = cell.input.map((matrix, part) => add(times(matrix, x), cell.inputBias[part]));
  const fromState = cell.state.map((matrix, part) => add(times(matrix, state), cell.stateBias[part]));
  const reset = add(fromInput[0], fromState[0]).map(sigmoid);
  const update = add(fromInput[1], fromState[1]).map(sigmoid);
  return state.map((old, i) => {
    const fresh = Math.tanh(fromInput[2][i] + reset[i] * fromState[2][i]);
    return update[i] * old + (1 - update[i]) * fresh;
  });
}

/** Three parts of a list, in the order that is asked for. */
function thirds<T>(list: readonly T[], order: readonly [number, number, number]): [T[], T[], T[]] {
  const size = list.length / 3;
  const [a, b, c] = order.map((part) => list.slice(part * size, (part + 1) * size));
  return [a, b, c];
}

/** The cell of the encoder that reads to the right (0) or to the left (1); ONNX stores update, reset, new. */
function encoderCell(direction: number): Cell {
  const half = <T>(list: readonly T[]) =>
    list.slice((direction * list.length) / 2, ((direction + 1) * list.length) / 2);
  const bias = half(encoder.vector('onnx::GRU_229'));
  return {
    input: thirds(half(encoder.matrix('onnx::GRU_230')), [1, 0, 2]),
    state: thirds(half(encoder.matrix('onnx::GRU_231')), [1, 0, 2]),
    inputBias: thirds(bias.slice(0, bias.length / 2), [1, 0, 2]),
    stateBias: thirds(bias.slice(bias.length / 2), [1, 0, 2]),
  };
}

const decoderCell: Cell = {
  input: thirds(decoder.matrix('rnn.weight_ih'), [0, 1, 2]),
  state: thirds(decoder.matrix('rnn.weight_hh'), [0, 1, 2]),
  inputBias: thirds(decoder.vector('rnn.bias_ih'), [0, 1, 2]),
  stateBias: thirds(decoder.vector('rnn.bias_hh'), [0, 1, 2]),
};

// ---- The encoder: one annotation for each word of the source ----

const { ids, tokens: words } = readVocabulary(folder);

export function tokenize(text: string): string[] {
  return text.toLowerCase().match(/'s|\p{L}+|[^\s\p{L}]/gu) ?? [];
}

/** The states of a reader to the right and of one to the left, side by side: each word in its sentence. */
export function encode(source: readonly string[]): { annotations: Matrix; state: Vector } {
  const table = encoder.matrix('embedding.weight');
  const vectors = source.map((word) => table[ids.get(word) ?? unknown]);
  const [toRight, toLeft] = [encoderCell(0), encoderCell(1)];
  const nothing = new Array<number>(toRight.state[0].length).fill(0);
  const forward: Matrix = [];
  for (const vector of vectors) forward.push(step(toRight, vector, forward.at(-1) ?? nothing));
  const backward: Matrix = [];
  for (const vector of vectors.toReversed()) backward.unshift(step(toLeft, vector, backward[0] ?? nothing));
  const ends = [...forward[forward.length - 1], ...backward[0]];
  const state = add(times(encoder.matrix('start.weight'), ends), encoder.vector('start.bias')).map(Math.tanh);
  return { annotations: forward.map((row, i) => [...row, ...backward[i]]), state };
}

// ---- Attention: score, softmax, mixture ----

const W = transposed(decoder.matrix('attention.score.query.MatMul.weight'));
const U = transposed(decoder.matrix('attention.score.key.MatMul.weight'));
const v = decoder.vector('attention.score.v.MatMul.weight');

/** Bahdanau's score: v · tanh(W s + U h), a small network that judges how well a word h fits the state s. */
export function attend(state: Vector, annotations: Matrix): { scores: Vector; weights: Vector; context: Vector } {
  const asked = times(W, state);
  const scores = annotations.map((h) => dot(v, add(asked, times(U, h)).map(Math.tanh)));
  const weights = softmax(scores);
  return { scores, weights, context: times(transposed(annotations), weights) };
}

// ---- The decoder: attend, move the state on, write a word ----

/** What one step of the decoder wrote, with its row of attention. */
export interface Written {
  readonly word: string;
  readonly scores: Vector;
  readonly weights: Vector;
  readonly logits: Vector;
}

export function translate(source: readonly string[]): Written[] {
  const { annotations, state: first } = encode(source);
  const table = decoder.matrix('embedding.weight');
  const [readout, output] = [decoder.matrix('readout.weight'), decoder.matrix('output.weight')];
  let [state, id] = [first, start];
  const written: Written[] = [];
  while (written.length < longest) {
    const word = table[id];
    const { scores, weights, context } = attend(state, annotations);
    state = step(decoderCell, [...word, ...context], state);
    const hidden = add(times(readout, [...state, ...word, ...context]), decoder.vector('readout.bias')).map(Math.tanh);
    const logits = add(times(output, hidden), decoder.vector('output.bias'));
    id = logits.indexOf(Math.max(...logits));
    written.push({ word: words[id], scores, weights, logits });
    if (id === end) break;
  }
  return written;
}

// ---- What it prints ----

if (process.argv[1] === import.meta.filename) {
  const [text = 'The old king sees the red horse.', format = ''] = process.argv.slice(2);
  const source = tokenize(text);
  const written = translate(source);
  if (format === '--json') console.log(JSON.stringify(written));
  else
    for (const { word, weights } of written) {
      const order = weights.map((_, key) => key).sort((a, b) => weights[b] - weights[a]);
      const looks = order.slice(0, 3).map((key) => `${source[key]} ${weights[key].toFixed(4)}`);
      console.log(`${word.padEnd(10)} ${looks.join(' · ')}`);
    }
}
