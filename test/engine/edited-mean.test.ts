import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import type { AttentionMap } from '../../src/core/attention/map.ts';
import { itemAt } from '../../src/core/item-at.ts';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { edits, row } from './support/edits.ts';
import { languageEncoders, languageModels, placeLanguageModel } from './support/language-models.ts';
import { builtInModels, mapNamed, noWork, places, worstDifference } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'edited-mean-'));
const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
after(async () => {
  await analyser.dispose();
  rmSync(folder, { recursive: true });
});

const masked: RunSpec = { model: 'masked-lm-small', text: 'The cat that was hungry ate the [MASK] .' };
const translated: RunSpec = { model: 'translation-small', text: 'the black cat sees a small dog' };

/** A run as it is, and the same under edits. */
async function both(run: RunSpec, ...texts: readonly string[]): Promise<[Analysis, Analysis]> {
  return [await analyser.analyse(run, noWork), await analyser.analyse({ ...run, edits: edits(...texts) }, noWork)];
}

/** The keys of a layer that a query sees: by their weights, and for a sparse layer by the kind of its map alone. */
function seenBy(map: AttentionMap, layer: number, query: number): boolean[] {
  const isSparse = map.masks?.[layer]?.kind === 'selection';
  return Array.from({ length: map.shape[3] }, (_, key) =>
    isSparse
      ? map.kind !== 'causal' || key <= query
      : Array.from({ length: map.shape[1] }).some((_one, head) => itemAt(row(map, layer, head, query), key) > 0),
  );
}

/** A row whose weights of some keys are shared out over those that are seen. */
function shared(weights: Float32Array, moved: readonly number[], seen: readonly boolean[]): number[] {
  const sum = moved.reduce((total, key) => total + itemAt(weights, key), 0);
  const count = seen.filter(Boolean).length;
  return Array.from(weights, (weight, key) => (moved.includes(key) ? 0 : weight) + (seen[key] ? sum / count : 0));
}

/** How far the rows of the first layer of a map are from those of the run without edits, shared out. */
function farFromShared(before: AttentionMap, now: AttentionMap, moved: readonly number[]): number {
  const [, heads, queries] = before.shape;
  const far = Array.from({ length: heads * queries }, (_, at) => {
    const [head, query] = [at % heads, Math.floor(at / heads)];
    const expected = shared(row(before, 0, head, query), moved, seenBy(before, 0, query));
    return worstDifference(row(now, 0, head, query), expected);
  });
  return Math.max(...far);
}

for (const run of [masked, { model: 'causal-lm-small', text: 'Once upon a time there was' }])
  test(`${run.model}: the weights of tokens whose values are the mean are shared out, and are what the model attends with`, async () => {
    const [plain, edited] = await both(run, 'mean 2', 'mean 3');
    const [before, now] = [mapNamed(plain, 'attention'), mapNamed(edited, 'attention')];
    assert.ok(farFromShared(before, now, [2, 3]) < 1e-6);
    assert.equal(now.normalised, before.normalised);
    assert.ok(edited.change && edited.change.kl > 0);
    // Set by hand, the same rows in the same layers predict the same.
    const [layers, heads, queries] = now.shape;
    const rows = Array.from({ length: layers * heads * queries }, (_, at) => {
      const [layer, head, query] = [Math.floor(at / (heads * queries)), Math.floor(at / queries) % heads, at % queries];
      return `pattern ${layer}.${head} ${query} ${row(now, layer, head, query).join(' ')}`;
    });
    const [, byHand] = await both(run, ...rows);
    assert.ok(Math.abs((byHand.change?.kl ?? NaN) - edited.change.kl) < 1e-4);
    assert.ok(worstDifference(mapNamed(byHand, 'attention').weights, now.weights) < 1e-4);
    const [, withheld] = await both(run, 'zero 2', 'zero 3');
    assert.notDeepEqual(withheld.change, edited.change);
  });

test('a key that is hidden from a query has no part in the mean that it receives', async () => {
  for (const run of [masked, { model: 'causal-lm-small', text: 'Once upon a time there was' }]) {
    const [plain, edited] = await both(run, 'block 0.1 4 1', 'mean 2');
    const [, hiding] = await both(run, 'block 0.1 4 1');
    const [before, now] = [mapNamed(hiding, 'attention'), mapNamed(edited, 'attention')];
    for (const head of [0, 1, 2]) {
      const seen = seenBy(mapNamed(plain, 'attention'), 0, 4).map((is, key) => is && !(head === 1 && key === 1));
      assert.ok(worstDifference(row(now, 0, head, 4), shared(row(before, 0, head, 4), [2], seen)) < 1e-6);
    }
    assert.equal(itemAt(row(now, 0, 1, 4), 1), 0);
  }
  const only = { model: 'causal-lm-small', text: 'Once upon a time' };
  await assert.rejects(both(only, 'block *.* 0 0', 'mean 0'), 'a query is left without a key');
});

test('a decoder receives the same means step by step through its cache as in one piece', async () => {
  const causal = { model: 'causal-lm-small', text: 'Once upon a time', continue: { tokens: 8 } };
  const [, written] = await both(causal, 'mean 1', 'mean 7');
  const text = written.sequences[0]?.text ?? '';
  const [plain, whole] = await both({ model: causal.model, text }, 'mean 1', 'mean 7');
  const [steps, piece] = [mapNamed(written, 'attention'), mapNamed(whole, 'attention')];
  assert.deepEqual(steps.shape, piece.shape);
  assert.ok(worstDifference(steps.weights, piece.weights) < 1e-5);
  assert.ok(farFromShared(mapNamed(plain, 'attention'), piece, [1, 7]) < 1e-6);
});

test('each map of an encoder-decoder has a mean of its own, step by step as in one piece', async () => {
  const list = ['mean encoder/1', 'mean decoder/1', 'mean cross/2'];
  const [, written] = await both(translated, ...list);
  const given = { ...translated, target: written.sequences[1]?.text ?? '' };
  const [plain, whole] = await both(given, ...list);
  assert.ok(worstDifference(mapNamed(whole, 'cross').weights, mapNamed(written, 'cross').weights) < 1e-5);
  for (const name of ['encoder', 'decoder'] as const)
    assert.ok(farFromShared(mapNamed(plain, name), mapNamed(whole, name), [1]) < 1e-6, name);
  // What the first cross-attention reads is not edited where that over the source alone is.
  const [, crossed] = await both(given, 'zero cross/1', 'mean cross/2');
  const expected = (weights: Float32Array): number[] =>
    shared(weights, [2], Array<boolean>(weights.length).fill(true)).map((weight, key) => (key === 1 ? 0 : weight));
  for (let query = 0; query < mapNamed(plain, 'cross').shape[2]; query += 1)
    assert.ok(
      worstDifference(
        row(mapNamed(crossed, 'cross'), 0, 1, query),
        expected(row(mapNamed(plain, 'cross'), 0, 1, query)),
      ) < 1e-6,
    );
});

test('recurrent networks receive the mean of all that the encoder made of the source', async () => {
  for (const kind of ['bahdanau', 'dot', 'general', 'concat', 'local-m', 'local-p']) {
    const run = { model: `recurrent-${kind}`, text: 'the black cat sees the small dog .', target: 'el gato negro .' };
    const [plain, edited] = await both(run, 'mean 3');
    const [before, now] = [mapNamed(plain, 'cross'), mapNamed(edited, 'cross')];
    // The first step: what comes later was fed other contexts.
    const all = Array<boolean>(before.shape[3]).fill(true);
    assert.ok(worstDifference(row(now, 0, 0, 0), shared(row(before, 0, 0, 0), [3], all)) < 1e-6, kind);
    assert.ok(edited.change && edited.change.kl > 0, kind);
  }
});

for (const name of [...languageModels, ...languageEncoders])
  test(`${name}: the mean is that of the tokens which a query sees, a fused kernel or not`, async () => {
    const run = { model: placeLanguageModel(name, folder), text: 'the cat that was hungry ate fish' };
    const [plain, edited] = await both(run, 'mean 2');
    const [before, now] = [mapNamed(plain, 'attention'), mapNamed(edited, 'attention')];
    assert.ok(farFromShared(before, now, [2]) < 1e-5);
    const [layers, heads, queries] = now.shape;
    for (let at = 0; at < layers * heads * queries; at += 1) {
      const [layer, head, query] = [Math.floor(at / heads / queries), Math.floor(at / queries) % heads, at % queries];
      const seen = seenBy(before, layer, query);
      assert.ok(row(now, layer, head, query).every((weight, key) => seen[key] === true || weight === 0));
    }
  });
