import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { answerText } from '../../src/core/export/prediction-table.ts';
import type { Prediction } from '../../src/core/prediction/prediction.ts';
import { analyse, builtInModels, fixture, idsOf } from './support/models.ts';
import { emptyCache, row, runPlainly, type Outputs } from './support/reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'predictions-'));
after(() => rmSync(folder, { recursive: true }));

/** The only prediction of an analysis, of this kind. */
function only<K extends Prediction['kind']>({ predictions }: Analysis, kind: K): Extract<Prediction, { kind: K }> {
  const [prediction, ...rest] = predictions ?? [];
  assert.equal(prediction?.kind, kind);
  assert.equal(rest.length, 0);
  return prediction as Extract<Prediction, { kind: K }>;
}

/** The softmax of one row of an output, computed by hand in double precision. */
function probabilities(outputs: Outputs, name: string, at: number, size: number): number[] {
  const logits = Array.from((outputs[name]?.data as Float32Array).subarray(at * size, (at + 1) * size));
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function near(actual: number | undefined, expected: number | undefined): void {
  assert.ok(Math.abs((actual ?? NaN) - (expected ?? NaN)) <= 1e-6, `${actual} is not ${expected}`);
}

/** Runs an encoder's graph as it is on the tokens of an analysis. */
function plainly(model: string, analysis: Analysis): Promise<Outputs> {
  const ids = idsOf(analysis, 0);
  const segments =
    analysis.sequences[0]?.tokens.map((token, index, all) =>
      token.special && index === all.length - 1 ? 0 : token.segment,
    ) ?? [];
  return runPlainly(join(model, 'onnx', 'model.onnx'), () => ({
    input_ids: row(ids),
    attention_mask: row(ids.map(() => 1)),
    token_type_ids: row(segments),
  }));
}

/** A copy of a model with changes in one of its JSON files. */
function changed(from: string, name: string, file: string, change: Record<string, unknown>): string {
  const model = join(folder, name);
  cpSync(fixture(from), model, { recursive: true });
  const path = join(model, file);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
  return model;
}

test('a masked language model tells the likeliest tokens at every mask, and nothing where there is none', async () => {
  const model = changed('tiny-encoder', 'masked', 'tokenizer_config.json', { mask_token: '[PAD]' });
  const analysis = await analyse({ model, text: 'the [PAD] ate [PAD]' });
  const { places } = only(analysis, 'masked');
  assert.deepEqual(
    places.map((place) => place.token),
    [2, 4],
  );
  const outputs = await plainly(model, analysis);
  for (const { token, candidates } of places) {
    const expected = probabilities(outputs, 'logits', token, 20);
    assert.equal(candidates.length, 10);
    assert.deepEqual(
      candidates.map(({ id }) => id),
      [...expected.keys()].sort((a, b) => (expected[b] ?? 0) - (expected[a] ?? 0)).slice(0, 10),
    );
    for (const { id, probability } of candidates) near(probability, expected[id]);
  }
  assert.deepEqual(only(await analyse({ model, text: 'the cat ate' }), 'masked').places, []);
});

test('the built-in model fills a mask with words, no marks of its vocabulary', async () => {
  const analysis = await analyse({
    model: join(builtInModels, 'masked-lm-small'),
    text: 'She went [MASK] the house, and unremark[MASK] it was.',
  });
  const { places } = only(analysis, 'masked');
  assert.equal(places.length, 2);
  for (const { candidates } of places) for (const { text } of candidates) assert.doesNotMatch(text, /##|[ĠĊ▁\ufffd]/);
  assert.ok(
    places[0]?.candidates.slice(0, 3).some(({ text }) => /^ (to|into|in|out|from)$/.test(text)),
    JSON.stringify(places[0]?.candidates),
  );
});

test('a decoder tells how likely every token was and what comes next', async () => {
  const model = fixture('tiny-decoder');
  const analysis = await analyse({ model, text: 'the cat that was hungry ate' });
  const ids = idsOf(analysis, 0);
  const outputs = await runPlainly(join(model, 'onnx', 'model.onnx'), (inputs) => ({
    input_ids: row(ids),
    ...emptyCache(inputs, 2, 4),
  }));
  const { steps, sequence } = only(analysis, 'next');
  assert.equal(sequence, 0);
  assert.equal(steps.length, ids.length);
  steps.forEach(({ candidates, followed }, index) => {
    const expected = probabilities(outputs, 'logits', index, 20);
    const next = ids[index + 1];
    for (const { id, probability } of candidates) near(probability, expected[id]);
    near(candidates[0]?.probability, Math.max(...expected));
    assert.equal(candidates.length, next === undefined ? 10 : 3);
    if (next === undefined) return assert.equal(followed, null);
    near(followed?.probability, expected[next]);
    assert.equal(followed?.rank, expected.filter((probability) => probability > (expected[next] ?? 0)).length);
  });
});

test('an encoder-decoder tells it for every step of the target, whether it was given or written', async () => {
  const model = fixture('tiny-encoder-decoder');
  for (const target of ['a hungry dog was running', undefined]) {
    const analysis = await analyse({ model, text: 'the cat', target });
    const [source, ids] = [idsOf(analysis, 0), idsOf(analysis, 1)];
    const mask = row(source.map(() => 1));
    const { last_hidden_state: states } = await runPlainly(join(model, 'onnx', 'encoder_model.onnx'), () => ({
      input_ids: row(source),
      attention_mask: mask,
    }));
    assert.ok(states);
    const outputs = await runPlainly(join(model, 'onnx', 'decoder_model.onnx'), () => ({
      input_ids: row(ids),
      encoder_attention_mask: mask,
      encoder_hidden_states: states,
    }));
    const { steps, sequence } = only(analysis, 'next');
    assert.equal(sequence, 1);
    assert.equal(steps.length, ids.length);
    steps.forEach(({ candidates, followed }, index) => {
      const expected = probabilities(outputs, 'logits', index, 20);
      const next = ids[index + 1];
      for (const { id, probability } of candidates) near(probability, expected[id]);
      assert.equal(followed === null, next === undefined);
      if (next !== undefined) near(followed?.probability, expected[next]);
    });
  }
});

test('question answering gives the span in the context with its characters', async () => {
  const model = fixture('tiny-answerer');
  const analysis = await analyse({ model, text: 'was the cat hungry', pair: 'The dog ate a fish.' });
  const { answers, none } = only(analysis, 'span');
  const [sequence] = analysis.sequences;
  assert.ok(sequence);
  const outputs = await plainly(model, analysis);
  const places = sequence.tokens.flatMap((token, index) => (token.segment === 1 && !token.special ? [index] : []));
  const shares = (name: string): Map<number, number> => {
    const logits = [0, ...places].map((place) => (outputs[name]?.data as Float32Array)[place] ?? NaN);
    const powers = logits.map((logit) => Math.exp(logit));
    return new Map(
      [0, ...places].map((place, index) => [
        place,
        (powers[index] ?? NaN) / powers.reduce((sum, power) => sum + power, 0),
      ]),
    );
  };
  const [starts, ends] = [shares('start_logits'), shares('end_logits')];
  const all = places.flatMap((first) =>
    places
      .filter((last) => last >= first)
      .map((last) => ({ first, last, probability: (starts.get(first) ?? NaN) * (ends.get(last) ?? NaN) })),
  );
  const best = all.sort((a, b) => b.probability - a.probability).slice(0, 3);
  assert.deepEqual(
    answers.map(({ first, last }) => [first, last]),
    best.map(({ first, last }) => [first, last]),
  );
  answers.forEach(({ probability }, index) => near(probability, best[index]?.probability));
  near(none, (starts.get(0) ?? NaN) * (ends.get(0) ?? NaN));
  for (const answer of answers) assert.ok('The dog ate a fish.'.includes(answerText(sequence, answer)));
  assert.notEqual(answers[0] && answerText(sequence, answers[0]), '');
});

test('classification gives its labels by name: one of them, each by itself, or a number', async () => {
  const text = 'the cat was hungry';
  const analysis = await analyse({ model: 'tiny-classifier', text });
  const outputs = await plainly(fixture('tiny-classifier'), analysis);
  const names = ['calm', 'glad', 'hungry'];
  const { labels, exclusive } = only(analysis, 'label');
  assert.ok(exclusive);
  const expected = probabilities(outputs, 'logits', 0, 3);
  for (const { name, probability } of labels) near(probability, expected[names.indexOf(name)]);
  assert.deepEqual(
    labels.map(({ probability }) => probability),
    labels.map(({ probability }) => probability).sort((a, b) => b - a),
  );
  const several = only(
    await analyse({
      model: changed('tiny-classifier', 'several', 'config.json', {
        problem_type: 'multi_label_classification',
        id2label: null,
      }),
      text,
    }),
    'label',
  );
  assert.equal(several.exclusive, false);
  const logits = outputs['logits']?.data as Float32Array;
  for (const { name, probability } of several.labels)
    near(probability, 1 / (1 + Math.exp(-(logits[Number(name.replace('LABEL_', ''))] ?? NaN))));
});

test('token classification gives every token its likeliest label', async () => {
  const analysis = await analyse({ model: 'tiny-tagger', text: 'the cat ate' });
  const outputs = await plainly(fixture('tiny-tagger'), analysis);
  const names = ['O', 'B-ANIMAL', 'B-FOOD', 'B-DEED'];
  const { tags } = only(analysis, 'tags');
  assert.equal(tags.length, analysis.sequences[0]?.tokens.length);
  tags.forEach(({ name, probability }, index) => {
    const expected = probabilities(outputs, 'logits', index, 4);
    near(probability, Math.max(...expected));
    near(expected[names.indexOf(name)], probability);
  });
});

test('a head that is not known is told, and the attention is shown all the same', async () => {
  const model = changed('tiny-classifier', 'unknown', 'config.json', {
    architectures: ['BertForMultipleChoice'],
    id2label: null,
  });
  const analysis = await analyse({ model, text: 'the cat ate' });
  assert.deepEqual(analysis.predictions, []);
  assert.equal(analysis.maps.length, 1);
  assert.ok(
    analysis.notes.includes('What the model predicts is not shown: its output logits is of an unknown kind.'),
    analysis.notes.join('\n'),
  );
});
