import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { drawnRow } from '../../../src/core/prediction/distribution.ts';
import { LatestRows, maxRowBytes } from '../../../src/core/prediction/latest-rows.ts';
import { randomFrom } from '../../../src/core/prediction/random.ts';
import { noTopK, sampled, type Drawing } from '../../../src/core/prediction/sample.ts';
import {
  drawingOf,
  isPlainDrawing,
  plainSampling,
  readSampling,
  samplingOf,
  samplingSettingsSchema,
  samplingText,
} from '../../../src/core/prediction/sampling-settings.ts';

/** Token 2 is the likeliest, then 0, 3 and 1. */
const probabilities = [0.3, 0.05, 0.5, 0.15];
const logits = Float32Array.from(probabilities, Math.log);

/** What each of the four tokens is drawn with, by id. */
function drawn(drawing: Drawing, allowed = logits): number[] {
  const top = drawnRow(logits, allowed, drawing, 4)?.top ?? [];
  return probabilities.map((_, id) => top.find((one) => one.id === id)?.drawn ?? NaN);
}

function near(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((value, at) =>
    assert.ok(Math.abs(value - (expected[at] ?? NaN)) < 1e-6, `${actual.join(' ')} is not ${expected.join(' ')}`),
  );
}

test('temperature, top-k and top-p give the probabilities worked out by hand', () => {
  near(drawn({ temperature: 1 }), [0.3, 0.05, 0.5, 0.15]);
  // The squares 0.09, 0.0025, 0.25 and 0.0225 sum to 0.365.
  near(drawn({ temperature: 0.5 }), [0.09 / 0.365, 0.0025 / 0.365, 0.25 / 0.365, 0.0225 / 0.365]);
  const roots = probabilities.map(Math.sqrt);
  const sum = roots.reduce((total, root) => total + root, 0);
  near(
    drawn({ temperature: 2 }),
    roots.map((root) => root / sum),
  );
  near(drawn({ topK: 2 }), [0.375, 0, 0.625, 0]);
  near(drawn({ topP: 0.79 }), [0.375, 0, 0.625, 0]);
  near(drawn({ topP: 0.81 }), [0.3 / 0.95, 0, 0.5 / 0.95, 0.15 / 0.95]);
  near(drawn({ topP: 1 }), [0.3, 0.05, 0.5, 0.15]);
  // Top-p acts on what temperature and top-k leave: 0.09 and 0.25 of 0.34, of which the larger alone reaches 0.7.
  near(drawn({ temperature: 0.5, topK: 2, topP: 0.7 }), [0, 0, 1, 0]);
});

test('what a rule forbids is not drawn, and keeps the probability that the model gives it', () => {
  const allowed = logits.slice();
  allowed[2] = -Infinity;
  near(drawn({ temperature: 1 }, allowed), [0.6, 0.1, 0, 0.3]);
  const read = drawnRow(logits, allowed, { topK: 2 }, 2, 1);
  assert.deepEqual(
    read?.top.map(({ id }) => id),
    [2, 0],
    'likeliest first, by the model',
  );
  near([read?.top[0]?.probability ?? NaN, read?.top[0]?.drawn ?? NaN], [0.5, 0]);
  assert.deepEqual([read?.kept, read?.vocabulary, read?.followed?.rank, read?.followed?.drawn], [2, 4, 3, 0]);
  assert.equal(drawnRow(Float32Array.of(NaN), Float32Array.of(NaN), {}, 1), null);
});

test('tokens are drawn as often as they are said to be', () => {
  for (const drawing of [{ temperature: 0.7 }, { temperature: 1.5, topK: 3 }, { topP: 0.9 }]) {
    const random = randomFrom(5);
    const counts = probabilities.map(() => 0);
    for (let draw = 0; draw < 20_000; draw++) {
      const id = sampled(logits, drawing, random) ?? -1;
      counts[id] = (counts[id] ?? 0) + 1;
    }
    const expected = drawn(drawing);
    counts.forEach((count, id) => assert.ok(Math.abs(count / 20_000 - (expected[id] ?? NaN)) < 0.015));
  }
});

test('settings say how a run draws, and a link has them whole', () => {
  const settings = { temperature: 0.8, topK: 40, topP: 0.95, seed: 7, tokens: 12 };
  assert.deepEqual(drawingOf(settings), { temperature: 0.8, topK: 40, topP: 0.95 });
  assert.deepEqual(samplingOf(settings), { seed: 7, temperature: 0.8, topK: 40, topP: 0.95 });
  assert.equal(samplingOf(plainSampling), undefined, 'without a seed always the most probable token');
  assert.deepEqual(samplingOf({ ...plainSampling, seed: 0 }), { seed: 0, temperature: 1, topK: noTopK, topP: 1 });
  assert.equal(isPlainDrawing({ ...plainSampling, seed: 3, topP: 1 }), true);
  assert.equal(isPlainDrawing(settings), false);
  for (const each of [settings, plainSampling])
    assert.deepEqual(v.parse(samplingSettingsSchema, readSampling(samplingText(each))), each);
  for (const text of [
    '',
    '1',
    '0_n_n_n_5',
    '1_0_n_n_5',
    '1_n_0_n_5',
    '1_n_2_n_5',
    '1_n_n_n_0',
    '1_n_n_1.5_5',
    'x_n_n_n_5',
  ])
    assert.equal(v.safeParse(samplingSettingsSchema, readSampling(text)).success, false, text);
});

test('of many rows the latest are kept', () => {
  const rows = new LatestRows();
  const large = new Float32Array(maxRowBytes / 8);
  for (const index of [0, 1, 2]) rows.keep(index, large);
  assert.equal(rows.bytes, maxRowBytes);
  assert.deepEqual(
    [0, 1, 2].map((index) => rows.row(index)?.length ?? null),
    [null, large.length, large.length],
  );
  rows.keep(2, Float32Array.of(1));
  rows.keep(3, null);
  assert.deepEqual(Array.from(rows.row(2) ?? []), [1]);
  assert.equal(rows.row(3), null);
});
