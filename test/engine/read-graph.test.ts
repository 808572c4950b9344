import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findAttention } from '../../src/core/onnx/find.ts';
import { readModel } from '../../src/core/onnx/read.ts';
import { readGraphFile } from '../../src/engine/files/read-graph.ts';
import { builtInModels, fixtureModels } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'graph-'));
after(() => rmSync(folder, { recursive: true }));
const minWeights = 1024;

const read = (path: string): Promise<Uint8Array> => readGraphFile(path, minWeights, () => undefined);

test('everything of a graph is read but its large weights', async () => {
  for (const path of [
    join(builtInModels, 'masked-lm-small', 'onnx', 'model.onnx'),
    join(builtInModels, 'translation-small', 'onnx', 'decoder_model_merged.onnx'),
    join(builtInModels, 'recurrent-dot', 'onnx', 'decoder_model.onnx'),
    join(fixtureModels, 'tiny-external', 'onnx', 'model.onnx'),
  ]) {
    const whole = readFileSync(path);
    const bytes = await read(path);
    assert.equal(bytes.length, whole.length, path);
    const [model, expected] = [readModel(bytes), readModel(whole)];
    assert.deepEqual([...model.names], [...expected.names], path);
    assert.deepEqual(
      findAttention(model).map(({ finding }) => finding),
      findAttention(expected).map(({ finding }) => finding),
      path,
    );
    let inWeights = 0;
    for (const [name, { message }] of expected.graph.initializers) {
      const own = bytes.subarray(message.start, message.end);
      const isWhole = whole.subarray(message.start, message.end).equals(own);
      assert.ok(isWhole || message.end - message.start > minWeights, `${path}: ${name}`);
      if (!isWhole) inWeights += message.end - message.start;
      if (!isWhole) bytes.set(whole.subarray(message.start, message.end), message.start);
    }
    assert.ok(whole.equals(bytes), `${path}: what is no large weight differs`);
    if (!path.includes('tiny')) assert.ok(inWeights > whole.length / 4, `${path}: ${inWeights} bytes were not read`);
  }
});

test('a file that is no graph, or is cut off, is read as it is', async () => {
  const whole = readFileSync(join(builtInModels, 'recurrent-dot', 'onnx', 'decoder_model.onnx'));
  const files = {
    'page.onnx': Buffer.from('<html>not found</html>'.repeat(5000)),
    'noise.onnx': Buffer.from(Uint8Array.from({ length: 200_000 }, (_, at) => (at * 7919 + 13) % 251)),
    'empty.onnx': Buffer.alloc(0),
    'cut.onnx': whole.subarray(0, 2000),
  };
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    assert.ok(bytes.equals(await read(path)), name);
  }
});

test('reading stops where progress says so', async () => {
  const stop = readGraphFile(join(builtInModels, 'masked-lm-small', 'onnx', 'model.onnx'), minWeights, () => {
    throw new Error('enough');
  });
  await assert.rejects(stop, /enough/);
});
