import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { charactersOf } from '../../src/core/text/token.ts';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { english } from '../../src/core/words/english.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import {
  analyse,
  builtInModels,
  fixture,
  idsOf,
  mapNamed,
  places,
  reasonFor,
  sharedModel,
  worstDifference,
  worstRow,
} from './support/models.ts';
import { attentionOf, emptyCache, row, runPlainly } from './support/reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'writing-'));
after(() => rmSync(folder, { recursive: true }));
const text = 'the cat that was';
const model = fixture('tiny-decoder');

/** The logits after all of `ids`, from the graph as it is. */
async function logitsAfter(ids: readonly number[]): Promise<number[]> {
  const { logits } = await runPlainly(join(model, 'onnx', 'model.onnx'), (inputs) => ({
    input_ids: row(ids),
    ...emptyCache(inputs, 2, 4),
  }));
  return Array.from((logits?.data as Float32Array).subarray(-20));
}

test('a decoder continues a text with its likeliest tokens, and the map is that of one run over everything', async () => {
  const given = idsOf(await analyse({ model, text }), 0);
  const analysis = await analyse({ model, text, continue: { tokens: 6 } });
  const [sequence] = analysis.sequences;
  assert.ok(sequence);
  const ids = idsOf(analysis, 0);
  assert.equal(sequence.generatedFrom, given.length);
  assert.deepEqual(ids.slice(0, given.length), given);
  assert.equal(ids.length, given.length + 6);
  for (let at = given.length; at < ids.length; at++) {
    const logits = await logitsAfter(ids.slice(0, at));
    assert.equal(ids[at], logits.indexOf(Math.max(...logits)), `token ${at}`);
  }
  const outputs = await runPlainly(join(model, 'onnx', 'model_attn.onnx'), (inputs) => ({
    input_ids: row(ids),
    ...emptyCache(inputs, 2, 4),
  }));
  const map = mapNamed(analysis, 'attention');
  assert.deepEqual(map.shape, [2, 2, ids.length, ids.length]);
  assert.ok(worstDifference(map.weights, attentionOf(outputs, /^self/)) <= 1e-5);
  assert.ok(worstRow(map) <= 1e-5);
  assert.ok(sequence.text.startsWith(text));
  assert.ok(sequence.tokens.slice(0, given.length).every((token) => token.end <= text.length));
  assert.ok(sequence.tokens.slice(given.length).every((token) => token.start >= text.length));
  const words = sequence.tokens
    .slice(given.length)
    .map((token) => charactersOf(sequence, token))
    .filter((word) => word !== '');
  assert.equal(words.map((word) => ` ${word}`).join(''), sequence.text.slice(text.length));
  assert.ok(
    analysis.notes.includes('The model generated 6 tokens after the text, always the most probable token.'),
    analysis.notes.join('\n'),
  );
});

test('drawn tokens are the same for the same seed and differ between seeds', async () => {
  const drawn = async (seed: number): Promise<string> =>
    idsOf(await analyse({ model, text, continue: { tokens: 12, sampling: { seed, temperature: 1.5 } } }), 0).join(' ');
  const [first, again, other] = [await drawn(1), await drawn(1), await drawn(2)];
  assert.equal(first, again);
  assert.notEqual(first, other);
  const one = idsOf(
    await analyse({ model, text, continue: { tokens: 4, sampling: { seed: 9, temperature: 1, topK: 1 } } }),
    0,
  );
  assert.deepEqual(
    one,
    idsOf(await analyse({ model, text, continue: { tokens: 4 } }), 0),
    'of the likeliest one alone, it is the likeliest',
  );
});

test('how tokens are drawn is as the model’s files have it where nobody says otherwise', async () => {
  const drawing = join(folder, 'drawing');
  cpSync(model, drawing, { recursive: true });
  writeFileSync(
    join(drawing, 'generation_config.json'),
    JSON.stringify({ do_sample: true, temperature: 0.5, top_k: 1, top_p: 0.9 }),
  );
  const drawn = await analyse({
    model: drawing,
    text,
    continue: { tokens: 4, sampling: { seed: 9, temperature: 1.5 } },
  });
  assert.deepEqual(
    idsOf(drawn, 0),
    idsOf(await analyse({ model, text, continue: { tokens: 4 } }), 0),
    'of the likeliest one alone, it is the likeliest',
  );
  assert.ok(
    drawn.notes.some((note) => note.includes('sampled with seed 9, temperature 1.5, top-k 1, top-p 0.9')),
    drawn.notes.join('\n'),
  );
  const own = await analyse({ model: drawing, text, continue: { tokens: 4, sampling: { seed: 9 } } });
  assert.ok(
    own.notes.some((note) => note.includes('sampled with seed 9, temperature 0.5, top-k 1, top-p 0.9')),
    own.notes.join('\n'),
  );
});

test('the end token ends the writing and is not written', async () => {
  const ids = idsOf(await analyse({ model, text, continue: { tokens: 6 } }), 0);
  const given = idsOf(await analyse({ model, text }), 0).length;
  const place = ids.findIndex((id, at) => at > given && !ids.slice(given, at).includes(id));
  const ending = join(folder, 'ending');
  cpSync(model, ending, { recursive: true });
  writeFileSync(join(ending, 'generation_config.json'), JSON.stringify({ eos_token_id: [3, ids[place]] }));
  const analysis = await analyse({ model: ending, text, continue: { tokens: 6 } });
  assert.deepEqual(idsOf(analysis, 0), ids.slice(0, place));
  assert.ok(
    analysis.notes.some((note) => note.endsWith('always the most probable token, up to its end token.')),
    analysis.notes.join('\n'),
  );
  writeFileSync(join(ending, 'generation_config.json'), JSON.stringify({ eos_token_id: ids[given] }));
  const none = await analyse({ model: ending, text, continue: { tokens: 6 } });
  assert.equal(none.sequences[0]?.generatedFrom, undefined);
  assert.equal(none.sequences[0]?.text, text);
  // Each says with which token, so that a person who sees nothing new learns why.
  const edgesOf = ({ maps }: Analysis): unknown[] => maps.map(({ rows }) => typeof rows?.edge);
  assert.deepEqual([analysis, none].flatMap(edgesOf), ['string', 'string']);
  assert.deepEqual(edgesOf(await analyse({ model, text, continue: { tokens: 1 } })), ['object']);
});

test('a continuation stops where the model takes no more', async () => {
  const analysis = await analyse({ model, text, continue: { tokens: 100 } });
  assert.equal(idsOf(analysis, 0).length, 24);
  assert.ok(
    analysis.notes.some((note) => note.endsWith('it takes no more than 24 in all.')),
    analysis.notes.join('\n'),
  );
  const full = Array.from({ length: 40 }, () => 'cat').join(' ');
  const { notes, sequences } = await analyse({ model, text: full, continue: { tokens: 3 } });
  assert.equal(sequences[0]?.tokens.length, 24);
  assert.ok(notes.includes(english.notes.notContinued(24)), notes.join('\n'));
});

test('an encoder-decoder writes on after a given target, and may draw its tokens', async () => {
  const request = { model: fixture('tiny-encoder-decoder'), text: 'the cat that was hungry ate the fish .' };
  const whole = await analyse({ ...request, continue: { tokens: 6 } });
  const [, written] = whole.sequences;
  assert.ok(written);
  assert.equal(written.generatedFrom, 1);
  assert.equal(written.tokens.length, 7);
  const [, one, two] = written.tokens;
  assert.ok(one && two);
  const started = await analyse({ ...request, target: written.text.slice(0, two.end), continue: { tokens: 4 } });
  assert.deepEqual(idsOf(started, 1), idsOf(whole, 1), 'greedy writing goes on as if it had begun itself');
  assert.equal(started.sequences[1]?.generatedFrom, 3);
  for (const name of ['decoder', 'cross'])
    assert.ok(worstDifference(mapNamed(started, name).weights, mapNamed(whole, name).weights) <= 1e-6);
  const drawn = async (seed: number): Promise<string> =>
    idsOf(await analyse({ ...request, continue: { tokens: 8, sampling: { seed, temperature: 20 } } }), 1).join(' ');
  assert.equal(await drawn(5), await drawn(5));
  assert.notEqual(await drawn(5), await drawn(6));
});

test('an encoder cannot write on', async () => {
  const reason = await reasonFor({ model: 'tiny-encoder', text, continue: { tokens: 3 } });
  assert.deepEqual(reason, {
    code: 'argument-invalid',
    argument: 'continue',
    detail: english.details.run.encoderContinue,
  });
});

test('a cancel ends the writing at the next token', async () => {
  const analyser = new Analyser(places, () => undefined);
  const cancel = new AbortController();
  const steps: number[] = [];
  const report = ({ stage, done = 0 }: { stage: string; done?: number | undefined }): void => {
    if (stage !== english.stages.generating) return;
    steps.push(done);
    if (done === 2) cancel.abort();
  };
  await assert.rejects(analyser.analyse({ model, text, continue: { tokens: 10 } }, { signal: cancel.signal, report }), {
    message: 'cancelled',
  });
  assert.deepEqual(steps, [0, 1, 2]);
  await analyser.dispose();
});

test('stories260K tells a story, greedily as through its own cache', async (context) => {
  const stories = sharedModel('stories260K', context);
  if (stories === null) return;
  const { sequences } = await analyse({ model: stories, text: 'Once upon a time', continue: { tokens: 16 } });
  assert.match(sequences[0]?.text ?? '', /^Once upon a time, there was a little girl named Lily/);
});

test('a recurrent network writes on after a given target; a row’s prediction is of the word that it writes', async () => {
  const request = { model: join(builtInModels, 'recurrent-general'), text: 'the old dog sleeps' };
  const whole = await analyse({ ...request, continue: { tokens: 4 } });
  const [, written] = whole.sequences;
  assert.ok(written);
  assert.equal(written.generatedFrom, 0);
  const started = await analyse({
    ...request,
    target: written.text.slice(0, written.tokens[1]?.end),
    continue: { tokens: 2 },
  });
  assert.equal(started.sequences[1]?.generatedFrom, 2);
  assert.deepEqual(idsOf(started, 1).slice(0, 4), idsOf(whole, 1).slice(0, 4));
  const [prediction] = whole.predictions ?? [];
  assert.ok(prediction?.kind === 'next' && prediction.ahead === 0);
  assert.deepEqual(
    prediction.steps.map(({ candidates }) => candidates[0]?.id),
    idsOf(whole, 1),
    'greedy writing takes the likeliest',
  );
  for (const { followed } of prediction.steps) assert.equal(followed?.rank, 0);
});
