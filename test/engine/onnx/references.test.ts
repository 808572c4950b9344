import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ModelEdit } from '../../../src/core/onnx/edit.ts';
import { externalFiles } from '../../../src/core/onnx/external.ts';
import { joinModel } from '../../../src/core/onnx/join.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { minReferenced } from '../../../src/core/onnx/reference.ts';
import { inMemoryOptions } from '../../../src/engine/backend/graph-file.ts';
import { readGraphFile } from '../../../src/engine/files/read-graph.ts';
import { buildModel, type GraphSpec, type Stored } from '../../fixtures/graphs/build.ts';
import { difference, flag, noise, numbers, open } from './session.ts';

const ort = await import('onnxruntime-node');
const folder = mkdtempSync(join(tmpdir(), 'references-'));
after(() => rmSync(folder, { recursive: true }));

const size = 32;

function matrix(name: string, seed: number): Stored {
  const values = Float32Array.from({ length: size * size }, (_, at) => ((at * 37 + seed * 101) % 113) / 113 - 0.5);
  return { name, type: 'float', dims: [size, size], values };
}

/** A product with a matrix of the graph, then one with that of the branch that is taken. */
const branching: GraphSpec = {
  nodes: [
    { op: 'MatMul', inputs: ['x', 'first'], outputs: ['hidden'] },
    {
      op: 'If',
      inputs: ['condition'],
      outputs: ['out'],
      branches: Object.fromEntries(
        ['then_branch', 'else_branch'].map((name, at): [string, GraphSpec] => [
          name,
          {
            nodes: [{ op: 'MatMul', inputs: ['hidden', `inside.${at}`], outputs: [`made.${at}`] }],
            outputs: [`made.${at}`],
            stored: [matrix(`inside.${at}`, at + 1)],
          },
        ]),
      ),
    },
  ],
  inputs: [
    { name: 'x', type: 'float', dims: [1, size] },
    { name: 'condition', type: 'bool', dims: [1] },
  ],
  outputs: ['out'],
  stored: [matrix('first', 7)],
};

test('weights of a graph and of its branches stay in the file, unread, and a run gives the same numbers', async () => {
  const whole = buildModel(branching);
  const path = join(folder, 'model.onnx');
  writeFileSync(path, whole);
  const model = readModel(await readGraphFile(path, minReferenced, () => undefined));
  const edit = new ModelEdit(model);
  edit.referTo('model.onnx');
  const small = joinModel({ model: edit.chunks() });
  assert.ok(small.length < whole.length - 3 * size * size * 4 + 300, `${small.length} of ${whole.length} bytes`);
  assert.deepEqual(
    externalFiles(readModel(small)).map(({ location }) => location),
    ['model.onnx'],
  );
  const graph = { model: 'test', file: 'model.onnx', path };
  const session = await ort.InferenceSession.create(small, inMemoryOptions(graph));
  const expected = await open(whole);
  for (const taken of [true, false]) {
    const feeds = { x: noise([1, size]), condition: flag(taken) };
    const [own, others] = [await session.run(feeds), await expected.run(feeds)];
    assert.equal(difference(numbers(own, 'out'), numbers(others, 'out')), 0);
  }
});
