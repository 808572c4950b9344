import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import type { AttentionMap } from '../../src/core/attention/map.ts';
import type { Cell, Explanation } from '../../src/core/block/explanation.ts';
import { AttentionError } from '../../src/core/errors/reason.ts';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import { charactersOf } from '../../src/core/text/token.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { builtInModels, fixture, idsOf, noWork, places, worstDifference } from './support/models.ts';
import { byFormulas } from './support/recurrent-formulas.ts';
import { Weights } from './support/weights.ts';

const text = 'The cat that was hungry ate the fish .';
const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
after(() => analyser.dispose());

const numbers = (buffer: ArrayBuffer): Float32Array => new Float32Array(buffer);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? NaN), 0);

function rowOf(map: AttentionMap, { layer, head, query }: Cell): Float32Array {
  const [, heads, queries, keys] = map.shape;
  const start = ((layer * heads + head) * queries + query) * keys;
  return map.weights.slice(start, start + keys);
}

/** Some cells of every layer and head of a map, none of a later token in a causal one. */
function cellsOf({ shape: [layers, heads, queries, keys], kind }: AttentionMap, map: number): Cell[] {
  const cells: Cell[] = [];
  for (let layer = 0; layer < layers; layer += 1)
    for (let head = 0; head < heads; head += 1)
      for (const query of new Set([0, (layer + 2 * head + 1) % queries, queries - 1]))
        cells.push({ map, layer, head, query, key: (7 * query + head) % (kind === 'causal' ? query + 1 : keys) });
  return cells;
}

/** What must hold of every explanation, whatever its model. */
function check(told: Explanation, map: AttentionMap, cell: Cell, bound = 1e-5): void {
  const where = JSON.stringify(cell);
  assert.equal(told.map, map.name);
  assert.deepEqual(numbers(told.weights), rowOf(map, cell), where);
  assert.ok(told.recomputed.difference <= bound, `${where}: ${told.recomputed.difference}`);
  const score = numbers(told.scores)[cell.key] ?? NaN;
  const apart = Math.abs(told.recomputed.score - score) / Math.max(1, Math.abs(score));
  assert.ok(apart <= bound && Math.abs(told.recomputed.weight - (rowOf(map, cell)[cell.key] ?? NaN)) <= bound, where);
  assert.deepEqual(told.missing, []);
  assert.ok(told.output && told.output.norm > 0 && told.output.keyNorm >= 0, where);
  assert.ok((told.output.difference ?? 0) <= bound, `${where}: ${told.output.difference}`);
  if (told.kind !== 'dot-product') return;
  const scaled = told.scale * dot(numbers(told.q), numbers(told.k));
  const bent = told.softcap === null ? scaled : told.softcap * Math.tanh(scaled / told.softcap);
  const sum = told.biases.reduce((total, { value }) => total + value, bent);
  assert.ok(Math.abs(sum - score) <= bound * Math.max(1, Math.abs(score)), `${where}: ${sum} is not ${score}`);
}

async function explained(run: RunSpec, by: Analyser = analyser): Promise<Analysis> {
  const analysis = await by.analyse(run, noWork);
  for (const [index, map] of analysis.maps.entries())
    for (const cell of cellsOf(map, index)) check(await by.explain(run, analysis, cell, noWork), map, cell);
  return analysis;
}

for (const model of ['masked-lm-small', 'causal-lm-small', 'translation-small'])
  test(`${model}: q·k, scale and biases make the score, the row its weights, and the heads the output of the attention`, async () => {
    await explained({ model, text });
  });

test('texts that the model has written, pairs, and weights beside the graph', async () => {
  await explained({ model: 'causal-lm-small', text, continue: { tokens: 4, sampling: { seed: 3 } } });
  await explained({ model: fixture('tiny-encoder'), text: 'the cat', pair: 'a dog ate' });
  await explained({ model: fixture('tiny-external'), text: 'the cat ate' });
  await explained({ model: fixture('tiny-encoder-decoder'), text: 'the cat ate', target: 'a dog' });
});

test('head 1.2 of masked-lm-small: ate → cat', async () => {
  const run = { model: 'masked-lm-small', text: 'The cat that was hungry ate the fish.' };
  const analysis = await analyser.analyse(run, noWork);
  const [sequence] = analysis.sequences;
  assert.ok(sequence);
  const words = sequence.tokens.map((token) => charactersOf(sequence, token));
  const cell = { map: 0, layer: 1, head: 2, query: words.indexOf('ate'), key: words.indexOf('cat') };
  const told = await analyser.explain(run, analysis, cell, noWork);
  const scores = Array.from(numbers(told.scores));
  assert.equal(told.recomputed.score.toFixed(3), '3.541');
  assert.equal(told.recomputed.weight.toFixed(3), '0.022');
  assert.equal((scores.reduce((sum, score) => sum + score, 0) / scores.length).toFixed(3), '2.248');
});

test('q, k, v and the output of a head of the first layer are those of the stored weights', async () => {
  const run = { model: 'masked-lm-small', text };
  const analysis = await analyser.analyse(run, noWork);
  const [map] = analysis.maps;
  assert.ok(map);
  const cell = { map: 0, layer: 0, head: 1, query: 4, key: 2 };
  const told = await analyser.explain(run, analysis, cell, noWork);
  assert.ok(told.kind === 'dot-product' && told.output);
  const weights = new Weights(join(builtInModels, 'masked-lm-small', 'onnx', 'model.onnx'));
  const input = idsOf(analysis, 0).map((id, at) => embedded(weights, id, at));
  const ofHead = (name: string, at: number): number[] => {
    const all = linear(weights, `bert.encoder.layer.0.attention.self.${name}`, input[at] ?? []);
    const size = all.length / map.shape[1];
    return all.slice(cell.head * size, (cell.head + 1) * size);
  };
  assert.ok(worstDifference(numbers(told.q), ofHead('query', cell.query)) <= 1e-5);
  assert.ok(worstDifference(numbers(told.k), ofHead('key', cell.key)) <= 1e-5);
  assert.ok(worstDifference(numbers(told.v), ofHead('value', cell.key)) <= 1e-5);
  const { columns, values } = weights.named('bert.encoder.layer.0.attention.output.dense.MatMul.weight');
  const passed = input.map((_, key) =>
    Float64Array.from({ length: columns }, (__, column) => {
      const value = ofHead('value', key);
      const weight = rowOf(map, cell)[key] ?? NaN;
      const first = cell.head * value.length;
      return weight * value.reduce((sum, each, at) => sum + each * (values[(first + at) * columns + column] ?? NaN), 0);
    }),
  );
  const total = passed.reduce((sum, each) => sum.map((value, at) => value + (each[at] ?? NaN)));
  const part = passed[cell.key] ?? [];
  assert.ok(Math.abs(told.output.norm - Math.sqrt(dot(total, total))) <= 1e-5);
  assert.ok(Math.abs(told.output.keyNorm - Math.sqrt(dot(part, part))) <= 1e-5);
  assert.ok(Math.abs((told.output.share ?? NaN) - dot(part, total) / dot(total, total)) <= 1e-5);
});

/** What the first layer projects: the norm of the sum of word, position and segment embedding, and its own norm. */
function embedded(weights: Weights, id: number, at: number): number[] {
  const of = (name: string, row: number): Float64Array => rowOfWeights(weights, `bert.embeddings.${name}`, row);
  const [word, position, segment] = [
    of('word_embeddings.weight', id),
    of('position_embeddings.weight', at),
    of('token_type_embeddings.weight', 0),
  ];
  const sum = Array.from(word, (value, column) => value + (position[column] ?? NaN) + (segment[column] ?? NaN));
  return normed(weights, 'bert.encoder.layer.0.attention.LayerNorm', normed(weights, 'bert.embeddings.LayerNorm', sum));
}

function rowOfWeights(weights: Weights, name: string, row: number): Float64Array {
  const { columns, values } = weights.named(name);
  return values.subarray(row * columns, (row + 1) * columns);
}

/** Layer normalisation (Ba et al. 2016). */
function normed(weights: Weights, name: string, x: readonly number[]): number[] {
  const mean = x.reduce((total, value) => total + value, 0) / x.length;
  const variance = x.reduce((total, value) => total + (value - mean) ** 2, 0) / x.length;
  const [gain, bias] = [rowOfWeights(weights, `${name}.weight`, 0), rowOfWeights(weights, `${name}.bias`, 0)];
  return x.map(
    (value, column) => ((value - mean) / Math.sqrt(variance + 1e-12)) * (gain[column] ?? NaN) + (bias[column] ?? NaN),
  );
}

function linear(weights: Weights, name: string, x: readonly number[]): number[] {
  const { columns, values } = weights.named(`${name}.MatMul.weight`);
  const bias = weights.named(`${name}.bias`).values;
  return Array.from(bias, (value, column) =>
    x.reduce((sum, each, row) => sum + each * (values[row * columns + column] ?? NaN), value),
  );
}

for (const kind of ['bahdanau', 'concat', 'dot', 'general', 'local-m', 'local-p'])
  test(`recurrent-${kind}: the parts of a score are those of the formula, and make the row`, async () => {
    const run = { model: `recurrent-${kind}`, text: 'The black cat sees the small dog .' };
    const analysis = await explained(run);
    const folder = join(builtInModels, run.model);
    const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    const { window = NaN, sigma = NaN, decoder_start_token_id: start } = config;
    const steps = byFormulas(folder, { kind, window, sigma }, idsOf(analysis, 0), start, idsOf(analysis, 1));
    for (const [query, step] of steps.entries()) {
      const key = (query * 5 + 2) % step.weights.length;
      const told = await analyser.explain(run, analysis, { map: 0, layer: 0, head: 0, query, key }, noWork);
      assert.ok(told.kind === 'recurrent');
      const expected = Object.entries(step.parts).map(([name, part]): [string, readonly number[]] => [
        name,
        Array.isArray(part[0]) ? part[key] : part,
      ]);
      assert.deepEqual(
        told.parts.map(({ name }) => name),
        expected.map(([name]) => name),
      );
      for (const [at, [name, part]] of expected.entries())
        assert.ok(worstDifference(numbers(told.parts[at]?.vector ?? new ArrayBuffer(0)), part) <= 1e-5, name);
      assert.equal(told.window === null, !kind.startsWith('local'));
      if (told.window) assert.ok(Math.abs(told.window.centre - (step.centre ?? NaN)) <= 1e-5);
      assert.deepEqual(told.window?.parts.map(({ name }) => name) ?? [], kind === 'local-p' ? ['tanh(W s)', 'v'] : []);
    }
  });

test('the shares of all keys sum to 1, in each family', async () => {
  for (const model of ['masked-lm-small', 'translation-small', 'recurrent-concat']) {
    const run = { model, text };
    const analysis = await analyser.analyse(run, noWork);
    const map = analysis.maps.length - 1;
    const keys = analysis.maps[map]?.shape[3] ?? 0;
    let sum = 0;
    for (let key = 0; key < keys; key += 1) {
      const told = await analyser.explain(run, analysis, { map, layer: 0, head: 0, query: 1, key }, noWork);
      sum += told.output?.share ?? NaN;
    }
    assert.ok(Math.abs(sum - 1) <= 1e-5, `${model}: ${sum}`);
  }
});

/** The reason with which an explanation is refused. */
async function refused(run: RunSpec, change: Partial<Cell>, by = analyser): Promise<Record<string, string>> {
  const analysis = await by.analyse(run, noWork);
  const cell = { map: 0, layer: 0, head: 0, query: 0, key: 0, ...change };
  const told = by.explain(run, analysis, cell, noWork);
  const thrown: unknown = await told.then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof AttentionError, 'it was refused');
  return { detail: '', ...thrown.reason };
}

test('a weight that is not there is refused by name, and so is what does not fit into memory', async () => {
  const run = { model: 'translation-small', text };
  for (const [change, argument, detail] of [
    [{ map: 3 }, 'map', /no map 3; the analysis has 3/],
    [{ layer: 2 }, 'layer', /no layer 2; the map has 2/],
    [{ head: 9 }, 'head', /no head 9/],
    [{ query: 99 }, 'query', /no query 99/],
    [{ key: 99 }, 'key', /no key 99/],
    [{ map: 1, query: 1, key: 2 }, 'key', /query 1 attends to keys 0 to 1/],
  ] as const) {
    const reason = await refused(run, change);
    assert.equal(reason['code'], 'argument-invalid');
    assert.equal(reason['argument'], argument);
    assert.match(reason['detail'] ?? '', detail);
  }
  const folder = join(builtInModels, 'masked-lm-small');
  const bytes = readFileSync(join(folder, 'onnx', 'model.onnx')).length;
  const small = new Analyser({ ...places, models: builtInModels }, () => undefined, 2.6 * bytes);
  try {
    assert.equal((await refused({ model: 'masked-lm-small', text }, {}, small))['code'], 'memory-too-small');
  } finally {
    await small.dispose();
  }
});

test('weights of one layer share a run, those of a cached decoder where they have one query', async () => {
  const run = { model: 'translation-small', text };
  const analysis = await analyser.analyse(run, noWork);
  const stagesOf = async (cell: Cell): Promise<string[]> => {
    const stages: string[] = [];
    const report = ({ stage }: { readonly stage: string }): void => void stages.push(stage);
    const map = analysis.maps[cell.map];
    assert.ok(map);
    check(await analyser.explain(run, analysis, cell, { ...noWork, report }), map, cell);
    return stages;
  };
  const first = { map: 0, layer: 1, head: 0, query: 3, key: 1 };
  assert.ok((await stagesOf(first)).includes('Reading the graph'));
  assert.deepEqual(await stagesOf({ ...first, head: 3, query: 0, key: 2 }), []);
  assert.ok((await stagesOf({ ...first, layer: 0 })).includes('Reading the graph'));
  const cross = { map: 2, layer: 1, head: 0, query: 2, key: 1 };
  assert.ok((await stagesOf(cross)).includes('Reading the graph'));
  assert.deepEqual(await stagesOf({ ...cross, head: 1, key: 4 }), []);
  const other = await stagesOf({ ...cross, query: 3 });
  assert.ok(other.includes('Running') && !other.includes('Reading the graph'));
});

test('a cancel stops an explanation at its next stage', async () => {
  const run = { model: 'translation-small', text };
  const analysis = await analyser.analyse(run, noWork);
  const cancel = new AbortController();
  const stages: string[] = [];
  const work = {
    signal: cancel.signal,
    report: ({ stage }: { readonly stage: string }) => {
      stages.push(stage);
      if (stage === 'Reading the graph') cancel.abort();
    },
  };
  const told = analyser.explain(run, analysis, { map: 2, layer: 0, head: 0, query: 2, key: 0 }, work);
  await assert.rejects(told, (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'cancelled');
  assert.equal(stages.at(-1), 'Reading the graph');
  await explained(run);
});
