import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { GraphError } from '../../../src/core/onnx/error.ts';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import { joinModel } from '../../../src/core/onnx/join.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { english } from '../../../src/core/words/english.ts';
import { blockGraph } from '../../fixtures/graphs/block.ts';
import { buildModel, type GraphSpec } from '../../fixtures/graphs/build.ts';

const model = buildModel(blockGraph({}));

/** Reads bytes that need not be a model; only a GraphError is an answer to what cannot be read. */
function survives(bytes: Uint8Array): 'read' | 'refused' {
  try {
    exposeAttention(bytes);
    return 'read';
  } catch (thrown) {
    assert.ok(thrown instanceof GraphError, String(thrown));
    assert.ok(thrown.message.length > 10 && !thrown.message.endsWith('.'));
    return 'refused';
  }
}

const texts: readonly [string, Uint8Array][] = [
  ['an empty file', new Uint8Array()],
  ['a web page', new TextEncoder().encode('<!DOCTYPE html><html><body>Not Found</body></html>')],
  [
    'a Git LFS pointer',
    new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'),
  ],
  ['JSON', new TextEncoder().encode('{"error":"Repository not found"}')],
  ['zeros', new Uint8Array(1000)],
  ['ones', new Uint8Array(1000).fill(255)],
];

for (const [name, bytes] of texts) {
  test(`${name} is refused as a file`, () => {
    assert.throws(
      () => exposeAttention(bytes),
      (thrown) => thrown instanceof GraphError && thrown.problem.about === 'file',
    );
  });
}

test('a model cut off anywhere is refused, or read where only its end is missing', () => {
  for (let length = 0; length < model.length; length += 1) survives(model.subarray(0, length));
  assert.equal(survives(model.subarray(0, model.length / 2)), 'refused');
  assert.equal(survives(model), 'read');
});

test('a model with any bytes changed is read or refused', () => {
  let state = 12345;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  for (let round = 0; round < 4000; round += 1) {
    const damaged = model.slice();
    for (let change = 0; change <= round % 4; change += 1) damaged[random() % damaged.length] = random() >>> 8;
    survives(damaged);
  }
});

test('random bytes are refused', () => {
  let state = 99;
  for (let round = 0; round < 500; round += 1) {
    survives(Uint8Array.from({ length: round }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8));
  }
});

/** A message of one length-delimited field. */
function wrap(no: number, bytes: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(no, WireType.LengthDelimited).bytes(bytes).finish();
}

test('branches nested without end are refused', () => {
  let graph = wrap(1, wrap(4, new TextEncoder().encode('If')));
  for (let depth = 0; depth < 2000; depth += 1) graph = wrap(1, wrap(5, wrap(6, graph)));
  assert.throws(() => exposeAttention(wrap(7, graph)), /nested/);
});

test('groups nested without end are refused', () => {
  assert.equal(survives(new Uint8Array(100_000).fill(0x0b)), 'refused');
});

test('nodes in a cycle are refused', () => {
  const graph: GraphSpec = {
    nodes: [
      { op: 'Identity', inputs: ['a'], outputs: ['b'] },
      { op: 'Identity', inputs: ['b'], outputs: ['a'] },
    ],
    outputs: ['a'],
  };
  assert.throws(() => exposeAttention(buildModel(graph)), { message: english.details.graph.cycle });
});

test('many softmaxes before one long chain take no quadratic time', () => {
  const chain = Array.from({ length: 4000 }, (_, at) => ({
    op: 'Identity',
    inputs: [at === 0 ? 'x' : `c${at - 1}`],
    outputs: [`c${at}`],
  }));
  const softmaxes = Array.from({ length: 4000 }, (_, at) => [
    { op: 'Softmax', inputs: ['c3999'], outputs: [`s${at}`] },
    { op: 'MatMul', inputs: [`s${at}`, 'x'], outputs: [`m${at}`] },
  ]).flat();
  const graph: GraphSpec = {
    nodes: [...chain, ...softmaxes],
    inputs: [{ name: 'x', type: 'float', dims: [1] }],
    outputs: ['m0'],
  };
  const start = performance.now();
  assert.equal(survives(buildModel(graph)), 'refused');
  assert.ok(performance.now() - start < 20_000);
});

test('weights are not read: a model whose weights lie elsewhere is exposed like any other', () => {
  const graph = blockGraph({});
  const elsewhere = (name: string): Uint8Array => {
    const writer = new BinaryWriter()
      .tag(1, WireType.Varint)
      .int64(8)
      .tag(1, WireType.Varint)
      .int64(8)
      .tag(2, WireType.Varint)
      .int32(1);
    writer.tag(8, WireType.LengthDelimited).string(name);
    writer
      .tag(13, WireType.LengthDelimited)
      .fork()
      .tag(1, WireType.LengthDelimited)
      .string('location')
      .tag(2, WireType.LengthDelimited)
      .string('model.onnx_data')
      .join();
    return wrap(7, wrap(5, writer.tag(14, WireType.Varint).int32(1).finish()));
  };
  const weights = ['q', 'k', 'v', 'o'].map((part) => elsewhere(`w.${part}`));
  const small = buildModel({ ...graph, stored: (graph.stored ?? []).filter(({ name }) => !name.startsWith('w.')) });
  const { sites } = exposeAttention(Buffer.concat([small, ...weights]));
  assert.deepEqual(
    sites.map((site) => site.output),
    ['weights'],
  );
});

test('the given bytes stay as they are, and all but a few bytes of the new model are views of them', () => {
  const before = model.slice();
  const exposure = exposeAttention(model);
  const joined = joinModel(exposure);
  assert.deepEqual(model, before);
  const added = exposure.model
    .filter((chunk) => chunk.buffer !== model.buffer)
    .reduce((sum, chunk) => sum + chunk.length, 0);
  assert.ok(added < 20, `${added} bytes`);
  assert.deepEqual(readModel(joined).graph.outputs, ['out', 'weights']);
});

test('lengths of messages grow with them, where one more byte is needed for the length, too', () => {
  const graph = blockGraph({});
  const padded = (size: number): Uint8Array =>
    buildModel({
      ...graph,
      stored: [...(graph.stored ?? []), { name: 'padding', type: 'uint8', dims: [size], values: new Uint8Array(size) }],
    });
  for (const limit of [2 ** 14, 2 ** 21]) {
    const size = limit - padded(0).length;
    for (let extra = -30; extra < 10; extra += 1) {
      const joined = joinModel(exposeAttention(padded(size + extra)));
      assert.deepEqual(readModel(joined).graph.outputs, ['out', 'weights']);
    }
  }
});
