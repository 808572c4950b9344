/**
 * A Transformer, step by step, in plain TypeScript: what the built-in model masked-lm-small computes, with its own
 * weights. No package is needed.
 *
 *   node transformer.ts
 *   node transformer.ts "The dog that was old saw the bird." saw
 *
 * With --json in place of the word it prints all attention weights and all logits, for comparison.
 */
import { join } from 'node:path';
import { modelFolder, readVocabulary, readWeights, type Matrix, type Vector } from './weights.ts';

const folder = modelFolder('masked-lm-small');
const weights = readWeights(join(folder, 'onnx', 'model.onnx'));
const heads = 4;
const layers = 5;

// ---- The arithmetic: five small functions ----

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export function add(a: Vector, b: Vector): Vector {
  return a.map((value, i) => value + b[i]);
}

/** x W + b: each column of W makes one number of the result. */
export function linear(x: Vector, matrix: Matrix, bias: Vector): Vector {
  const result = [...bias];
  for (let i = 0; i < x.length; i++) for (let j = 0; j < result.length; j++) result[j] += x[i] * matrix[i][j];
  return result;
}

/** Positive numbers that sum to 1, larger for larger scores. */
export function softmax(scores: Vector): Vector {
  const largest = Math.max(...scores); // subtracted first, so that no e^x is too large for a number
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** The same vector with mean 0 and variance 1, then scaled and shifted by learned numbers. */
export function layerNorm(x: Vector, scale: Vector, shift: Vector): Vector {
  const mean = x.reduce((a, b) => a + b) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  return x.map((value, i) => ((value - mean) / Math.sqrt(variance + 1e-12)) * scale[i] + shift[i]);
}

// ---- Step 1: words become tokens ----

const { ids, tokens: words } = readVocabulary(folder);

/** Lower case, words and marks apart, and each word as the longest pieces that the vocabulary has (WordPiece). */
export function tokenize(text: string): string[] {
  const tokens = ['[CLS]'];
  for (const [word] of text.matchAll(/\[MASK\]|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu))
    tokens.push(...(word === '[MASK]' ? [word] : pieces(word.toLowerCase())));
  return [...tokens, '[SEP]'];
}

function idOf(token: string): number {
  return ids.get(token) ?? 1; // [UNK]
}

function pieces(word: string): string[] {
  const found: string[] = [];
  for (let start = 0; start < word.length;) {
    let end = word.length;
    const piece = (): string => (start > 0 ? '##' : '') + word.slice(start, end);
    while (end > start && !ids.has(piece())) end--;
    if (end === start) return ['[UNK]'];
    found.push(piece());
    start = end;
  }
  return found;
}

// ---- Step 2: tokens become vectors ----

const wordVectors = weights.matrix('bert.embeddings.word_embeddings.weight');
const positionVectors = weights.matrix('bert.embeddings.position_embeddings.weight');
const segmentVectors = weights.matrix('bert.embeddings.token_type_embeddings.weight');

/** One vector for each token: the word's, plus that of its position, plus that of its segment; then a norm. */
export function embed(tokens: string[]): Matrix {
  return tokens.map((token, position) => {
    const sum = add(add(wordVectors[idOf(token)], positionVectors[position]), segmentVectors[0]);
    return norm(sum, 'bert.embeddings.LayerNorm');
  });
}

function norm(x: Vector, name: string): Vector {
  return layerNorm(x, weights.vector(`${name}.weight`), weights.vector(`${name}.bias`));
}

/** A learned linear map, applied to each row. */
function project(rows: Matrix, name: string): Matrix {
  const [matrix, bias] = [weights.matrix(`${name}.MatMul.weight`), weights.vector(`${name}.bias`)];
  return rows.map((row) => linear(row, matrix, bias));
}

// ---- Step 3: one head of attention ----

/** What one head computes: the weights `[query][key]`, and for each query the mixture of the values. */
export function attend(queries: Matrix, keys: Matrix, values: Matrix): { weights: Matrix; mixed: Matrix } {
  const root = Math.sqrt(keys[0].length);
  const table = queries.map((query) => softmax(keys.map((key) => dot(query, key) / root)));
  const mixed = table.map((row) =>
    values[0].map((_, i) => row.reduce((sum, weight, j) => sum + weight * values[j][i], 0)),
  );
  return { weights: table, mixed };
}

// ---- Step 4: a block ----

/** The part of each row that belongs to one head. */
function part(rows: Matrix, head: number): Matrix {
  const size = rows[0].length / heads;
  return rows.map((row) => row.slice(head * size, (head + 1) * size));
}

/** One block: attention, then the feed-forward network, each added to the residual stream. */
export function block(stream: Matrix, layer: number): { stream: Matrix; weights: Matrix[] } {
  const name = `bert.encoder.layer.${layer}`;
  const normed = stream.map((row) => norm(row, `${name}.attention.LayerNorm`));
  const [queries, keys, values] = ['query', 'key', 'value'].map((role) =>
    project(normed, `${name}.attention.self.${role}`),
  );
  const results = Array.from({ length: heads }, (_, h) => attend(part(queries, h), part(keys, h), part(values, h)));
  const together = stream.map((_, token) => results.flatMap(({ mixed }) => mixed[token]));
  const handedOver = project(together, `${name}.attention.output.dense`);
  const after = stream.map((row, token) => add(row, handedOver[token]));

  const wide = project(
    after.map((row) => norm(row, `${name}.intermediate.LayerNorm`)),
    `${name}.intermediate.dense`,
  );
  const narrow = project(
    wide.map((row) => row.map(gelu)),
    `${name}.output.dense`,
  );
  return {
    stream: after.map((row, token) => add(row, narrow[token])),
    weights: results.map((result) => result.weights),
  };
}

/** x · Φ(x): negative numbers become nearly 0, positive ones stay. */
function gelu(x: number): number {
  return (x * (1 + erf(x / Math.SQRT2))) / 2;
}

/** The error function, to seven digits (Abramowitz and Stegun, 7.1.26). */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

// ---- Step 5: all blocks, and a prediction ----

/** All blocks: the attention `[layer][head][query][key]`, and the stream after the last one. */
export function run(tokens: string[]): { attention: Matrix[][]; stream: Matrix } {
  let stream = embed(tokens);
  const attention: Matrix[][] = [];
  for (let layer = 0; layer < layers; layer++) {
    const result = block(stream, layer);
    attention.push(result.weights);
    stream = result.stream;
  }
  return { attention, stream: stream.map((row) => norm(row, 'bert.encoder.LayerNorm')) };
}

/** A score (logit) for each word of the vocabulary: how well its own embedding fits the vector of the token. */
export function unembed(row: Vector): Vector {
  const [wide] = project([row], 'cls.predictions.transform.dense');
  const ready = norm(wide.map(gelu), 'cls.predictions.transform.LayerNorm');
  const bias = weights.vector('cls.predictions.bias');
  return wordVectors.map((vector, id) => dot(ready, vector) + bias[id]);
}

// ---- What it prints ----

function steps(text: string, word: string): void {
  const tokens = tokenize(text);
  const query = tokens.indexOf(word);
  if (query < 0) throw new Error(`‘${word}’ is no token of ${tokens.join(' ')}`);
  console.log(`1 tokens      ${tokens.join(' ')}`);
  const embedded = embed(tokens);
  console.log(
    `2 embeddings  ${tokens.length} rows of ${embedded[0].length} numbers; ‘${word}’: ${show(embedded[query])}`,
  );
  const first = block(embedded, 0);
  console.log(`3 one head    head 0.0, from ‘${word}’: ${strongest(tokens, first.weights[0][query], 3)}`);
  console.log(`4 one block   the stream at ‘${word}’: ${show(first.stream[query])}`);
  console.log(`5 all blocks  head 4.1, from ‘${word}’: ${strongest(tokens, run(tokens).attention[4][1][query], 3)}`);
  const hidden = tokens.findLastIndex((token) => /^\p{L}+$/u.test(token));
  const asked = tokens.map((token, at) => (at === hidden ? '[MASK]' : token));
  const probabilities = softmax(unembed(run(asked).stream[hidden]));
  console.log(`6 prediction  [MASK] in place of ‘${tokens[hidden]}’: ${strongest(words, probabilities, 5)}`);
  const probability = probabilities[idOf(tokens[hidden])];
  console.log(`7 loss        −ln ${probability.toFixed(4)} = ${(-Math.log(probability)).toFixed(3)}`);
}

function show(row: Vector): string {
  return `${row
    .slice(0, 4)
    .map((value) => value.toFixed(3))
    .join(' ')} …`;
}

function strongest(names: string[], row: Vector, count: number): string {
  const order = row.map((_, at) => at).sort((a, b) => row[b] - row[a]);
  return order
    .slice(0, count)
    .map((at) => `${names[at]} ${row[at].toFixed(4)}`)
    .join(' · ');
}

if (process.argv[1] === import.meta.filename) {
  const [text = 'The cat that was hungry ate the fish.', word = 'ate'] = process.argv.slice(2);
  if (word === '--json') {
    const { attention, stream } = run(tokenize(text));
    console.log(JSON.stringify({ attention, logits: stream.map(unembed) }));
  } else steps(text, word);
}
