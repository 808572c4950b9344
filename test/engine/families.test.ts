import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { everything } from '../../src/core/scene/focus.ts';
import { tableOf } from '../../src/core/export/table.ts';
import { charactersOf } from '../../src/core/text/token.ts';
import { analyse, fixture, idsOf, mapNamed, worstDifference, worstRow } from './support/models.ts';
import { attentionOf, emptyCache, row, runPlainly } from './support/reference.ts';

const text = 'The cat that was hungry ate the fishes.';

test('an encoder gives the attention of its known-good graph, and tokens know their characters', async () => {
  const model = fixture('tiny-encoder');
  const analysis = await analyse({ model, text });
  const ids = idsOf(analysis, 0);
  const outputs = await runPlainly(join(model, 'onnx', 'model_attn.onnx'), () => ({
    input_ids: row(ids),
    attention_mask: row(ids.map(() => 1)),
    token_type_ids: row(ids.map(() => 0)),
  }));
  const map = mapNamed(analysis, 'attention');
  assert.deepEqual(map.shape, [2, 2, ids.length, ids.length]);
  assert.equal(map.kind, 'self');
  assert.ok(worstDifference(map.weights, attentionOf(outputs, /^self/)) <= 1e-6);
  assert.ok(worstRow(map) <= 1e-5);
  const [sequence] = analysis.sequences;
  assert.ok(sequence);
  assert.deepEqual(
    sequence.tokens.map((token) => charactersOf(sequence, token)),
    ['', 'The', 'cat', 'that', 'was', 'hungry', 'ate', 'the', 'fish', 'es', '.', ''],
  );
  assert.deepEqual(analysis.model, {
    id: 'tiny-encoder',
    family: 'encoder',
    layers: 2,
    heads: 2,
    formats: [{ graph: 'model', format: 'fp32' }],
    blank: '[UNK]',
  });
  assert.equal(sequence.analysedTo, undefined);
});

test('a sentence pair is fed with its segments', async () => {
  const model = fixture('tiny-encoder');
  const analysis = await analyse({ model, text: 'the cat ate', pair: 'a hungry dog' });
  const [sequence] = analysis.sequences;
  assert.ok(sequence);
  assert.equal(sequence.pair, 'a hungry dog');
  const ids = idsOf(analysis, 0);
  const segments = [0, 0, 0, 0, 0, 1, 1, 1, 0];
  const outputs = await runPlainly(join(model, 'onnx', 'model_attn.onnx'), () => ({
    input_ids: row(ids),
    attention_mask: row(ids.map(() => 1)),
    token_type_ids: row(segments),
  }));
  assert.ok(worstDifference(mapNamed(analysis, 'attention').weights, attentionOf(outputs, /^self/)) <= 1e-6);
  const second = sequence.tokens.filter((token) => token.segment === 1 && !token.special);
  assert.deepEqual(
    second.map((token) => charactersOf(sequence, token)),
    ['a', 'hungry', 'dog'],
  );
});

test('a decoder is causal by what its weights show', async () => {
  const model = fixture('tiny-decoder');
  const analysis = await analyse({ model, text });
  const ids = idsOf(analysis, 0);
  const outputs = await runPlainly(join(model, 'onnx', 'model_attn.onnx'), (inputs) => ({
    input_ids: row(ids),
    ...emptyCache(inputs, 2, 4),
  }));
  const map = mapNamed(analysis, 'attention');
  assert.equal(map.kind, 'causal');
  assert.equal(analysis.model.family, 'decoder');
  assert.ok(worstDifference(map.weights, attentionOf(outputs, /^self/)) <= 1e-6);
  assert.ok(worstRow(map) <= 1e-5);
});

test('a given target longer than the source is stepped through the cache: rows equal those of a graph that is fed all at once', async () => {
  const model = fixture('tiny-encoder-decoder');
  const analysis = await analyse({ model, text: 'the cat', target: 'a hungry dog was running , the fishes ate a cat' });
  const [source, target] = [idsOf(analysis, 0), idsOf(analysis, 1)];
  assert.ok(target.length > source.length);
  const encoded = await runPlainly(join(model, 'onnx', 'encoder_model_attn.onnx'), () => ({
    input_ids: row(source),
    attention_mask: row(source.map(() => 1)),
  }));
  const states = encoded['last_hidden_state'];
  assert.ok(states);
  const decoded = await runPlainly(join(model, 'onnx', 'decoder_model_attn.onnx'), () => ({
    input_ids: row(target),
    encoder_attention_mask: row(source.map(() => 1)),
    encoder_hidden_states: states,
  }));
  assert.ok(worstDifference(mapNamed(analysis, 'encoder').weights, attentionOf(encoded, /^self/)) <= 1e-6);
  assert.ok(worstDifference(mapNamed(analysis, 'decoder').weights, attentionOf(decoded, /^self/)) <= 1e-6);
  assert.ok(worstDifference(mapNamed(analysis, 'cross').weights, attentionOf(decoded, /^cross/)) <= 1e-6);
  assert.deepEqual(
    analysis.maps.map(({ kind, queries, keys }) => [kind, queries, keys]),
    [
      ['self', 0, 0],
      ['causal', 1, 1],
      ['cross', 1, 0],
    ],
  );
  for (const map of analysis.maps) assert.ok(worstRow(map) <= 1e-5);
});

test('a target that the model writes is its likeliest token at every place', async () => {
  const model = fixture('tiny-encoder-decoder');
  const analysis = await analyse({ model, text: 'the cat that was hungry ate the fish .' });
  const [source, target] = [idsOf(analysis, 0), idsOf(analysis, 1)];
  const encoded = await runPlainly(join(model, 'onnx', 'encoder_model.onnx'), () => ({
    input_ids: row(source),
    attention_mask: row(source.map(() => 1)),
  }));
  const states = encoded['last_hidden_state'];
  assert.ok(states);
  const { logits } = await runPlainly(join(model, 'onnx', 'decoder_model.onnx'), () => ({
    input_ids: row(target),
    encoder_attention_mask: row(source.map(() => 1)),
    encoder_hidden_states: states,
  }));
  assert.ok(logits);
  const words = logits.dims[2] ?? 0;
  const never = new Set([0, 1, 2, 3, 4]);
  target.slice(1).forEach((id, place) => {
    const scores = Array.from(logits.data as Float32Array).slice(place * words, (place + 1) * words);
    const allowed = scores.map((score, word) => (never.has(word) ? -Infinity : score));
    assert.equal(id, allowed.indexOf(Math.max(...allowed)), `place ${place}`);
  });
  const [, written] = analysis.sequences;
  assert.ok(written);
  assert.equal(written.tokens.length, 9, 'generation_config.json allows 9 tokens');
  assert.equal(
    written.tokens
      .slice(1)
      .map((token) => charactersOf(written, token))
      .join(' '),
    written.text,
  );
});

test('the graph is believed and the difference from config.json told', async () => {
  const { model, notes } = await analyse({ model: fixture('tiny-encoder-decoder'), text: 'the cat', target: 'a dog' });
  assert.equal(model.heads, 2);
  assert.ok(
    notes.some((note) => note === 'config.json says 4 heads, the graph has 2 (decoder).'),
    notes.join('\n'),
  );
});

test('a text longer than the model takes is analysed to where it fits, and that is said', async () => {
  const long = Array.from({ length: 40 }, () => 'cat').join(' ');
  const { sequences, notes } = await analyse({ model: fixture('tiny-encoder'), text: long });
  assert.equal(sequences[0]?.tokens.length, 24);
  assert.equal(sequences[0]?.analysedTo, 'cat'.length * 22 + 21);
  assert.ok(notes.includes('The text was shortened: the model takes 24 tokens.'));
});

test('of a pair that is too long either text knows where it was cut', async () => {
  const long = Array.from({ length: 40 }, () => 'cat').join(' ');
  const analysis = await analyse({ model: fixture('tiny-encoder'), text: 'the cat ate', pair: long });
  const [sequence] = analysis.sequences;
  assert.equal(sequence?.tokens.length, 24);
  assert.deepEqual([sequence?.analysedTo, sequence?.pairAnalysedTo], [undefined, 'cat'.length * 18 + 17]);
  assert.ok(
    analysis.notes.includes('The texts were shortened: the model takes 24 tokens for both.'),
    analysis.notes.join('\n'),
  );
  assert.match(
    tableOf(analysis, everything),
    /^Only the first 71 of 159 characters of the second text were analysed\.$/m,
  );
  const both = await analyse({ model: fixture('tiny-encoder'), text: long, pair: long });
  assert.equal(
    tableOf(both, everything).match(
      /^Only the first \d+ of 159 characters of the (first|second) text were analysed\.$/gm,
    )?.length,
    2,
  );
});

test('the number format that ran is known of every graph', async () => {
  const { model } = await analyse({ model: fixture('tiny-encoder-decoder'), text: 'the cat', target: 'a dog' });
  assert.deepEqual(model.formats, [
    { graph: 'encoder_model', format: 'fp32' },
    { graph: 'decoder_model_merged', format: 'fp32' },
  ]);
});

test('weights in a file beside the graph are found', async () => {
  const inside = await analyse({ model: fixture('tiny-encoder'), text });
  const beside = await analyse({ model: fixture('tiny-external'), text });
  assert.equal(worstDifference(mapNamed(inside, 'attention').weights, mapNamed(beside, 'attention').weights), 0);
});
