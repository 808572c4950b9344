import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { layerNumber } from '../../src/core/attention/layers.ts';
import { AttentionError, type Reason } from '../../src/core/errors/reason.ts';
import { effectsCsv, effectsJson, effectsTable } from '../../src/core/export/effects.ts';
import { jsonOf } from '../../src/core/export/json.ts';
import type { Effects } from '../../src/core/prediction/effects.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { effectsOf } from '../../src/engine/run/effects.ts';
import { EffectsOfRuns } from '../../src/engine/service/effects.ts';
import { languageModels, placeLanguageModel } from './support/language-models.ts';
import { builtInModels, fixture, noWork, places } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'effects-'));
const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
after(async () => {
  await analyser.dispose();
  rmSync(folder, { recursive: true });
});

interface Measured {
  readonly analysis: Analysis;
  readonly effects: Effects;
}

async function measured(run: RunSpec, position: number | null = null): Promise<Measured> {
  const analysis = await analyser.analyse(run, noWork);
  return { analysis, effects: await effectsOf(analyser, { run, analysis }, position, noWork) };
}

async function refusalOf(run: RunSpec, position: number | null = null): Promise<Reason> {
  const thrown: unknown = await measured(run, position).then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof AttentionError);
  return thrown.reason;
}

const near = (actual: number | undefined, expected: number | undefined, what: string): void =>
  assert.ok(
    Math.abs((actual ?? NaN) - (expected ?? NaN)) <= 1e-6 * Math.max(1, Math.abs(expected ?? 0)),
    `${what}: ${actual}, not ${expected}`,
  );

/** Compares every effect with what the edited run, another way to the same numbers, says of its prediction. */
async function agrees(run: RunSpec, { analysis, effects }: Measured): Promise<number> {
  let compared = 0;
  const compare = async (
    edit: Edit,
    effect: Effects['maps'][number]['heads'][number][number] | null,
    what: string,
  ): Promise<void> => {
    const { change } = await analyser.analyse({ ...run, edits: [...(run.edits ?? []), edit] }, noWork);
    assert.ok(change && effect, what);
    const [top] = change.after;
    if (run.edits) {
      // The change is that of all edits; the top of what is left is the same.
      assert.equal(effect.top.text, top && ('text' in top ? top.text : top.name), what);
    } else near(effect.kl, change.kl, what);
    near(effect.top.probability, top?.probability, `${what}, top`);
    compared += 1;
  };
  for (const { map: name, heads, feedForward } of effects.maps) {
    const map = analysis.maps.find((one) => one.name === name) ?? assert.fail();
    assert.deepEqual([heads.length, heads[0]?.length], map.shape.slice(0, 2));
    for (const [layer, own] of heads.entries()) {
      const number = layerNumber(map, layer);
      for (const [head, effect] of own.entries())
        await compare({ kind: 'off', map: name, layer: number, head }, effect, `${name} ${layer}.${head}`);
      if (feedForward[layer])
        await compare({ kind: 'ffn-off', map: name, layer: number }, feedForward[layer], `${name} ffn ${layer}`);
    }
  }
  return compared;
}

const masked = 'The cat that was hungry ate the [MASK] .';
const runs: readonly (readonly [RunSpec, number, Effects['place']['kind']])[] = [
  [{ model: 'masked-lm-small', text: masked }, 25, 'masked'],
  [{ model: 'causal-lm-small', text: 'Once upon a time there was' }, 20, 'next'],
  [{ model: 'translation-small', text: 'the black cat sees a small dog', target: 'el gato negro' }, 28, 'next'],
  [{ model: 'recurrent-bahdanau', text: 'the black cat sees a small dog', target: '' }, 1, 'written'],
  [{ model: 'masked-lm-small', text: masked, edits: [{ kind: 'off', layer: 0, head: 0 }] }, 25, 'masked'],
];

for (const [run, parts, kind] of runs)
  test(`${run.model}${run.edits ? ', edited' : ''}: every part has the effect that an edited run shows`, async () => {
    const found = await measured(run.target === '' ? { model: run.model, text: run.text } : run);
    const { effects, analysis } = found;
    assert.equal(effects.place.kind, kind);
    assert.equal(effects.before.length, 5);
    assert.equal(await agrees(run.target === '' ? { model: run.model, text: run.text } : run, found), parts);
    assert.equal(
      effects.maps.flatMap(({ heads }) => heads.flat()).length,
      analysis.maps.reduce((sum, { shape }) => sum + shape[0] * shape[1], 0),
    );
  });

test('a word is masked for its effects, and what the text has there is watched', async () => {
  const run = { model: 'masked-lm-small', text: 'The cat that was hungry ate the fish .' };
  const { analysis, effects } = await measured(run, 8);
  const own = analysis.sequences[0]?.tokens[8];
  assert.deepEqual(effects.place, { kind: 'masked', sequence: 0, token: 8, isHidden: true });
  assert.deepEqual([effects.watched.text.trim(), effects.watched.id, effects.isGiven], ['fish', own?.id, true]);
  const hidden = await analyser.analyse(
    { ...run, edits: [{ kind: 'replace', side: 'source', token: 8, by: '[MASK]' }] },
    noWork,
  );
  const [prediction] = hidden.predictions ?? [];
  assert.ok(prediction?.kind === 'masked');
  const expected = prediction.places[0]?.candidates.slice(0, 5);
  assert.deepEqual(effects.before, expected);
  assert.deepEqual((await measured(run)).effects, effects, 'the last word is where nothing is said');
});

test('a place inside a text is that of its prediction there, also in what the model wrote itself', async () => {
  for (const [run, position] of [
    [{ model: 'causal-lm-small', text: 'Once upon a time there was a little girl' }, 3],
    [{ model: 'causal-lm-small', text: 'Once upon a time', continue: { tokens: 4 } }, 6],
    [{ model: 'translation-small', text: 'the black cat sees a small dog' }, 3],
    [{ model: 'recurrent-local-p', text: 'the black cat sees a small dog' }, 2],
  ] as const) {
    const { analysis, effects } = await measured(run, position);
    const [prediction] = analysis.predictions ?? [];
    assert.ok(prediction?.kind === 'next');
    const step = prediction.steps[position];
    for (const [at, { id, probability }] of (step?.candidates ?? []).slice(0, 3).entries()) {
      assert.equal(effects.before[at]?.id, id, run.model);
      near(effects.before[at].probability, probability, run.model);
    }
    near(effects.watched.probability, step?.followed?.probability, run.model);
    assert.ok(effects.isGiven);
  }
});

test('a classifier has effects on the label of the text, a tagger on that of a word', async () => {
  const run = { model: fixture('tiny-classifier'), text: 'the cat ate' };
  const found = await measured(run);
  assert.equal(found.effects.place.kind, 'label');
  assert.ok(await agrees(run, found));
  const { analysis, effects } = await measured({ model: fixture('tiny-tagger'), text: 'the cat ate' }, 2);
  const [prediction] = analysis.predictions ?? [];
  assert.ok(prediction?.kind === 'tags');
  const { text: name, probability } = effects.watched;
  assert.deepEqual({ name, probability }, prediction.tags[2]);
});

test('fused and hybrid models have effects of every head that attends', async () => {
  for (const name of languageModels.slice(0, 2)) {
    const run = { model: placeLanguageModel(name, folder), text: 'the cat that was hungry ate fish' };
    const { analysis, effects } = await measured(run);
    assert.deepEqual(
      effects.maps[0]?.heads.map((own) => own.length),
      Array.from({ length: analysis.maps[0]?.shape[0] ?? 0 }, () => analysis.maps[0]?.shape[1]),
    );
  }
});

test('positions and models that have no prediction are refused by name', async () => {
  const text = 'The cat ate the fish .';
  const refusal = await refusalOf({ model: 'masked-lm-small', text }, 0);
  assert.deepEqual([refusal.code, 'argument' in refusal && refusal.argument], ['argument-invalid', 'position']);
  assert.equal((await refusalOf({ model: 'masked-lm-small', text }, 99)).code, 'argument-invalid');
  for (const name of ['tiny-encoder', 'tiny-answerer'])
    assert.equal((await refusalOf({ model: fixture(name), text: 'the cat ate' })).code, 'model-unsupported', name);
});

test('it tells each run, stops where it is cancelled, and lets other runs in between', async () => {
  const run = { model: 'masked-lm-small', text: masked };
  const analysis = await analyser.analyse(run, noWork);
  const stop = new AbortController();
  const told: Progress[] = [];
  const asked = effectsOf(analyser, { run, analysis }, null, {
    signal: stop.signal,
    report: (progress) => {
      told.push(progress);
      if (progress.done === 3) stop.abort();
    },
  });
  await assert.rejects(asked, (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'cancelled');
  assert.deepEqual(
    told.map(({ done, total }) => [done, total]),
    [0, 1, 2, 3].map((done) => [done, 26]),
  );
  const order: string[] = [];
  const whole = effectsOf(analyser, { run, analysis }, null, noWork).then(() => order.push('effects'));
  await analyser.analyse({ model: 'causal-lm-small', text: 'Once' }, noWork).then(() => order.push('other'));
  await whole;
  assert.deepEqual(order, ['other', 'effects']);
});

test('a result is kept for its run and position, and the last one is told', async () => {
  const run = { model: 'masked-lm-small', text: masked };
  const analysis = await analyser.analyse(run, noWork);
  const kept = new EffectsOfRuns(analyser);
  assert.equal(kept.known(run), null);
  let told = 0;
  const work = { signal: new AbortController().signal, report: () => (told += 1) };
  const first = await kept.of(run, analysis, 8, work);
  const runsTold = told;
  assert.equal(await kept.of(run, analysis, 8, work), first);
  assert.equal(told, runsTold, 'nothing runs again');
  const other = await kept.of(run, analysis, 2, work);
  assert.equal(kept.known(run), other);
  assert.equal(kept.known({ ...run, text: 'other' }), null);
});

test('files have them: a table by effect, JSON and CSV by part', async () => {
  const { analysis, effects } = await measured({ model: 'masked-lm-small', text: masked });
  const told = JSON.parse(effectsJson(effects, analysis));
  assert.deepEqual(Object.keys(told), [
    'model',
    'kind',
    'position',
    'hidden',
    'watched',
    'given',
    'before',
    'heads',
    'feedForward',
  ]);
  assert.deepEqual([told.position, told.heads.length, told.feedForward.length], [8, 20, 5]);
  assert.deepEqual(Object.keys(told.heads[0]), ['layer', 'head', 'kl', 'before', 'after', 'top']);
  const [header, ...records] = effectsCsv(effects, analysis).split('\r\n');
  assert.equal(header, 'map,layer,head,kl,before,after,top,top_probability');
  assert.equal(records.length, 26);
  assert.match(records[6] ?? '', /^attention,1,2,[\d.e-]+,[\d.e-]+,[\d.e-]+,/);
  const rows = effectsTable(effects, analysis)
    .split('\n')
    .slice(4, 29)
    .map((row) => Number(/ {2,}<?([\d.]+) /.exec(row)?.[1]));
  assert.deepEqual(
    rows,
    [...rows].sort((a, b) => b - a),
  );
  const file = JSON.parse([...jsonOf({ ...analysis, effects })].join(''));
  assert.deepEqual(file.effects.heads, told.heads);
  const edited = await measured({ model: 'masked-lm-small', text: masked, edits: [{ kind: 'mean', key: 2 }] });
  assert.deepEqual(JSON.parse(effectsJson(edited.effects, edited.analysis)).edits, ['mean 2']);
  const [names, ...lines] = effectsCsv(edited.effects, edited.analysis).split('\r\n');
  assert.equal(names, `${header},edited`);
  assert.ok(lines.slice(0, -1).every((line) => line.endsWith(',Edited run: mean 2')));
  assert.match(effectsTable(edited.effects, edited.analysis), /^masked-lm-small · .*\nEdited run: mean 2\n/);
  assert.equal(JSON.parse([...jsonOf(analysis)].join('')).effects, undefined);
});
