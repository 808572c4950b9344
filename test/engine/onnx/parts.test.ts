import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { blockSlices } from '../../../src/core/block/block-slices.ts';
import { vectorAt, type Numbers } from '../../../src/core/block/numbers.ts';
import { partKey, type PartName } from '../../../src/core/block/part-name.ts';
import type { StreamInput } from '../../../src/core/block/stream-leaf.ts';
import { findBlocks } from '../../../src/core/block/find-blocks.ts';
import { sliceFromStart } from '../../../src/core/onnx/slice.ts';
import { findAttention } from '../../../src/core/onnx/find.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { PartsReader, type GraphFacts } from '../../../src/engine/backend/parts-reader.ts';
import type { PartVectors } from '../../../src/engine/backend/side-parts.ts';
import { runtime } from '../../../src/engine/backend/runtime.ts';
import { answerOf, familyNames, feedsOf, modelOf } from '../support/graph-families.ts';
import { noWork } from '../support/models.ts';
import { difference, dimsOf, numbers, open } from './session.ts';

const inputs = new Map<string, StreamInput>([
  ['input_ids', 'ids'],
  ['decoder_input_ids', 'ids'],
  ['token_type_ids', 'segments'],
  ['position_ids', 'positions'],
  ['encoder_hidden_states', 'states'],
]);

/** The attentions of a family, with the queries and keys that it computes, and what takes its stream apart. */
async function opened(name: string) {
  const answer = answerOf(name);
  const path = fileURLToPath(new URL(`../../fixtures/graphs/families/${name}.onnx`, import.meta.url));
  const { ort } = await runtime();
  const found = findAttention(readModel(modelOf(name)));
  const counts = new Map<string, number>();
  const sites = await Promise.all(
    found.map(async (one) => {
      const { kind } = one.finding;
      const layer = counts.get(kind) ?? 0;
      counts.set(kind, layer + 1);
      const [, heads = 0, queries = 0, keys = 0] = answer.attention[kind]?.[layer]?.dims ?? [];
      const { block, cell } = blockSlices(one, layer);
      const session = await open(cell.model);
      const results = await session.run(feedsOf(answer, session.inputNames));
      const tensor = (which: string): Numbers => {
        const output = cell.outputs.get(which) ?? '';
        return { dims: dimsOf(results, output), data: numbers(results, output) };
      };
      return { block, layer, kind, heads, queries, keys, query: tensor(block.query), key: tensor(block.key) };
    }),
  );
  const labels = sites.map(({ kind, layer, heads }) => ({
    map: kind === 'cross' ? ('cross' as const) : ('attention' as const),
    layer,
    heads,
  }));
  const facts: GraphFacts = { inputs, labels, kinds: null };
  const reader = new PartsReader(ort, { model: name, file: basename(path), path }, facts, noWork);
  return { answer, found, sites, reader, feeds: feedsOf(answer, Object.keys(answer.inputs)) };
}

function sumOf(parts: readonly PartVectors[], row: number): Float64Array {
  const [first] = parts;
  const sum = new Float64Array(first?.vectors[row]?.length ?? 0);
  for (const { vectors } of parts)
    for (const [at, value] of (vectors[row] ?? []).entries()) sum[at] = (sum[at] ?? NaN) + value;
  return sum;
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? NaN), 0);

/** What the queries and keys of the last attention are made of: a word for each kind of part. */
const kindsOf: Readonly<Record<string, string>> = {
  albert: 'bias feed-forward head key-bias output-bias position query-bias segment word',
  bert: 'feed-forward head key-bias output-bias position query-bias segment word',
  bigcode: 'head key-bias output-bias position query-bias word',
  bloom: 'head key-bias output-bias query-bias word',
  deberta: 'head key-bias output-bias query-bias word',
  distilbert: 'feed-forward head key-bias output-bias position query-bias word',
  electra: 'bias feed-forward head key-bias output-bias position query-bias segment word',
  gemma: 'feed-forward head key-bias query-bias word',
  'gpt-neox': 'feed-forward head key-bias output-bias query-bias word',
  gpt2: 'head key-bias output-bias position query-bias word',
  llama: 'feed-forward head key-bias query-bias word',
  marian: 'feed-forward head key-bias output-bias position query-bias word',
  modernbert: 'feed-forward head word',
  qwen3: 'feed-forward head key-bias query-bias word',
  roberta: 'feed-forward head key-bias output-bias position query-bias word',
  sinks: 'head key-bias query-bias word',
  't5-decoder': 'feed-forward head states word',
  't5-encoder': 'feed-forward head word',
  'torch-encoder': 'head word',
};

for (const [name, reference] of Object.entries(references()))
  test(`${name}: the terms of a score are those that torch computes by itself`, async () => {
    const { sites, reader, feeds } = await opened(name);
    const { site, query, key, queryParts, keyParts, terms } = reference;
    const { heads, queries } = sites[site] ?? assert.fail(name);
    const extras = { states: null, byToken: () => Promise.resolve(null) };
    try {
      for (let head = 0; head < heads; head += 1) {
        const read = async (side: 'query' | 'key', row: number) => {
          const ask = { side, site, head, sizes: { heads, queries } };
          const { parts } = await reader.side(ask, feeds, { stream: [row], side: [row] }, extras);
          return new Map(parts.map((part) => [referenceName(part.name), part.vectors[0] ?? assert.fail(name)]));
        };
        const [q, k] = [await read('query', query), await read('key', key)];
        assert.deepEqual([...q.keys()].sort(), [...queryParts].sort());
        assert.deepEqual([...k.keys()].sort(), [...keyParts].sort());
        const scale = 1 / Math.sqrt(q.get('word')?.length ?? NaN);
        for (const [a, queryPart] of queryParts.entries())
          for (const [b, keyPart] of keyParts.entries()) {
            const own = scale * dot(q.get(queryPart) ?? [], k.get(keyPart) ?? []);
            const expected = terms[head]?.[a]?.[b] ?? NaN;
            const apart = Math.abs(own - expected) / Math.max(1, Math.abs(expected));
            assert.ok(apart <= 1e-4, `${head} ${queryPart} × ${keyPart}: ${own} is not ${expected}`);
          }
      }
    } finally {
      await reader.dispose();
    }
  });

/** What make/score_parts.py computes with torch alone: terms `[head][query part][key part]`. */
interface Reference {
  readonly site: number;
  readonly query: number;
  readonly key: number;
  readonly queryParts: readonly string[];
  readonly keyParts: readonly string[];
  readonly terms: readonly (readonly (readonly number[])[])[];
}

function references(): Readonly<Record<string, Reference>> {
  const file = new URL('../../fixtures/graphs/score-parts.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Reference>>;
}

/** A part as the reference calls it. */
function referenceName(name: PartName): string {
  const layer = 'layer' in name ? [name.layer] : [];
  return [name.kind, ...layer, ...(name.kind === 'head' ? [name.head] : [])].join('.');
}

for (const name of ['bert', 'albert', 'marian', 'llama', 'gemma', 'gpt-neox', 'modernbert', 't5-decoder'])
  test(`${name}: heads and bias sum to the attention block, and with feed-forward and residual to the block`, async () => {
    const { reader, feeds, found } = await opened(name);
    const blocks = findBlocks(found.map((one, layer) => ({ found: one, layer })));
    const extras = { states: null, byToken: () => Promise.resolve(null) };
    const [first] = found;
    assert.ok(first);
    const check = async (tensor: string): Promise<readonly string[]> => {
      const { model, outputs } = sliceFromStart(first.scope, [tensor]);
      const session = await open(model);
      const output = outputs.get(tensor) ?? '';
      const results = await session.run(
        Object.fromEntries(session.inputNames.map((input) => [input, feeds[input] ?? assert.fail()])),
      );
      const size = dimsOf(results, output).at(-1) ?? NaN;
      const real = numbers(results, output).subarray(size, 2 * size);
      const parts = await reader.output(tensor, feeds, [1], extras);
      const sum = new Float64Array(size);
      for (const { values } of parts.values())
        for (const at of sum.keys()) sum[at] = (sum[at] ?? NaN) + (values[values.length === size ? at : NaN] ?? NaN);
      assert.ok(difference(sum, real) <= 1e-4, `${name} ${tensor}: ${difference(sum, real)}`);
      return [...new Set([...parts.values()].map((part) => part.name.kind))].sort();
    };
    try {
      for (const { attention, feedForward } of blocks) {
        assert.ok(attention, name);
        const kinds = await check(attention.added);
        assert.ok(kinds.join() === 'head' || kinds.join() === 'head,output-bias', `${name}: ${kinds.join()}`);
        if (feedForward === null) continue;
        const whole = await check(feedForward.normAfter?.output ?? feedForward.sum ?? '');
        for (const kind of ['word', 'head', 'feed-forward'])
          assert.ok(whole.includes(kind), `${name}: ${whole.join()}`);
      }
    } finally {
      await reader.dispose();
    }
  });

for (const name of familyNames())
  test(`${name}: the parts of queries and keys sum to what the model computes, in every head`, async () => {
    const { sites, reader, feeds } = await opened(name);
    try {
      let kinds = '';
      for (const [site, { block, heads, queries, keys, query, key, kind }] of sites.entries()) {
        for (let head = 0; head < heads; head += 1) {
          const rows = { query: [(2 * head + site) % queries, queries - 1], key: [(3 * head + 1) % keys, keys - 1] };
          const sizes = { heads, queries };
          const extras = { states: null, byToken: () => Promise.resolve(null) };
          const read = async (side: 'query' | 'key') =>
            reader.side({ side, site, head, sizes }, feeds, { stream: rows[side], side: rows[side] }, extras);
          const [q, k] = [await read('query'), await read('key')];
          assert.equal(q.whole, null, `${name} ${site}`);
          assert.equal(k.whole, null, `${name} ${site}`);
          for (const [row, at] of rows.query.entries()) {
            const real = { headsInside: block.headsInside, ...sizes };
            const own = vectorAt(query, head, at, real);
            const other = vectorAt(key, head, rows.key[row] ?? NaN, real, block.keyTransposed ? -2 : -1);
            const score = dot(own, other);
            let sum = 0;
            for (const a of q.parts) for (const b of k.parts) sum += dot(a.vectors[row] ?? [], b.vectors[row] ?? []);
            const apart = Math.abs(sum - score) / Math.max(1, Math.abs(score));
            assert.ok(apart <= 1e-4, `${name} ${site}.${head}: ${sum} is not ${score} (${kind})`);
            assert.ok(dot(sumOf(q.parts, row), own) > 0);
          }
          const names = [...q.parts, ...k.parts].map((part) => part.name);
          assert.equal(new Set(q.parts.map((part) => partKey(part.name))).size, q.parts.length);
          kinds = [...new Set(names.map((each) => each.kind))].sort().join(' ');
        }
      }
      assert.equal(kinds, kindsOf[name]);
    } finally {
      await reader.dispose();
    }
  });
