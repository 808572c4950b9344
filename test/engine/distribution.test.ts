import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import type { Distribution } from '../../src/core/prediction/distribution.ts';
import type { Drawing } from '../../src/core/prediction/sample.ts';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { builtInModels, fixture, idsOf, noWork, root } from './support/models.ts';

const analyser = new Analyser(
  { models: builtInModels, store: join(root, 'test-results', 'no-store') },
  () => undefined,
);
const folder = mkdtempSync(join(tmpdir(), 'distribution-'));
after(async () => {
  await analyser.dispose();
  rmSync(folder, { recursive: true });
});

async function told(run: RunSpec, token: number, drawing: Drawing = {}): Promise<[Analysis, Distribution]> {
  const analysis = await analyser.analyse(run, noWork);
  const found = await analyser.distribution(run, analysis, token, drawing, noWork);
  assert.ok(found);
  return [analysis, found];
}

function near(a: number | undefined, b: number | undefined): void {
  assert.ok(Math.abs((a ?? NaN) - (b ?? NaN)) < 1e-9, `${a} is not ${b}`);
}

/** What temperature and top-k make of probabilities, from all of a vocabulary. */
function shaped(probabilities: readonly number[], temperature: number, topK: number): number[] {
  const powers = probabilities.slice(0, topK).map((one) => one ** (1 / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return probabilities.map((_, at) => (powers[at] ?? 0) / sum);
}

const text = 'The captain looked at the';

test('the numbers at a token are those of the prediction, and those that a draw has', async () => {
  const run = { model: 'causal-lm-small', text };
  const analysis = await analyser.analyse(run, noWork);
  const [prediction] = analysis.predictions ?? [];
  assert.ok(prediction?.kind === 'next');
  for (const [index, step] of prediction.steps.entries()) {
    const found = await analyser.distribution(run, analysis, index + 1, {}, noWork);
    assert.ok(found);
    step.candidates.forEach((candidate, at) => {
      assert.deepEqual([found.candidates[at]?.id, found.candidates[at]?.text], [candidate.id, candidate.text]);
      near(found.candidates[at]?.probability, candidate.probability);
      near(found.candidates[at]?.drawn, candidate.probability);
    });
    if (step.followed) near(found.followed?.probability, step.followed.probability);
    assert.equal(found.followed?.rank, step.followed?.rank);
    assert.equal(found.kept, prediction.vocabulary);
  }
  const end = prediction.steps.length;
  const found = await analyser.distribution(run, analysis, end, { temperature: 0.6, topK: 4 }, noWork);
  const expected = shaped(found?.candidates.map(({ probability }) => probability) ?? [], 0.6, 4);
  assert.equal(found?.candidates.length, 10);
  found?.candidates.forEach(({ drawn }, at) => near(drawn, expected[at]));
  assert.equal(found?.kept, 4);
  assert.equal(await analyser.distribution(run, analysis, end + 1, {}, noWork), null, 'nothing is predicted there');
  assert.equal(await analyser.distribution(run, analysis, 0, {}, noWork), null);
});

test('masks have their distribution, texts without masks none', async () => {
  const [, found] = await told({ model: 'masked-lm-small', text: 'The cat [MASK] the fish.' }, 3);
  assert.equal(found.candidates.length, 10);
  assert.equal(found.followed, null);
  const run = { model: 'masked-lm-small', text: 'The cat ate.' };
  assert.equal(await analyser.distribution(run, await analyser.analyse(run, noWork), 3, {}, noWork), null);
});

for (const [model, ahead] of [
  ['translation-small', 1],
  ['recurrent-bahdanau', 0],
] as const)
  test(`each step of ${model} has the distribution that its word was taken from`, async () => {
    const run = { model, text: 'the old king sees the red horse .' };
    const analysis = await analyser.analyse(run, noWork);
    const ids = idsOf(analysis, 1);
    for (let token = ahead; token < ids.length; token++) {
      const found: Distribution | null = await analyser.distribution(run, analysis, token, {}, noWork);
      assert.equal(found?.candidates[0]?.id, ids[token], `token ${token}`);
      assert.equal(found?.followed?.rank, 0);
    }
  });

test('what a rule of the model forbids is told by its probability, and is not drawn', async () => {
  const run = { model: fixture('tiny-decoder'), text: 'the cat that was' };
  const [, free] = await told(run, 4);
  const best = free.candidates[0];
  const model = join(folder, 'suppressed');
  cpSync(run.model, model, { recursive: true });
  writeFileSync(join(model, 'generation_config.json'), JSON.stringify({ suppress_tokens: [best?.id] }));
  const [, found] = await told({ ...run, model }, 4);
  assert.equal(found.candidates[0]?.id, best?.id);
  near(found.candidates[0]?.probability, best?.probability);
  assert.equal(found.candidates[0]?.drawn, 0);
  assert.equal(found.kept, free.kept - 1);
  near(found.candidates[1]?.drawn, (found.candidates[1]?.probability ?? NaN) / (1 - (best?.probability ?? NaN)));
});

test('writing on in pieces writes what writing at once does, drawn or not', async () => {
  for (const [model, source] of [
    ['causal-lm-small', text],
    ['translation-small', 'the old king sees the red horse .'],
    ['recurrent-dot', 'the old king sees the red horse .'],
  ] as const) {
    const sequence = model === 'causal-lm-small' ? 0 : 1;
    for (const sampling of [undefined, { seed: 3, temperature: 1.3 }]) {
      const spec = { model, text: source };
      const written = async (tokens: number, before: readonly number[]): Promise<readonly number[]> => {
        const spoken = { tokens, ...(sampling ? { sampling } : {}), ...(before.length > 0 ? { written: before } : {}) };
        const { sequences } = await analyser.analyse({ ...spec, continue: spoken }, noWork);
        const { tokens: all = [], generatedFrom = all.length } = sequences[sequence] ?? {};
        return all.slice(generatedFrom).map(({ id }) => id);
      };
      const whole = await written(4, []);
      const two = await written(2, []);
      assert.deepEqual(two, whole.slice(0, 2), `${model}: the first two`);
      assert.deepEqual(await written(2, two), whole, `${model}: and the next two`);
      assert.deepEqual(await written(0, whole.slice(0, 3)), whole.slice(0, 3), `${model}: as it was`);
    }
  }
});

test('what is written is told as it is written', async () => {
  const details: string[] = [];
  const run = { model: 'causal-lm-small', text, continue: { tokens: 4 } };
  const { sequences } = await analyser.analyse(run, {
    ...noWork,
    report: ({ detail }) => {
      if (detail !== undefined) details.push(detail);
    },
  });
  const whole = sequences[0]?.text.slice(text.length) ?? '';
  assert.ok(details.length > 2);
  assert.equal(details[0], '');
  details.forEach((detail) => assert.ok(whole.startsWith(detail), `${detail} begins ${whole}`));
  assert.ok((details.at(-1)?.length ?? 0) > (details[1]?.length ?? 0));
});
