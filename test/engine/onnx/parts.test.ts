import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { blockSlices } from '../../../src/core/block/block-slices.ts';
import { vectorAt, type Numbers } from '../../../src/core/block/numbers.ts';
import { partKey } from '../../../src/core/block/part-name.ts';
import type { StreamInput } from '../../../src/core/block/stream-leaf.ts';
import { findAttention } from '../../../src/core/onnx/find.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { PartsReader, type GraphFacts } from '../../../src/engine/backend/parts-reader.ts';
import type { PartVectors } from '../../../src/engine/backend/side-parts.ts';
import { runtime } from '../../../src/engine/backend/runtime.ts';
import { answerOf, familyNames, feedsOf, modelOf } from '../support/graph-families.ts';
import { noWork } from '../support/models.ts';
import { dimsOf, numbers, open } from './session.ts';

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
  return { answer, sites, reader, feeds: feedsOf(answer, Object.keys(answer.inputs)) };
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
