import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { headOf, type AttentionMap } from '../../src/core/attention/map.ts';
import type { Cell } from '../../src/core/block/explanation.ts';
import type { ScoreParts } from '../../src/core/block/score-parts.ts';
import { AttentionError } from '../../src/core/errors/reason.ts';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import { charactersOf } from '../../src/core/text/token.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { answeredText, languageEncoders, languageModels, placeLanguageModel } from './support/language-models.ts';
import { builtInModels, noWork, places } from './support/models.ts';

const text = 'The cat that was hungry ate the fish.';
const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
const folder = mkdtempSync(join(tmpdir(), 'parts-'));
after(async () => {
  await analyser.dispose();
  rmSync(folder, { recursive: true });
});

const numbers = (buffer: ArrayBuffer): Float32Array => new Float32Array(buffer);
const sumOf = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0);

/** A cell of each layer of a map, none of a later token in a causal one. */
function cellsOf({ shape: [layers, heads, queries, keys], kind }: AttentionMap, map: number): Cell[] {
  return Array.from({ length: layers }, (_, layer) => {
    const query = queries - 1 - (layer % 2);
    return {
      map,
      layer,
      head: (layer + 1) % heads,
      query,
      key: (7 * query + 3) % (kind === 'causal' ? query + 1 : keys),
    };
  });
}

/** What must hold of a score's parts, whatever its model. */
function check(told: ScoreParts): void {
  const where = `${told.map} ${told.layer}.${told.head}`;
  const bound = 1e-4 * Math.max(1, Math.abs(told.score));
  assert.ok(told.difference <= 1e-4, `${where}: ${told.difference}`);
  assert.ok(Math.abs(sumOf(numbers(told.terms)) - told.score) <= bound, where);
  assert.ok(Math.abs(sumOf(numbers(told.queryBy)) - told.score) <= bound, where);
  assert.ok(Math.abs(sumOf(numbers(told.keyBy)) - told.score) <= bound, where);
  const centred = sumOf(numbers(told.centred));
  assert.ok(Math.abs(centred - (told.score - told.mean)) <= 3 * bound, `${where}: ${centred}`);
  assert.equal(numbers(told.terms).length, told.parts.length ** 2);
}

for (const model of ['masked-lm-small', 'causal-lm-small', 'translation-small'])
  test(`${model}: parts sum to the score in every layer of every map`, async () => {
    const run = { model, text };
    const analysis = await analyser.analyse(run, noWork);
    for (const [index, map] of analysis.maps.entries())
      for (const cell of cellsOf(map, index)) {
        const told = await analyser.parts(run, analysis, cell, 'head', noWork);
        check(told);
        assert.deepEqual(told.whole, []);
      }
  });

test('head 1.2 of masked-lm-small: ate → cat is made of what heads 0.1 and 0.0 wrote', async () => {
  const run = { model: 'masked-lm-small', text };
  const analysis = await analyser.analyse(run, noWork);
  const [sequence] = analysis.sequences;
  assert.ok(sequence);
  const tokens = sequence.tokens.map((token) => charactersOf(sequence, token));
  const cell = { map: 0, layer: 1, head: 2, query: tokens.indexOf('ate'), key: tokens.indexOf('cat') };
  const told = await analyser.parts(run, analysis, cell, 'head', noWork);
  check(told);
  assert.equal(told.score.toFixed(3), '3.541');
  assert.equal(told.mean.toFixed(3), '2.248');
  const centred = numbers(told.centred);
  const largest =
    [...centred.keys()].sort((a, b) => Math.abs(centred[b] ?? NaN) - Math.abs(centred[a] ?? NaN))[0] ?? NaN;
  const [query, key] = [told.parts[Math.floor(largest / told.parts.length)], told.parts[largest % told.parts.length]];
  assert.deepEqual(query, { kind: 'head', map: 'attention', layer: 0, head: 1 });
  assert.deepEqual(key, { kind: 'head', map: 'attention', layer: 0, head: 0 });
  assert.equal(centred[largest]?.toFixed(2), '0.86');
});

test('heads by their source tokens sum to the same score, and each to its head', async () => {
  for (const [model, map] of [
    ['masked-lm-small', 0],
    ['translation-small', 1],
  ] as const) {
    const run = { model, text };
    const analysis = await analyser.analyse(run, noWork);
    const cell = { map, layer: 1, head: 2, query: 3, key: 2 };
    const [whole, apart] = [
      await analyser.parts(run, analysis, cell, 'head', noWork),
      await analyser.parts(run, analysis, cell, 'token', noWork),
    ];
    check(apart);
    for (const [at, name] of whole.parts.entries()) {
      if (name.kind !== 'head') continue;
      const own = apart.parts.flatMap((other, index) =>
        other.kind === 'head' && other.map === name.map && other.layer === name.layer && other.head === name.head
          ? [index]
          : [],
      );
      assert.ok(own.length > 2, model);
      const sum = sumOf(own.map((index) => numbers(apart.queryBy)[index] ?? NaN));
      assert.ok(Math.abs(sum - (numbers(whole.queryBy)[at] ?? NaN)) <= 1e-4, `${model} ${name.layer}.${name.head}`);
    }
  }
});

for (const name of [...languageModels, ...languageEncoders])
  test(`${name}: parts sum to the score, whatever mixes the tokens of its layers`, async () => {
    const own = new Analyser(places, () => undefined);
    try {
      const run = { model: placeLanguageModel(name, folder), text: answeredText };
      const analysis = await own.analyse(run, noWork);
      for (const [index, map] of analysis.maps.entries())
        for (const cell of cellsOf(map, index).slice(0, 3)) check(await own.parts(run, analysis, cell, 'head', noWork));
    } finally {
      await own.dispose();
    }
  });

for (const name of ['qwen3-fused', 'smollm3-fused', 'gemma3-fused', 'gpt-oss-fused', 'lfm2-fused'])
  test(`${name}: scores of parts differ from key to key as the logarithms of the weights of the kernel do`, async () => {
    const own = new Analyser(places, () => undefined);
    try {
      const run = { model: placeLanguageModel(name, folder), text: answeredText };
      const analysis = await own.analyse(run, noWork);
      const [map] = analysis.maps;
      assert.ok(map);
      const [layers, , queries, keys] = map.shape;
      const query = queries - 1;
      const pairs = Array.from({ length: layers }, (_, layer) => layer);
      for (const layer of pairs) {
        const cells = [query, query - 1].map((key): Cell => ({ map: 0, layer, head: 1, query, key }));
        const [one, other] = await Promise.all(cells.map((cell) => own.parts(run, analysis, cell, 'head', noWork)));
        assert.ok(one && other);
        check(one);
        const weights = headOf(map, layer, 1).subarray(query * keys, (query + 1) * keys);
        const ratio = Math.log((weights[query] ?? NaN) / (weights[query - 1] ?? NaN));
        assert.ok(Math.abs(one.score - other.score - ratio) < 1e-4, `${layer}: ${one.score - other.score} ${ratio}`);
      }
    } finally {
      await own.dispose();
    }
  });

test('layers without attention are parts of their own, by their numbers', async () => {
  const own = new Analyser(places, () => undefined);
  try {
    const run = { model: placeLanguageModel('lfm2', folder), text: answeredText };
    const analysis = await own.analyse(run, noWork);
    const cell = { map: 0, layer: 1, head: 0, query: 5, key: 2 };
    const { parts } = await own.parts(run, analysis, cell, 'head', noWork);
    assert.deepEqual(
      parts.flatMap((name) => (name.kind === 'mixer' ? [[name.of, name.layer]] : [])),
      [0, 1, 3, 4].map((layer) => ['convolution', layer]),
    );
  } finally {
    await own.dispose();
  }
});

test('a logit is the sum of what the parts write to it; a head that is not linear is refused by its node', async () => {
  for (const model of ['causal-lm-small', 'translation-small']) {
    const run = { model, text };
    const analysis = await analyser.analyse(run, noWork);
    for (const [token, position] of [
      ['#5', 2],
      ['#40', 1],
    ] as const) {
      const told = await analyser.logit(run, analysis, token, position, noWork);
      assert.ok(told.difference <= 1e-4, `${model}: ${told.difference}`);
      assert.ok(Math.abs(sumOf(numbers(told.values)) - told.logit) <= 1e-4 * Math.max(1, Math.abs(told.logit)), model);
      assert.ok(told.parts.length > 5);
    }
  }
  const said = async (run: RunSpec, token: string, position: number) => {
    const analysis = await analyser.analyse(run, noWork);
    const thrown: unknown = await analyser
      .logit(run, analysis, token, position, noWork)
      .catch((error: unknown) => error);
    assert.ok(thrown instanceof AttentionError);
    return { detail: '', ...thrown.reason };
  };
  assert.match((await said({ model: 'masked-lm-small', text }, '#5', 2)).detail, /LayerNorm.* is not linear/);
  assert.match((await said({ model: 'causal-lm-small', text }, '#5', 99)).detail, /no token 99/);
  assert.match((await said({ model: 'causal-lm-small', text }, 'no such token', 1)).detail, /not a single token/);
  assert.equal((await said({ model: 'recurrent-dot', text }, '#5', 1)).code, 'model-unsupported');
});
