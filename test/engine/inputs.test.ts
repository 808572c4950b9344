import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import { textGraph, writeTextModel, type TextModel } from '../fixtures/graphs/text-model.ts';
import { analyse, mapNamed, reasonFor, worstDifference, worstRow } from './support/models.ts';
import { same } from './support/same-analysis.ts';

const folder = mkdtempSync(join(tmpdir(), 'inputs-'));
after(() => rmSync(folder, { recursive: true }));

const bert = { model_type: 'bert', architectures: ['BertForMaskedLM'] };
const gpt = { model_type: 'gpt2', architectures: ['GPT2LMHeadModel'], eos_token_id: 19 };
let count = 0;

function modelOf(graph: TextModel, config: Readonly<Record<string, unknown>> = bert): string {
  count += 1;
  return writeTextModel(join(folder, `model-${count}`), { model: textGraph(graph) }, config);
}

/** Changes of scores, of weights and of what heads hand over, in one layer and in all. */
const edits: NonNullable<RunSpec['edits']> = [
  { kind: 'temperature', layer: null, head: 1, value: 0.5 },
  { kind: 'bias', layer: 0, head: null, query: 3, key: 1, value: 2 },
  { kind: 'block', layer: null, head: 0, query: 4, key: 2 },
  { kind: 'pattern', layer: 0, head: 1, query: 2, weights: [0.25, 0.5, 0.125] },
  { kind: 'zero', key: 1 },
  { kind: 'mean', key: 2 },
  { kind: 'scale', layer: 0, head: 0, factor: -2 },
];
const mask = {};
const segments = {};
const pair: Omit<RunSpec, 'model'> = { text: 'the cat ate fish', pair: 'a dog' };
const alone: Omit<RunSpec, 'model'> = { text: 'the cat that was hungry ate fish' };

const encoders: readonly { name: string; graph: TextModel; note?: RegExp }[] = [
  {
    name: 'int32 ids, a mask of truth values, int64 segments',
    graph: { ids: { type: 'int32' }, mask: { type: 'bool' }, segments },
  },
  {
    name: 'ids of 8 bits and a mask of floats',
    graph: { ids: { type: 'uint8' }, mask: { type: 'float' }, segments: { type: 'int32' } },
  },
  {
    name: 'ids in floats and a mask in 16-bit floats',
    graph: { ids: { type: 'float' }, mask: { type: 'half' }, segments },
  },
  { name: 'a mask of floats that is added', graph: { mask: { type: 'float', added: true }, segments } },
  {
    name: 'a mask of doubles for every query, added',
    graph: { mask: { type: 'double', added: true, dims: ['b', 1, 'q', 'k'] }, segments },
  },
  {
    name: 'a mask of truth values for every query',
    graph: { mask: { type: 'bool', dims: ['b', 1, 'q', 'k'] }, segments },
  },
  {
    name: 'a mask for every query without an axis for heads',
    graph: { mask: { type: 'int32', dims: ['b', 'q', 'k'] }, segments },
  },
  {
    name: 'the names of TensorFlow',
    graph: {
      ids: { name: 'input_word_ids:0', type: 'int32' },
      mask: { name: 'input_mask:0', type: 'int32' },
      segments: { name: 'segment_ids:0', type: 'int32' },
    },
  },
  { name: 'one list of whole numbers under a name of its own', graph: { ids: { name: 'sentence' }, segments } },
  {
    name: 'a list without a batch',
    graph: { ids: { dims: ['tokens'] }, mask: { dims: ['tokens'] }, segments: { dims: ['tokens'] } },
  },
  {
    name: 'a fixed length and a mask',
    graph: { ids: { dims: [1, 16] }, mask: { dims: [1, 16] }, segments: { dims: [1, 16] } },
    note: /takes exactly 16 tokens: a shorter text is padded, and the padding is not shown/,
  },
  {
    name: 'a fixed length in int32 and a mask of truth values for every query',
    graph: {
      ids: { dims: [1, 16], type: 'int32' },
      mask: { type: 'bool', dims: [1, 1, 16, 16] },
      segments: { dims: [1, 16] },
    },
  },
  {
    name: 'two texts at a time',
    graph: { ids: { dims: [2, 'tokens'] }, mask: { dims: [2, 'tokens'] }, segments: { dims: [2, 'tokens'] } },
    note: /takes 2 texts at a time: this one 2 times, shown once/,
  },
  {
    name: 'three texts of a fixed length',
    graph: { ids: { dims: [3, 16] }, mask: { dims: [3, 16] }, segments: { dims: [3, 16] } },
  },
];

/** The edits with rows of patterns for so many keys. */
function padded(list: NonNullable<RunSpec['edits']>, keys: number): NonNullable<RunSpec['edits']> {
  return list.map((edit) =>
    edit.kind === 'pattern'
      ? { ...edit, weights: Array.from({ length: keys }, (_, key) => edit.weights[key] ?? 0) }
      : edit,
  );
}

for (const { name, graph, note } of encoders) {
  test(`an encoder that asks for ${name} gives the same numbers, under edits too`, async () => {
    const seen = await analyse({ model: modelOf(graph), ...pair });
    same(seen, await analyse({ model: modelOf({ mask, segments }), ...pair }));
    const whole = padded(edits, seen.sequences[0]?.tokens.length ?? 0);
    const edited = await analyse({ model: modelOf(graph), ...pair, edits: whole });
    const expected = await analyse({ model: modelOf({ mask, segments }), ...pair, edits: whole });
    same(edited, expected);
    assert.ok(worstDifference(mapNamed(edited, 'attention').weights, mapNamed(seen, 'attention').weights) > 0.01);
    if (note) assert.match(seen.notes.join('\n'), note);
  });
}

test('positions are given from 0 on, in the type that is asked for', async () => {
  const seen = await analyse({ model: modelOf({ mask, positions: { type: 'int32' } }), ...alone });
  same(seen, await analyse({ model: modelOf({ mask, positions: {} }), ...alone }));
  assert.ok(
    worstDifference(
      mapNamed(seen, 'attention').weights,
      mapNamed(await analyse({ model: modelOf({ mask }), ...alone }), 'attention').weights,
    ) > 0.01,
  );
});

test('a model without token types takes a pair, and one that knows one kind of segment is told', async () => {
  const without = await analyse({ model: modelOf({ mask }), ...pair });
  assert.ok(worstRow(mapNamed(without, 'attention')) < 1e-5);
  assert.ok(without.sequences[0]?.tokens.some((token) => token.segment === 1));
  const one = await analyse({ model: modelOf({ mask, segments }, { ...bert, type_vocab_size: 1 }), ...pair });
  assert.match(one.notes.join('\n'), /has one segment type \(type_vocab_size\): both texts have the same one/);
});

test('a text longer than the fixed length is cut and told', async () => {
  const seen = await analyse({ model: modelOf({ ids: { dims: [1, 6] }, mask: { dims: [1, 6] } }), ...alone });
  assert.equal(seen.sequences[0]?.tokens.length, 6);
  assert.ok(seen.sequences[0].analysedTo !== undefined);
  assert.match(seen.notes.join('\n'), /The text was shortened: the model takes 6 tokens\./);
});

const refused: readonly { name: string; graph: TextModel; code: string; says: RegExp }[] = [
  {
    name: 'a fixed length without a mask',
    graph: { ids: { dims: [1, 16] } },
    code: 'length-fixed',
    says: /accepts only texts of exactly 16 tokens \(input_ids \(int64, \[1, 16\]\)\) and has no mask for padding; this text has 9\./,
  },
  {
    name: 'pictures',
    graph: { mask, others: [{ name: 'pixels', type: 'float', dims: [1, 3, 'height', 8] }] },
    code: 'model-unsupported',
    says: /requires pixels \(float32, \[1, 3, height, 8\]\), which a text does not give/,
  },
  {
    name: 'a cache of a fixed size',
    graph: { past: 'layered', pastDims: [1, 2, 24, 4] },
    code: 'model-unsupported',
    says: /its input past_key_values\.0\.key \(float32, \[1, 2, 24, 4\]\) requires keys and values of a fixed number of earlier tokens/,
  },
  {
    name: 'a mask that hides nothing of a fixed length',
    graph: { ids: { dims: [1, 16] }, mask: { dims: [1, 16], unused: true } },
    code: 'model-unsupported',
    says: /those of a shorter text look at its padding/,
  },
];

for (const { name, graph, code, says } of refused) {
  test(`a model with ${name} is refused by name`, async () => {
    const reason = await reasonFor({ model: modelOf(graph), ...alone });
    assert.equal(reason.code, code, JSON.stringify(reason));
    assert.match(sentenceOf(reason).what, says);
  });
}

test('a text of exactly the fixed length needs no mask', async () => {
  same(
    await analyse({ model: modelOf({ ids: { dims: [1, 9] } }), ...alone }),
    await analyse({ model: modelOf({}), ...alone }),
  );
});

const writing: Omit<RunSpec, 'model'> = { text: 'the cat ate fish', continue: { tokens: 4 } };
const decoders: readonly { name: string; graph: TextModel; note?: RegExp }[] = [
  { name: 'keys and values in one tensor (past_0)', graph: { past: 'stacked', mask } },
  { name: 'keys and values by number (past_key_0)', graph: { past: 'numbered', mask: { type: 'float' } } },
  {
    name: 'a cache whose heads and sizes have no numbers',
    graph: { past: 'layered', pastDims: ['batch', 'heads', 'past', 'size'] },
  },
  {
    name: 'one token at a time',
    graph: { past: 'layered', ids: { dims: [1, 1] }, mask },
    note: /takes one token at a time/,
  },
  {
    name: 'a fixed length and no mask, since no token looks ahead',
    graph: { ids: { dims: [1, 16] } },
    note: /takes exactly 16 tokens/,
  },
  {
    name: 'a fixed length, a mask and a cache that is of no use then',
    graph: { ids: { dims: [1, 16] }, mask: { type: 'bool' }, past: 'layered' },
  },
  {
    name: 'a mask of four axes with one row for all queries',
    graph: { past: 'layered', mask: { type: 'bool', dims: ['b', 1, 1, 'k'] } },
  },
  {
    name: 'a mask of its own for every query',
    graph: { past: 'layered', mask: { type: 'bool', dims: ['b', 1, 'q', 'k'] }, causal: false },
  },
  {
    name: 'two texts at a time',
    graph: { past: 'layered', ids: { dims: [2, 'tokens'] }, pastDims: [2, 2, 'past', 4] },
  },
];

for (const { name, graph, note } of decoders) {
  test(`a decoder that asks for ${name} writes and attends alike, under edits too`, async () => {
    const seen = await analyse({
      model: modelOf({ causal: true, positions: {}, ...graph, ...(graph.ids ? { positions: graph.ids } : {}) }, gpt),
      ...writing,
    });
    const expected = await analyse({
      model: modelOf({ causal: true, positions: {}, past: 'layered' }, gpt),
      ...writing,
    });
    same(seen, expected);
    const edited = await analyse({
      model: modelOf({ causal: true, positions: {}, ...graph, ...(graph.ids ? { positions: graph.ids } : {}) }, gpt),
      ...writing,
      edits,
    });
    same(
      edited,
      await analyse({ model: modelOf({ causal: true, positions: {}, past: 'layered' }, gpt), ...writing, edits }),
    );
    assert.ok(edited.change && edited.change.kl > 0);
    assert.equal(expected.maps[0]?.kind, 'causal');
    if (note) assert.match(seen.notes.join('\n'), note);
  });
}

test('a cache of 16-bit floats is fed and read', async () => {
  const seen = await analyse({ model: modelOf({ causal: true, past: 'layered', pastType: 'half' }, gpt), ...writing });
  const expected = await analyse({ model: modelOf({ causal: true, past: 'layered' }, gpt), ...writing });
  assert.ok(worstDifference(mapNamed(seen, 'attention').weights, mapNamed(expected, 'attention').weights) < 1e-2);
});
