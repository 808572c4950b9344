import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { charactersOf } from '../../src/core/text/token.ts';
import { analyse, idsOf, mapNamed, reasonFor, sharedModel, worstDifference, worstRow } from './support/models.ts';
import { attentionOf, emptyCache, row, runPlainly } from './support/reference.ts';

const story = 'Once upon a time there was a little girl named Lily.';

test('bert-toy: rows sum to 1', async (context) => {
  const model = sharedModel('bert-toy', context);
  if (model === null) return;
  const analysis = await analyse({ model, text: 'the cat sat', pair: 'on the mat' });
  const map = mapNamed(analysis, 'attention');
  assert.deepEqual(map.shape.slice(0, 2), [5, 4]);
  assert.ok(worstRow(map) <= 1e-5);
});

test('stories260K: equal to the graph whose attention was exposed by other means', async (context) => {
  const model = sharedModel('stories260K', context);
  if (model === null) return;
  const analysis = await analyse({ model, text: story });
  const ids = idsOf(analysis, 0);
  const outputs = await runPlainly(join(model, 'onnx', 'model_attn.onnx'), (inputs) => ({
    input_ids: row(ids),
    attention_mask: row(ids.map(() => 1)),
    position_ids: row(ids.map((_, place) => place)),
    ...emptyCache(inputs, 4, 8),
  }));
  const map = mapNamed(analysis, 'attention');
  assert.deepEqual(map.shape, [5, 8, ids.length, ids.length]);
  assert.equal(map.kind, 'causal');
  assert.ok(worstDifference(map.weights, attentionOf(outputs, /^attentions/)) <= 1e-6);
  assert.ok(worstRow(map) <= 1e-5);
});

test('stories260K-gqa: the fused operator attends as the decomposed one does', async (context) => {
  const fused = sharedModel('stories260K-gqa', context);
  const decomposed = sharedModel('stories260K', context);
  if (fused === null || decomposed === null) return;
  const [a, b] = [await analyse({ model: fused, text: story }), await analyse({ model: decomposed, text: story })];
  assert.deepEqual(idsOf(a, 0), idsOf(b, 0));
  assert.equal(mapNamed(a, 'attention').kind, 'causal');
  assert.ok(worstDifference(mapNamed(a, 'attention').weights, mapNamed(b, 'attention').weights) <= 1e-3);
});

test('aren-transliteration: writes atzmon, and its maps are those of the merged graph', async (context) => {
  const model = sharedModel('aren-transliteration', context);
  if (model === null) return;
  const analysis = await analyse({ model, text: 'آتزمون' });
  const [, target] = analysis.sequences;
  assert.ok(target);
  assert.equal(target.text, 'atzmon');
  assert.deepEqual(
    target.tokens.slice(1).map((token) => charactersOf(target, token)),
    [...'atzmon'],
  );
  for (const map of analysis.maps) assert.deepEqual(map.shape.slice(0, 2), [6, 8]);
  await compareWithUnmerged(model, analysis);
});

test('aren-transliteration: a given target longer than the source', async (context) => {
  const model = sharedModel('aren-transliteration', context);
  if (model === null) return;
  const analysis = await analyse({ model, text: 'آتزمون', target: 'atzmonatzmonatz' });
  assert.equal(idsOf(analysis, 1).length, 16);
  await compareWithUnmerged(model, analysis);
});

async function compareWithUnmerged(model: string, analysis: Awaited<ReturnType<typeof analyse>>): Promise<void> {
  const [source, target] = [idsOf(analysis, 0), idsOf(analysis, 1)];
  const mask = row(source.map(() => 1));
  const encoded = await runPlainly(join(model, 'onnx', 'encoder_model_attn.onnx'), () => ({
    input_ids: row(source),
    attention_mask: mask,
  }));
  const states = encoded['last_hidden_state'];
  assert.ok(states);
  const decoded = await runPlainly(join(model, 'onnx', 'decoder_model_attn.onnx'), () => ({
    input_ids: row(target),
    encoder_attention_mask: mask,
    encoder_hidden_states: states,
  }));
  assert.ok(
    worstDifference(mapNamed(analysis, 'encoder').weights, attentionOf(encoded, /^encoder_attentions/)) <= 1e-6,
  );
  assert.ok(
    worstDifference(mapNamed(analysis, 'decoder').weights, attentionOf(decoded, /^decoder_attentions/)) <= 1e-6,
  );
  assert.ok(worstDifference(mapNamed(analysis, 'cross').weights, attentionOf(decoded, /^cross_attentions/)) <= 1e-6);
  for (const map of analysis.maps) assert.ok(worstRow(map) <= 1e-5);
}

test('vespa-dummy-mlm attends over the batch: refused, saying so', async (context) => {
  const model = sharedModel('vespa-dummy-mlm', context);
  if (model === null) return;
  const reason = await reasonFor({ model, text: 'the cat sat on' });
  assert.equal(reason.code, 'attention-not-found');
  assert.match(
    JSON.stringify(reason),
    /attention over the batch instead of the tokens \(6 tokens gave weights of the shape \[12, 1, 1\]\)/,
  );
});

test('vespa-random-t5: the graph is believed, not its config', async (context) => {
  const model = sharedModel('vespa-random-t5', context);
  if (model === null) return;
  const analysis = await analyse({ model, text: 'the cat sat', target: 'on the mat' });
  assert.deepEqual(
    analysis.maps.map(({ name, kind, shape }) => [name, kind, shape[0], shape[1]]),
    [
      ['encoder', 'self', 1, 1],
      ['decoder', 'self', 1, 1],
      ['cross', 'cross', 1, 1],
    ],
  );
  for (const map of analysis.maps) assert.ok(worstRow(map) <= 1e-5);
  assert.ok(analysis.notes.includes('config.json says 2 heads, the graph has 1 (decoder).'));
  assert.ok(analysis.notes.some((note) => note.startsWith('Causal attention is expected of a decoder')));
});
