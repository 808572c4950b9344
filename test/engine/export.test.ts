import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { AttentionError } from '../../src/core/errors/reason.ts';
import { firstView, plainOptions } from '../../src/core/attention/view.ts';
import { everything } from '../../src/core/scene/focus.ts';
import type { FileFormat } from '../../src/core/export/format.ts';
import { exportBytes } from '../../src/engine/service/export-bytes.ts';
import { pageParts } from '../../src/engine/files/page-parts.ts';
import { analyse } from './support/models.ts';

const text = 'The cat that was hungry ate the fish';
const page = () => pageParts(join(import.meta.dirname, '..', '..', 'dist', 'export'));

function work(signal = new AbortController().signal) {
  const reports: number[] = [];
  return {
    signal,
    reports,
    report: ({ done = 0 }: { done?: number | undefined }) => {
      reports.push(done);
    },
  };
}

test('the npz has the numbers of the engine', async () => {
  const analysis = await analyse({ model: 'tiny-encoder-decoder', text, target: 'a dog' });
  const files = unzipSync(new Uint8Array(await exportBytes(analysis, 'npz', everything, page, work())));
  for (const { name, weights } of analysis.maps) {
    const file = files[`${name}.npy`];
    assert.ok(file, name);
    const bytes = file.slice(file.length - weights.byteLength);
    assert.deepEqual(new Float32Array(bytes.buffer), weights);
  }
});

test('every format has bytes, and what does not exist is refused as an argument', async () => {
  const analysis = await analyse({ model: 'tiny-encoder', text });
  for (const format of [
    'csv',
    'csv-matrix',
    'html',
    'json',
    'npz',
    'svg',
    'svg-matrix',
    'svg-model',
    'svg-layers',
  ] satisfies FileFormat[]) {
    assert.ok(
      (await exportBytes(analysis, format, { map: 0, layer: 1, heads: [0] }, page, work())).byteLength > 100,
      format,
    );
  }
  for (const focus of [
    { map: 3, layer: 0, heads: [0] },
    { map: 0, layer: 7, heads: [0] },
    { map: 0, layer: 0, heads: [9] },
  ]) {
    await assert.rejects(
      exportBytes(analysis, 'svg-matrix', focus, page, work()),
      (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'argument-invalid',
    );
  }
});

test('a table has what the options leave, an array has all', async () => {
  const analysis = await analyse({ model: 'tiny-encoder', text });
  const view = { ...firstView, options: { ...plainOptions, hideSpecial: true, topK: 1 } };
  const focus = { map: 0, layer: 0, heads: [0] };
  const [sequence] = analysis.sequences;
  const records = new TextDecoder()
    .decode(await exportBytes(analysis, 'csv', focus, page, work(), view))
    .trimEnd()
    .split('\r\n')
    .slice(1);
  assert.equal(records.length, sequence?.tokens.filter(({ special }) => !special).length);
  const [all, plain] = await Promise.all(
    [view, firstView].map((each) => exportBytes(analysis, 'npz', focus, page, work(), each)),
  );
  assert.deepEqual(all, plain);
});

test('a large file tells how far it is, and a cancel stops it', async () => {
  const analysis = await analyse({ model: 'tiny-encoder', text });
  const [map] = analysis.maps;
  assert.ok(map);
  const large = {
    ...analysis,
    maps: [{ ...map, shape: [600, 16, 10, 10] as const, weights: new Float32Array(600 * 16 * 100) }],
  };
  const all = work();
  const { byteLength } = await exportBytes(large, 'csv', everything, page, all);
  assert.ok(all.reports.length >= 2 && (all.reports.at(-1) ?? 0) <= byteLength);
  const stop = new AbortController();
  const cancelled = { ...work(stop.signal), report: () => stop.abort() };
  await assert.rejects(
    exportBytes(large, 'csv', everything, page, cancelled),
    (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'cancelled',
  );
});

test('a file too large for memory is refused before anything is made', async () => {
  const analysis = await analyse({ model: 'tiny-encoder', text });
  const [map] = analysis.maps;
  assert.ok(map);
  const huge = { ...analysis, maps: [{ ...map, shape: [100, 100, 100, 100] as const, weights: new Float32Array(1) }] };
  for (const format of ['npz', 'json'] satisfies FileFormat[]) {
    await assert.rejects(
      exportBytes(huge, format, everything, page, work()),
      (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'export-too-large',
    );
  }
});
