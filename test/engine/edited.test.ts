import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { headOf } from '../../src/core/attention/map.ts';
import { AttentionError, type Reason } from '../../src/core/errors/reason.ts';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { edits, row } from './support/edits.ts';
import { languageEncoders, languageModels, placeLanguageModel } from './support/language-models.ts';
import { builtInModels, fixture, mapNamed, noWork, places, worstDifference } from './support/models.ts';

const text = 'The cat that was hungry ate the [MASK] .';
const folder = mkdtempSync(join(tmpdir(), 'edited-'));
const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
after(async () => {
  await analyser.dispose();
  rmSync(folder, { recursive: true });
});

/** Why something could not be done. */
async function thrownBy(action: Promise<unknown>): Promise<Reason> {
  const thrown: unknown = await action.then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof AttentionError);
  return thrown.reason;
}

/** A run as it is, and the same under edits. */
async function both(run: RunSpec, ...texts: readonly string[]): Promise<[Analysis, Analysis]> {
  const plain = await analyser.analyse(run, noWork);
  return [plain, await analyser.analyse({ ...run, edits: edits(...texts) }, noWork)];
}

/** Weights whose scores are multiplied by a factor and changed by a bias: w' ∝ w^f · e^b. */
function reweighted(weights: Float32Array, factor: number, bias: (key: number) => number): number[] {
  const powers = Array.from(weights, (weight, key) => weight ** factor * Math.exp(bias(key)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

const models: readonly RunSpec[] = [
  { model: 'masked-lm-small', text },
  { model: 'causal-lm-small', text: 'Once upon a time there was' },
  { model: 'translation-small', text: 'the black cat sees a small dog', target: 'el gato negro' },
  { model: 'recurrent-bahdanau', text: 'the black cat sees a small dog', target: 'el gato negro' },
  { model: 'recurrent-local-p', text: 'the black cat sees a small dog' },
];

for (const run of models)
  test(`${run.model}: edits that change nothing leave every weight and prediction as it is, to the last bit`, async () => {
    const names = run.model === 'translation-small' ? ['encoder/', 'decoder/', 'cross/'] : [''];
    const [plain, edited] = await both(run, ...names.map((name) => `scale ${name}*.* 1`));
    for (const [at, map] of plain.maps.entries()) {
      assert.deepEqual(edited.maps[at]?.weights, map.weights, map.name);
      assert.deepEqual(edited.maps[at]?.normalised, map.normalised, map.name);
    }
    assert.deepEqual(edited.predictions, plain.predictions);
    assert.equal(edited.change?.kl, 0);
    assert.deepEqual(edited.change.before, edited.change.after);
  });

for (const name of [...languageModels, ...languageEncoders])
  test(`${name}: edits that change nothing leave the model as it is, a fused one but for rounding`, async () => {
    const run = { model: placeLanguageModel(name, folder), text: 'the cat that was hungry ate fish' };
    const nothing = { ...run, edits: edits('scale *.* 1') };
    const [plain, edited] = [await analyser.analyse(run, noWork), await analyser.analyse(nothing, noWork)];
    if (name.endsWith('-fused')) {
      assert.ok(worstDifference(mapNamed(edited, 'attention').weights, mapNamed(plain, 'attention').weights) < 1e-5);
      assert.ok((edited.change?.kl ?? NaN) < 1e-9);
    } else {
      assert.deepEqual(edited.maps[0]?.weights, plain.maps[0]?.weights);
      assert.deepEqual(edited.predictions, plain.predictions);
    }
    const off = await analyser.analyse({ ...run, edits: edits('off *.0') }, noWork);
    assert.ok(!off.change || off.change.kl > 0);
  });

test('scores of a layer are divided by a temperature, biased and blocked before the softmax', async () => {
  const run = { model: 'masked-lm-small', text };
  const [plain, edited] = await both(run, 'temperature 0.1 0.5', 'bias 0.2 6 2 +3', 'bias 0.2 6 3 -1', 'block *.3 5 4');
  const [before, now] = [mapNamed(plain, 'attention'), mapNamed(edited, 'attention')];
  const sharp = reweighted(row(before, 0, 1, 4), 2, () => 0);
  assert.ok(worstDifference(row(now, 0, 1, 4), sharp) < 2e-3, 'temperature');
  const biased = reweighted(row(before, 0, 2, 6), 1, (key) => (key === 2 ? 3 : key === 3 ? -1 : 0));
  assert.ok(worstDifference(row(now, 0, 2, 6), biased) < 2e-3, 'bias');
  const blocked = reweighted(row(before, 0, 3, 5), 1, (key) => (key === 4 ? -Infinity : 0));
  assert.ok(worstDifference(row(now, 0, 3, 5), blocked) < 2e-3, 'block');
  for (let layer = 0; layer < now.shape[0]; layer += 1) assert.equal(row(now, layer, 3, 5)[4], 0);
  assert.deepEqual(row(now, 0, 2, 5), row(before, 0, 2, 5));
  assert.ok(edited.change?.kind === 'masked' && edited.change.kl > 0);
  assert.equal(edited.sequences[0]?.tokens[edited.change.token]?.text, '[MASK]');
});

test('values that nobody receives have no weight; a head that is off keeps its own and changes the layers after it', async () => {
  const run = { model: 'masked-lm-small', text };
  const [plain, zeroed] = await both(run, 'zero 2');
  const [before, now] = [mapNamed(plain, 'attention'), mapNamed(zeroed, 'attention')];
  const keys = now.shape[3];
  assert.ok(now.weights.every((weight, at) => at % keys !== 2 || weight === 0));
  assert.equal(now.normalised, false);
  assert.deepEqual(
    headOf(now, 0, 1).filter((_, at) => at % keys !== 2),
    headOf(before, 0, 1).filter((_, at) => at % keys !== 2),
  );
  const [, off] = await both(run, 'off 1.2');
  const map = mapNamed(off, 'attention');
  assert.deepEqual(headOf(map, 1, 2), headOf(before, 1, 2));
  assert.notDeepEqual(headOf(map, 2, 2), headOf(before, 2, 2));
  const [, scaled] = await both(run, 'scale 1.2 0');
  assert.deepEqual(mapNamed(scaled, 'attention').weights, map.weights);
  assert.deepEqual(scaled.change, off.change);
});

test('a feed-forward part that is off changes what comes after it, in a decoder behind its last attention', async () => {
  const run = { model: 'translation-small', text: 'the black cat sees a small dog', target: 'el gato negro' };
  const [plain, edited] = await both(run, 'ffn-off decoder/0');
  assert.deepEqual(mapNamed(edited, 'encoder').weights, mapNamed(plain, 'encoder').weights);
  for (const name of ['decoder', 'cross'] as const) {
    assert.deepEqual(headOf(mapNamed(edited, name), 0, 0), headOf(mapNamed(plain, name), 0, 0));
    assert.notDeepEqual(headOf(mapNamed(edited, name), 1, 0), headOf(mapNamed(plain, name), 1, 0));
  }
  const [, same] = await both(run, 'ffn-off cross/0');
  assert.deepEqual(mapNamed(same, 'cross').weights, mapNamed(edited, 'cross').weights);
});

test('the pattern of a head of another run is what the head attends with', async () => {
  const run = { model: 'masked-lm-small', text };
  const other = mapNamed(
    await analyser.analyse({ ...run, text: 'A dog that was angry saw the [MASK] .' }, noWork),
    'attention',
  );
  const [, , queries] = other.shape;
  const rows = Array.from(
    { length: queries },
    (_, query) => `pattern 1.2 ${query} ${row(other, 1, 2, query).join(' ')}`,
  );
  const [plain, edited] = await both(run, ...rows);
  assert.equal(mapNamed(plain, 'attention').shape[2], queries);
  assert.ok(worstDifference(headOf(mapNamed(edited, 'attention'), 1, 2), headOf(other, 1, 2)) < 1e-6);
  assert.ok(edited.change && edited.change.kl > 0);
});

test('a token that is replaced gives the numbers of the text that has the other one', async () => {
  for (const [run, by, written] of [
    [{ model: 'masked-lm-small', text }, 'dog', 'The dog that was hungry ate the [MASK] .'],
    [
      { model: 'causal-lm-small', text: 'Once upon a time there was a cat' },
      '" dog"',
      'Once upon a time there was a dog',
    ],
    [{ model: 'recurrent-dot', text: 'the cat sees a dog' }, 'dog', 'the dog sees a dog'],
    [{ model: 'translation-small', text: 'the cat sees a dog' }, 'dog', 'the dog sees a dog'],
  ] as const) {
    const other = await analyser.analyse({ ...run, text: written }, noWork);
    const at = other.sequences[0]?.tokens.findIndex((token) => /dog/.test(token.text)) ?? -1;
    const [, edited] = await both(run, `replace ${at} ${by}`);
    for (const [index, map] of other.maps.entries())
      assert.deepEqual(edited.maps[index]?.weights, map.weights, run.model);
    const replaced = edited.sequences[0]?.tokens[at];
    assert.equal(replaced?.id, other.sequences[0]?.tokens[at]?.id);
    assert.equal(replaced?.replaced, true);
    assert.equal(edited.sequences[0]?.text, run.text);
    assert.ok(edited.change && edited.change.kl > 0);
  }
});

test('a replaced token is what is predicted where it is the mask, and its run can be taken apart', async () => {
  const run = {
    model: 'masked-lm-small',
    text: 'The cat that was hungry ate the fish.',
    edits: edits('replace 2 "[MASK]"'),
  };
  const edited = await analyser.analyse(run, noWork);
  const [prediction] = edited.predictions ?? [];
  assert.ok(prediction?.kind === 'masked' && prediction.places[0]?.token === 2);
  assert.ok(edited.change?.kind === 'masked' && edited.change.token === 2);
  assert.match(edited.change.before[0]?.text ?? '', /cat/);
  const told = await analyser.explain(run, edited, { map: 0, layer: 1, head: 2, query: 6, key: 2 }, noWork);
  assert.ok(told.recomputed.difference < 1e-5);
  const off = { ...run, edits: edits('off 1.2') };
  const analysis = await analyser.analyse(off, noWork);
  const refused = await thrownBy(
    analyser.explain(off, analysis, { map: 0, layer: 1, head: 2, query: 6, key: 2 }, noWork),
  );
  assert.equal(refused.code, 'argument-invalid');
});

test('where a mask is an edit, what the other edits change is told on the text with the mask', async () => {
  const run = { model: 'masked-lm-small', text: 'The cat that was hungry ate the fish.' };
  const changed = async (text: string, ...made: string[]): Promise<Analysis['change']> =>
    (await analyser.analyse({ ...run, text, edits: edits(...made) }, noWork)).change;
  const wanted = await changed('The cat that was hungry [MASK] the fish.', 'off 4.1', 'off 0.0');
  assert.ok(wanted?.kind === 'masked' && wanted.kl > 0.01);
  assert.deepEqual(await changed(run.text, 'replace 6 "[MASK]"', 'off 4.1', 'off 0.0'), wanted);
  const alone = await changed(run.text, 'replace 6 "[MASK]"');
  assert.match(alone?.kind === 'masked' ? (alone.before[0]?.text ?? '') : '', /^ ?ate$/);
  assert.deepEqual(await changed(run.text, 'replace 6 "[MASK]"', 'off 4.1', 'off 0.0'), wanted);
  assert.equal(await changed(run.text, 'off 4.1', 'off 0.0'), undefined);
});

test('a model writes on under edits, through its cache, what it finds likeliest under them', async () => {
  const run = { model: 'causal-lm-small', text: 'Once upon a time', continue: { tokens: 8 } };
  const [plain, edited] = await both(
    run,
    'zero 1',
    'bias *.* 7 2 +4',
    'temperature 1.* 3',
    'scale 2.0 3',
    'block *.1 8 7',
  );
  const [sequence] = edited.sequences;
  assert.notDeepEqual(sequence?.tokens, plain.sequences[0]?.tokens);
  const [prediction] = edited.predictions ?? [];
  assert.ok(prediction?.kind === 'next' && sequence?.generatedFrom === 5);
  for (const step of prediction.steps.slice(sequence.generatedFrom - 1, -1)) assert.equal(step.followed?.rank, 0);
  const map = mapNamed(edited, 'attention');
  for (let layer = 0; layer < map.shape[0]; layer += 1) assert.equal(row(map, layer, 1, 8)[7], 0);
  assert.ok(edited.change?.kind === 'next' && edited.change.token === 5);
});

test('the decoder of an encoder-decoder is edited step by step as in one piece', async () => {
  const run = { model: 'translation-small', text: 'the black cat sees a small dog' };
  const list = ['bias cross/*.* 2 1 +3', 'block decoder/0.1 3 1', 'zero cross/2', 'off cross/1.0'];
  const [, written] = await both(run, ...list);
  const cross = mapNamed(written, 'cross');
  assert.ok(cross.weights.every((weight, at) => at % cross.shape[3] !== 2 || weight === 0));
  assert.equal(row(mapNamed(written, 'decoder'), 0, 1, 3)[1], 0);
  const target = written.sequences[1]?.text ?? '';
  const [plain, given] = await both({ ...run, target }, ...list);
  assert.ok(worstDifference(mapNamed(given, 'cross').weights, cross.weights) < 1e-6);
  const biased = reweighted(row(mapNamed(plain, 'cross'), 0, 1, 2), 1, (key) => (key === 1 ? 3 : 0));
  biased[2] = 0;
  // The layer before it, the decoder's own attention, is blocked in another row alone.
  assert.ok(worstDifference(row(mapNamed(given, 'cross'), 0, 1, 2), biased) < 5e-3);
});

test('steps of recurrent networks are edited: scores before the softmax, weights before the average', async () => {
  for (const kind of ['bahdanau', 'dot', 'general', 'concat', 'local-m', 'local-p']) {
    const run = { model: `recurrent-${kind}`, text: 'the black cat sees the small dog .', target: 'el gato negro .' };
    const [plain, edited] = await both(run, 'temperature 0.0 2', 'bias 0.0 0 1 +1');
    const [before, now] = [mapNamed(plain, 'cross'), mapNamed(edited, 'cross')];
    const [scores, own] = [before.scores ?? [], now.scores ?? []];
    const keys = before.shape[3];
    for (let key = 0; key < keys; key += 1)
      assert.ok(Math.abs((own[key] ?? NaN) - ((scores[key] ?? NaN) / 2 + (key === 1 ? 1 : 0))) < 1e-4, kind);
    if (!kind.startsWith('local'))
      assert.ok(
        worstDifference(
          row(now, 0, 0, 2),
          reweighted(Float32Array.from(own.slice(2 * keys, 3 * keys), Math.exp), 1, () => 0),
        ) < 1e-5,
        kind,
      );
    const [, off] = await both(run, 'off 0.0', 'zero 3', 'block 0.0 1 2');
    const gated = mapNamed(off, 'cross');
    assert.ok(
      gated.weights.every((weight, at) => at % keys !== 3 || weight === 0),
      kind,
    );
    assert.equal(row(gated, 0, 0, 1)[2], 0);
    assert.ok(off.change && off.change.kl > 0, kind);
    const reason = await thrownBy(analyser.analyse({ ...run, edits: edits('ffn-off 0') }, noWork));
    assert.equal(reason.code, 'edit-impossible', kind);
  }
});

test('a model whose weights lie in files of their own is edited', async () => {
  const run = { model: fixture('tiny-external'), text: 'the cat ate' };
  const [plain, edited] = await both(run, 'off 0.0', 'block 1.1 2 1');
  assert.deepEqual(headOf(mapNamed(edited, 'attention'), 0, 0), headOf(mapNamed(plain, 'attention'), 0, 0));
  assert.equal(row(mapNamed(edited, 'attention'), 1, 1, 2)[1], 0);
});

test('what does not fit the model or the text is refused by a sentence', async () => {
  const refusal = async (run: RunSpec, ...texts: string[]): Promise<string> => {
    const reason = await thrownBy(analyser.analyse({ ...run, edits: edits(...texts) }, noWork));
    return `${reason.code}: ${'detail' in reason ? reason.detail : ''}`;
  };
  const masked = { model: 'masked-lm-small', text };
  assert.match(
    await refusal(masked, 'off 9.0'),
    /^argument-invalid: off 9\.0: the map “attention” has attention in layers 0/,
  );
  assert.match(await refusal(masked, 'off cross/1.2'), /no such map in this model, only attention/);
  assert.match(await refusal(masked, 'zero 11'), /there are 11 tokens/);
  assert.match(await refusal(masked, 'pattern 1.2 0 1 0'), /2 weights for 11 keys/);
  assert.match(await refusal(masked, 'replace 2 zzzzzzzz'), /no such token/);
  assert.match(await refusal(masked, 'replace target/2 cat'), /has no target/);
  const all = Array.from({ length: 11 }, (_, key) => `block 1.2 6 ${key}`);
  assert.match(await refusal(masked, ...all), /token 6 would be left without a key/);
  const causal = { model: 'causal-lm-small', text: 'Once upon a time' };
  assert.match(await refusal(causal, 'block 1.2 1 2'), /cannot see that key/);
  assert.match(await refusal(causal, 'pattern 1.2 1 0 0 1 0 0'), /cannot see that key/);
});
