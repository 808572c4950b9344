import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttentionError, type Reason } from '../../../src/core/errors/reason.ts';
import type { AttentionSite } from '../../../src/core/onnx/site.ts';
import { isCausal, stackOf } from '../../../src/engine/run/stack.ts';
import type { RecordedRun } from '../../../src/engine/backend/tap.ts';

function site(layer: number): AttentionSite {
  return {
    layer,
    number: layer,
    normalised: true,
    sink: false,
    selects: false,
    blocks: null,
    window: null,
    changes: [],
    gate: null,
    kind: 'self',
    form: 'softmax',
    op: 'Softmax',
    node: '',
    output: `a${layer}`,
    rank: 4,
    heads: null,
    queryInputs: [],
    keyInputs: [],
    query: null,
    key: null,
    keyTransposed: false,
    value: null,
    scores: null,
  };
}

function run(...layers: { dims: number[]; data: number[] }[]): RecordedRun {
  return new Map(layers.map(({ dims, data }, layer) => [`a${layer}`, { dims, data: Float32Array.from(data) }]));
}

function reasonOfStack(
  sites: readonly AttentionSite[],
  runs: readonly RecordedRun[],
  queries: number,
  keys: number,
): Reason {
  try {
    stackOf('m', sites, runs, { queries, keys });
  } catch (thrown) {
    if (thrown instanceof AttentionError) return thrown.reason;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

test('layers are stacked in the order of their sites, with or without a batch axis', () => {
  const stack = stackOf(
    'm',
    [site(0), site(1)],
    [
      run(
        { dims: [1, 2, 2, 2], data: [1, 0, 0.5, 0.5, 0, 1, 1, 0] },
        { dims: [2, 2, 2], data: [0.25, 0.75, 0, 1, 1, 0, 0, 1] },
      ),
    ],
    { queries: 2, keys: 2 },
  );
  assert.deepEqual(stack.shape, [2, 2, 2, 2]);
  assert.deepEqual([...stack.weights], [1, 0, 0.5, 0.5, 0, 1, 1, 0, 0.25, 0.75, 0, 1, 1, 0, 0, 1]);
});

test('steps of a cache become rows, and what a step could not see is 0', () => {
  const stack = stackOf(
    'm',
    [site(0)],
    [
      run({ dims: [1, 2, 1, 1], data: [1, 1] }),
      run({ dims: [1, 2, 1, 2], data: [0.25, 0.75, 0.5, 0.5] }),
      run({ dims: [1, 2, 1, 3], data: [0, 0, 1, 0.5, 0.25, 0.25] }),
    ],
    { queries: 3, keys: 3 },
  );
  assert.deepEqual([...stack.weights], [1, 0, 0, 0.25, 0.75, 0, 0, 0, 1, 1, 0, 0, 0.5, 0.5, 0, 0.5, 0.25, 0.25]);
  assert.ok(isCausal(stack));
});

test('rows that leave a part to a sink are kept as they are, and that is said', () => {
  const sink = [{ ...site(0), normalised: false }];
  const stack = stackOf('m', sink, [run({ dims: [1, 1, 2, 2], data: [0.5, 0, 0.25, 0.25] })], { queries: 2, keys: 2 });
  assert.equal(stack.normalised, false);
  assert.deepEqual([...stack.weights], [0.5, 0, 0.25, 0.25]);
  assert.match(
    JSON.stringify(reasonOfStack(sink, [run({ dims: [1, 1, 1, 1], data: [1.5] })], 1, 1)),
    /sums to 1\.5000/,
  );
});

test('one weight above the diagonal is enough not to be causal', () => {
  const causal = { shape: [1, 1, 2, 2], weights: Float32Array.of(1, 0, 0.5, 0.5) } as const;
  assert.ok(isCausal(causal));
  assert.ok(!isCausal({ ...causal, weights: Float32Array.of(0.999, 0.001, 0.5, 0.5) }));
});

test('attention over the batch is told from attention over the tokens', () => {
  const reason = reasonOfStack([site(0)], [run({ dims: [12, 1, 1], data: Array.from({ length: 12 }, () => 1) })], 6, 6);
  assert.equal(reason.code, 'attention-not-found');
  assert.match(JSON.stringify(reason), /batch.*6 tokens.*\[12, 1, 1\]/);
});

test('what is no distribution over the tokens is refused', () => {
  const half = run({ dims: [1, 1, 2, 2], data: [1, 0, 0.5, 0.25] });
  assert.match(JSON.stringify(reasonOfStack([site(0)], [half], 2, 2)), /row 1 of head 0 in layer 0 sums to 0\.7500/);
  const broken = run({ dims: [1, 1, 2, 2], data: [1, 0, NaN, NaN] });
  assert.equal(reasonOfStack([site(0)], [broken], 2, 2).code, 'run-failed');
  const wrongSize = run({ dims: [1, 1, 3, 3], data: [1, 0, 0, 1, 0, 0, 1, 0, 0] });
  assert.match(
    JSON.stringify(reasonOfStack([site(0)], [wrongSize], 2, 2)),
    /output 3 queries and 3 keys for 2 and 2 tokens/,
  );
  const twoHeads = run({ dims: [1, 1, 1, 1], data: [1] }, { dims: [1, 2, 1, 1], data: [1, 1] });
  assert.match(
    JSON.stringify(reasonOfStack([site(0), site(1)], [twoHeads], 1, 1)),
    /different numbers of heads \(1, 2\)/,
  );
  assert.match(JSON.stringify(reasonOfStack([site(0)], [new Map()], 1, 1)), /output no weights/);
  assert.match(JSON.stringify(reasonOfStack([], [new Map()], 1, 1)), /no attention of this kind/);
  const tooFew = [run({ dims: [1, 1, 1, 1], data: [1] }), run({ dims: [1, 1, 1, 2], data: [0, 1] })];
  assert.match(JSON.stringify(reasonOfStack([site(0)], tooFew, 3, 3)), /2 queries for 3 tokens/);
});
