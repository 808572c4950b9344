import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildModel, type GraphSpec } from '../../fixtures/graphs/build.ts';
import { columns, project, referenceAttention } from '../../fixtures/graphs/reference.ts';
import { difference, numbers, open, openExposed } from './session.ts';
import {
  cacheInputs,
  cases,
  causal,
  empty,
  grouped,
  groupedFeeds,
  groupedInputs,
  input,
  lengthInputs,
  lengths,
  manyFeeds,
  manyInputs,
  ms,
  other,
  biases,
  wide,
} from './operator-cases.ts';

for (const { name, graph, opsets, feeds, kind, expected, rowsSum } of cases) {
  test(`${name}: what it computes inside is what comes out`, async () => {
    const model = buildModel(graph, opsets);
    const { exposure, session } = await openExposed(model);
    const [site] = exposure.sites;
    assert.ok(site);
    assert.equal(exposure.sites.length, 1);
    assert.equal(site.kind, kind);
    assert.equal(site.normalised, rowsSum ?? true);
    const [got, untouched] = [await session.run(feeds), await (await open(model)).run(feeds)];
    assert.ok(difference(numbers(got, site.output), referenceAttention(expected)) < 1e-5);
    assert.ok(difference(numbers(got, 'o'), numbers(untouched, 'o')) < 1e-6, 'the model computes the same');
  });
}

test('QAttention: 8-bit weights, the same attention as with the numbers they stand for', async () => {
  const [inputScale, weightScale, inputZero] = [0.02, 0.01, 128];
  const bytes = Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256);
  // No more than 7 bits: without VNNI, onnxruntime's 8-bit products saturate.
  const eight = Int8Array.from({ length: 192 }, (_, at) => ((at * 53 + 7) % 127) - 63);
  const model = buildModel({
    nodes: [
      {
        op: 'QAttention',
        domain: ms,
        inputs: ['x', 'w', 'b', 'xs', 'ws', '', 'xz', 'wz'],
        outputs: ['o'],
        attributes: { num_heads: 2, unidirectional: 1 },
      },
    ],
    inputs: [input('x', ['b', 's', 8], 'uint8')],
    outputs: ['o'],
    stored: [
      { name: 'w', type: 'int8', dims: [8, 24], values: eight },
      { name: 'b', type: 'float', dims: [24], values: biases },
      { name: 'xs', type: 'float', dims: [], values: [inputScale] },
      { name: 'ws', type: 'float', dims: [], values: [weightScale] },
      { name: 'xz', type: 'uint8', dims: [], values: [inputZero] },
      { name: 'wz', type: 'int8', dims: [], values: [0] },
    ],
  });
  const { exposure, session } = await openExposed(model);
  const { Tensor } = await import('onnxruntime-node');
  const got = await session.run({ x: new Tensor('uint8', bytes, [1, 4, 8]) });
  const real = Array.from(bytes, (byte) => (byte - inputZero) * inputScale);
  const whole = project(
    real,
    Array.from(eight, (weight) => weight * weightScale),
    4,
    8,
    biases,
  );
  const expected = referenceAttention({
    heads: 2,
    query: columns(whole, 24, 0, 8),
    key: columns(whole, 24, 8, 16),
    queries: 4,
    keys: 4,
    bias: causal,
  });
  assert.ok(difference(numbers(got, exposure.sites[0]?.output ?? ''), expected) < 1e-5);
});

test('an operator whose 4th output is left blank gives it all the same', async () => {
  const node = {
    op: 'GroupQueryAttention',
    domain: ms,
    inputs: ['q', 'k', 'v', 'pk', 'pv', 'last', 'total'],
    outputs: ['o', 'nk', 'nv', ''],
    attributes: { num_heads: 4, kv_num_heads: 2 },
  };
  const model = buildModel({
    nodes: [node],
    inputs: [...groupedInputs, ...cacheInputs, ...lengthInputs],
    outputs: ['o', 'nk', 'nv'],
  });
  const { exposure, session } = await openExposed(model);
  const got = await session.run({ ...groupedFeeds, ...empty, ...lengths });
  assert.ok(
    difference(numbers(got, exposure.sites[0]?.output ?? ''), referenceAttention({ ...grouped, bias: causal })) < 1e-5,
  );
});

/** A branch of one MultiHeadAttention over the tensors around it, as optimised merged decoders hold them. */
function branchOf(prefix: string, unidirectional: number): GraphSpec {
  const nodes = [
    {
      op: 'MultiHeadAttention',
      domain: ms,
      inputs: ['q', 'k', 'v'],
      outputs: [`${prefix}o`],
      attributes: { num_heads: 2, unidirectional },
    },
  ];
  return { nodes, outputs: [`${prefix}o`] };
}

test('operators in both branches of an If: the branch that runs gives its attention', async () => {
  const { Tensor } = await import('onnxruntime-node');
  const choice = {
    op: 'If',
    inputs: ['which'],
    outputs: ['o'],
    branches: { then_branch: branchOf('a.', 1), else_branch: branchOf('b.', 1) },
  };
  const model = buildModel({ nodes: [choice], inputs: [...manyInputs, input('which', [1], 'bool')], outputs: ['o'] });
  const { exposure, session } = await openExposed(model);
  assert.deepEqual(
    exposure.sites.map((site) => [site.kind, site.output]),
    [['causal', 'attention.causal.0']],
  );
  for (const which of [true, false]) {
    const got = await session.run({ ...manyFeeds, which: new Tensor('bool', [which], [1]) });
    assert.ok(
      difference(
        numbers(got, 'attention.causal.0'),
        referenceAttention({ heads: 2, query: wide, key: other, queries: 4, keys: 4, bias: causal }),
      ) < 1e-5,
    );
  }
});

test('an operator in 16-bit floats gives its attention in 32 bits', async () => {
  const halves = ['q', 'k', 'v', 'pk', 'pv'];
  const casts = halves.map((name) => ({ op: 'Cast', inputs: [name], outputs: [`${name}16`], attributes: { to: 10 } }));
  const node = {
    op: 'GroupQueryAttention',
    domain: ms,
    inputs: [...halves.map((name) => `${name}16`), 'last', 'total'],
    outputs: ['o16', 'nk', 'nv'],
    attributes: { num_heads: 4, kv_num_heads: 2 },
  };
  const shift = { op: 'Add', inputs: ['o16', 'zero'], outputs: ['shifted'] };
  const graph: GraphSpec = {
    nodes: [...casts, node, shift, { op: 'Cast', inputs: ['shifted'], outputs: ['o'], attributes: { to: 1 } }],
    inputs: [...groupedInputs, ...cacheInputs, ...lengthInputs],
    outputs: ['o'],
    stored: [{ name: 'zero', type: 'half', dims: [], values: [0] }],
  };
  const { exposure, session } = await openExposed(buildModel(graph));
  const got = await session.run({ ...groupedFeeds, ...empty, ...lengths });
  assert.ok(
    difference(numbers(got, exposure.sites[0]?.output ?? ''), referenceAttention({ ...grouped, bias: causal })) < 5e-3,
  );
});
