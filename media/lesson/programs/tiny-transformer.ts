/**
 * A tiny Transformer that learns from nothing, in plain TypeScript: one block, one head, a language of our own. Each
 * animal makes one sound; which one is to come, only the first noun of the sentence tells, not the nearest:
 *
 *   the old cat that saw the dog meows .
 *
 *   node tiny-transformer.ts
 *
 * It trains in some seconds, prints the loss, and then what the head looks at from the last word before the sound.
 */

// ---- The language ----

const animals: Readonly<Record<string, string>> = {
  cat: 'meows',
  dog: 'barks',
  cow: 'moos',
  duck: 'quacks',
  sheep: 'bleats',
  horse: 'neighs',
};
const nouns = Object.keys(animals);
const adjectives = ['old', 'small', 'black', 'hungry'];
const verbs = ['saw', 'liked', 'heard'];
const words = ['the', 'that', '.', ...nouns, ...Object.values(animals), ...adjectives, ...verbs];

let state = 1;
/** A number from 0 to below 1, the same ones in every run (a linear congruential generator). */
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(random() * list.length)];
}

/** “the [adjective] noun” */
function phrase(noun: string): string[] {
  return random() < 0.5 ? ['the', noun] : ['the', pick(adjectives), noun];
}

/** A sentence, and the place of its subject. */
export function sentence(): { tokens: string[]; subject: number } {
  const noun = pick(nouns);
  const first = phrase(noun);
  const inner = random() < 0.25 ? [] : ['that', pick(verbs), ...phrase(pick(nouns))];
  return { tokens: [...first, ...inner, animals[noun], '.'], subject: first.length - 1 };
}

// ---- Matrices that remember how they were made, so that the loss can be followed back to every weight ----

export class Tensor {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  /** How much the loss grows when an entry grows: filled by {@link followBack}. */
  readonly slope: Float64Array;

  constructor(rows: number, columns: number) {
    [this.rows, this.columns] = [rows, columns];
    this.data = new Float64Array(rows * columns);
    this.slope = new Float64Array(rows * columns);
  }
}

/** What was computed, in order; each entry passes the slopes of a result on to what it was made of. */
let tape: (() => void)[] = [];

function followBack(): void {
  for (const step of tape.reverse()) step();
  tape = [];
}

/** a · b, or a · bᵀ. */
function multiply(a: Tensor, b: Tensor, transposed = false): Tensor {
  const [n, m, depth] = [a.rows, transposed ? b.rows : b.columns, a.columns];
  const result = new Tensor(n, m);
  const at = transposed ? (k: number, j: number) => j * depth + k : (k: number, j: number) => k * m + j;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++)
      for (let k = 0; k < depth; k++) result.data[i * m + j] += a.data[i * depth + k] * b.data[at(k, j)];
  tape.push(() => {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < m; j++) {
        const slope = result.slope[i * m + j];
        for (let k = 0; k < depth; k++) {
          a.slope[i * depth + k] += slope * b.data[at(k, j)];
          b.slope[at(k, j)] += slope * a.data[i * depth + k];
        }
      }
  });
  return result;
}

/** A result with an entry for each of x, and the slope of that entry. */
function each(x: Tensor, value: (v: number) => number, slope: (v: number) => number): Tensor {
  const result = new Tensor(x.rows, x.columns);
  x.data.forEach((v, i) => (result.data[i] = value(v)));
  tape.push(() => x.data.forEach((v, i) => (x.slope[i] += result.slope[i] * slope(v))));
  return result;
}

function add(a: Tensor, b: Tensor): Tensor {
  const result = new Tensor(a.rows, a.columns);
  a.data.forEach((v, i) => (result.data[i] = v + b.data[i]));
  tape.push(() =>
    result.slope.forEach((slope, i) => {
      a.slope[i] += slope;
      b.slope[i] += slope;
    }),
  );
  return result;
}

/** Rows of a table: the embedding of each token. */
function lookUp(table: Tensor, ids: readonly number[]): Tensor {
  const { columns } = table;
  const result = new Tensor(ids.length, columns);
  ids.forEach((id, row) => result.data.set(table.data.subarray(id * columns, (id + 1) * columns), row * columns));
  tape.push(() =>
    ids.forEach((id, row) => {
      for (let i = 0; i < columns; i++) table.slope[id * columns + i] += result.slope[row * columns + i];
    }),
  );
  return result;
}

/** Each row divided by the root of its mean square (RMSNorm): the simplest norm. */
function norm(x: Tensor): Tensor {
  const { rows, columns } = x;
  const result = new Tensor(rows, columns);
  const sizes = Array.from({ length: rows }, (_, row) => {
    const square = x.data.subarray(row * columns, (row + 1) * columns).reduce((sum, v) => sum + v * v, 0);
    return Math.sqrt(square / columns + 1e-6);
  });
  x.data.forEach((v, i) => (result.data[i] = v / sizes[Math.floor(i / columns)]));
  tape.push(() => {
    for (let row = 0; row < rows; row++) {
      const [start, size] = [row * columns, sizes[row]];
      let along = 0;
      for (let i = start; i < start + columns; i++) along += result.slope[i] * result.data[i];
      for (let i = start; i < start + columns; i++)
        x.slope[i] += (result.slope[i] - (result.data[i] * along) / columns) / size;
    }
  });
  return result;
}

/** The softmax of each row over its own token and those before it (the causal mask). */
function attentionWeights(scores: Tensor): Tensor {
  const { rows, columns } = scores;
  const result = new Tensor(rows, columns);
  for (let row = 0; row < rows; row++) {
    const powers = Array.from({ length: row + 1 }, (_, key) => Math.exp(scores.data[row * columns + key]));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, key) => (result.data[row * columns + key] = power / sum));
  }
  tape.push(() => {
    for (let row = 0; row < rows; row++) {
      let mean = 0;
      for (let i = row * columns; i < row * columns + columns; i++) mean += result.data[i] * result.slope[i];
      for (let i = row * columns; i < row * columns + columns; i++)
        scores.slope[i] += result.data[i] * (result.slope[i] - mean);
    }
  });
  return result;
}

/** The loss: −ln of the probability of each next word, averaged. Starts the slopes: probability − 1 at the word. */
function crossEntropy(logits: Tensor, targets: readonly number[]): number {
  let loss = 0;
  const { columns } = logits;
  targets.forEach((target, row) => {
    const powers = Array.from(logits.data.subarray(row * columns, (row + 1) * columns), Math.exp);
    const sum = powers.reduce((a, b) => a + b);
    loss -= Math.log(powers[target] / sum) / targets.length;
    powers.forEach((power, id) => {
      logits.slope[row * columns + id] = (power / sum - (id === target ? 1 : 0)) / targets.length;
    });
  });
  return loss;
}

// ---- The model ----

const size = 24;
const longest = 12;

/** A matrix of small random numbers, learned from then on. */
function learned(rows: number, columns: number): Tensor {
  const tensor = new Tensor(rows, columns);
  tensor.data.forEach((_, i) => (tensor.data[i] = (random() - 0.5) * 2 * Math.sqrt(1 / columns)));
  return tensor;
}

const embeddings = learned(words.length, size);
const positions = learned(longest, size);
const [query, key, value, output] = Array.from({ length: 4 }, () => learned(size, size));
const [widen, narrow] = [learned(size, 2 * size), learned(2 * size, size)];
const unembedding = learned(size, words.length);
const parameters = [embeddings, positions, query, key, value, output, widen, narrow, unembedding];

/** Scores for the word after each token, and the weights of the one head. */
export function model(ids: readonly number[]): { logits: Tensor; weights: Tensor } {
  const stream = add(
    lookUp(embeddings, ids),
    lookUp(
      positions,
      ids.map((_, position) => position),
    ),
  );
  const normed = norm(stream);
  const [q, k, v] = [query, key, value].map((matrix) => multiply(normed, matrix));
  const scores = each(
    multiply(q, k, true),
    (s) => s / Math.sqrt(size),
    () => 1 / Math.sqrt(size),
  );
  const weights = attentionWeights(scores);
  const attended = add(stream, multiply(multiply(weights, v), output));
  const wide = each(
    multiply(norm(attended), widen),
    (x) => Math.max(0, x),
    (x) => (x > 0 ? 1 : 0),
  );
  const result = add(attended, multiply(wide, narrow));
  return { logits: multiply(norm(result), unembedding), weights };
}

// ---- Training: Adam ----

const moments = parameters.map(({ data }) => ({ mean: data.map(() => 0), square: data.map(() => 0) }));

function learn(step: number, rate: number, batch: number): void {
  parameters.forEach(({ data, slope }, index) => {
    const { mean, square } = moments[index];
    for (let i = 0; i < data.length; i++) {
      mean[i] = 0.9 * mean[i] + (0.1 * slope[i]) / batch;
      square[i] = 0.99 * square[i] + 0.01 * (slope[i] / batch) ** 2;
      data[i] -= (rate * mean[i]) / (1 - 0.9 ** step) / (Math.sqrt(square[i] / (1 - 0.99 ** step)) + 1e-8);
    }
    slope.fill(0);
  });
}

function train(steps: number, batch: number): void {
  let sum = 0;
  for (let step = 1; step <= steps; step++) {
    for (let i = 0; i < batch; i++) {
      const ids = sentence().tokens.map((word) => words.indexOf(word));
      const { logits } = model(ids.slice(0, -1));
      sum += crossEntropy(logits, ids.slice(1)) / batch;
      followBack();
    }
    learn(step, 0.01 * (1 - step / (steps + 1)), batch);
    if (step !== 1 && step % 50 !== 0) continue;
    console.log(`step ${step}  loss ${(sum / (step === 1 ? 1 : step === 50 ? 49 : 50)).toFixed(3)}`);
    sum = 0;
  }
}

/** New sentences, in which the nearest noun is mostly the wrong one: is the sound right, and what does the head look at? */
function examine(count: number): void {
  let [right, found] = [0, 0];
  for (let done = 0; done < count;) {
    const { tokens, subject } = sentence();
    const last = tokens.length - 3; // the token before the sound
    if (last === subject) continue; // without a second noun there is nothing to choose
    done++;
    const { logits, weights } = model(tokens.slice(0, -1).map((word) => words.indexOf(word)));
    tape = [];
    const row = Array.from(weights.data.subarray(last * weights.columns, (last + 1) * weights.columns));
    const scores = Array.from(logits.data.subarray(last * logits.columns, (last + 1) * logits.columns));
    const said = words[scores.indexOf(Math.max(...scores))];
    if (said === tokens[last + 1]) right++;
    if (row.indexOf(Math.max(...row)) === subject) found++;
    if (done > 3) continue;
    const looks = tokens.slice(0, last + 1).map((word, key) => `${word} ${row[key].toFixed(2)}`);
    console.log(`from ‘${tokens[last]}’: ${looks.join(' · ')}  says ‘${said}’`);
  }
  console.log(`${count} new sentences: ${right} right sounds; the head looks most at the subject in ${found}`);
}

if (process.argv[1] === import.meta.filename) {
  train(300, 4);
  examine(500);
}
