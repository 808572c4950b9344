import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import { joinModel } from '../../../src/core/onnx/join.ts';
import { answerOf, familyNames, feedsOf, modelOf, unpack } from '../support/graph-families.ts';
import { difference, dimsOf, numbers, open, openExposed } from './session.ts';

const names = familyNames();

/**
 * How many heads and layers of each kind a family has; those not named have 2 layers of self-attention with 4 heads.
 */
const layers: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  albert: { self: 4 },
  modernbert: { self: 4 },
  't5-decoder': { self: 2, cross: 2 },
  marian: { self: 4, cross: 2 },
};

test('the families that issue 9 names are here', () => {
  const wanted = [
    'albert',
    'bert',
    'bloom',
    'deberta',
    'distilbert',
    'electra',
    'gemma',
    'gpt-neox',
    'gpt2',
    'llama',
    'marian',
    'modernbert',
    'qwen3',
    'roberta',
    't5-decoder',
    't5-encoder',
  ];
  assert.deepEqual(
    wanted.filter((name) => !names.includes(name)),
    [],
  );
});

for (const name of names) {
  test(`${name}: every layer and head, as torch computes them`, async () => {
    const model = modelOf(name);
    const answer = answerOf(name);
    const { exposure, session } = await openExposed(model);
    const wanted = layers[name] ?? { self: 2 };
    for (const [kind, count] of Object.entries(wanted)) {
      assert.equal(exposure.sites.filter((site) => site.kind === kind).length, count, `${kind} layers`);
    }
    assert.equal(
      exposure.sites.length,
      Object.values(wanted).reduce((sum, count) => sum + count, 0),
    );
    const feeds = feedsOf(answer, session.inputNames);
    const got = await session.run(feeds);
    for (const site of exposure.sites) {
      const expected = answer.attention[site.kind]?.[site.layer];
      assert.ok(expected, `${site.kind} ${site.layer}`);
      const dims = dimsOf(got, site.output);
      assert.deepEqual(dims.length === 3 ? [1, ...dims] : dims, expected.dims, `${site.kind} ${site.layer}`);
      assert.ok(difference(numbers(got, site.output), unpack(expected)) < 1e-4, `${site.kind} ${site.layer}`);
      assert.ok(site.rank === null || site.rank === dims.length, 'the rank is what the graph tells');
      assert.ok(site.heads === null || site.heads === 4, 'so are the heads');
      // Behind DeBERTa's softmax, masked weights are set to 0 once more.
      assert.equal(site.normalised, name !== 'sinks' && name !== 'deberta');
    }
    const result = unpack(answer.result);
    const largest = result.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    assert.ok(difference(numbers(got, 'result'), result) < 1e-4 * largest);
    assert.ok(
      difference(numbers(got, 'result'), numbers(await (await open(model)).run(feeds), 'result')) < 1e-5,
      'the model computes the same',
    );
  });
}

for (const name of names) {
  test(`${name}: queries, keys, values and scores come out on request`, async () => {
    const model = modelOf(name);
    const answer = answerOf(name);
    const exposure = exposeAttention(model, { tensors: true });
    const session = await open(joinModel(exposure));
    const got = await session.run(feedsOf(answer, session.inputNames));
    for (const site of exposure.sites) {
      const scores = numbers(got, site.scores ?? '');
      // BigCode's scores have their heads behind their queries.
      const weights =
        name === 'bigcode' ? swapped(numbers(got, site.output), dimsOf(got, site.output)) : numbers(got, site.output);
      const keys = dimsOf(got, site.scores ?? '').at(-1) ?? 0;
      const kept = dimsOf(got, site.output).at(-1) ?? 0;
      // DeBERTa sets rows of padding to 0 behind the softmax.
      const expected = softmaxRows(scores, keys, kept).map((weight, at) =>
        weights.subarray(at - (at % kept), at - (at % kept) + kept).some((one) => one > 0) ? weight : 0,
      );
      assert.ok(difference(expected, weights) < 1e-5, 'the scores are those of the softmax');
      const [query, key, value] = [
        dimsOf(got, site.query ?? ''),
        dimsOf(got, site.key ?? ''),
        dimsOf(got, site.value ?? ''),
      ];
      assert.equal(query.at(-1), key.at(site.keyTransposed ? -2 : -1), 'features of queries and keys');
      const rows = name === 'bigcode' ? dimsOf(got, site.output).slice(-3, -1) : dimsOf(got, site.output).slice(-2, -1);
      assert.equal(
        query.at(-2),
        rows.reduce((product, size) => product * size),
        'queries',
      );
      assert.equal(key.at(site.keyTransposed ? -1 : -2), kept, 'keys');
      assert.equal(value.at(-2), kept, 'values');
    }
  });
}

/** `[1, H, Q, K]` as `[1, Q, H, K]`. */
function swapped(values: Float32Array, [, heads = 0, queries = 0, keys = 0]: readonly number[]): Float32Array {
  return values.map((_, at) => {
    const [query, head] = [Math.floor(at / keys / heads), Math.floor(at / keys) % heads];
    return values[(head * queries + query) * keys + (at % keys)] ?? Number.NaN;
  });
}

/** Softmax by rows of `keys` scores, of which the first `kept` are given. */
function softmaxRows(scores: Float32Array, keys: number, kept: number): Float64Array {
  const rows = Array.from({ length: scores.length / keys }, (_, row) => scores.subarray(row * keys, row * keys + keys));
  return Float64Array.from(
    rows.flatMap((row) => {
      const largest = Math.max(...row);
      const powers = Array.from(row, (score) => Math.exp(score - largest));
      const sum = powers.reduce((total, power) => total + power, 0);
      return powers.slice(0, kept).map((power) => power / sum);
    }),
  );
}
