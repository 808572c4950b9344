import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { headOf } from '../../src/core/attention/map.ts';
import { causalFigures, maskedFigures, type Link } from './support/figures.ts';
import { analysed, mapNamed } from './support/models.ts';

/**
 * The masked models that ship, and the least share of the masked pieces that each has to find: 80/10/10, and always
 * shown as [MASK].
 */
const maskedModels = [
  ['masked-lm-small', 0.425, 0.373],
  ['masked-lm-medium', 0.47, 0.41],
] as const;

for (const [model, least, leastMaskOnly] of maskedModels) {
  test(`${model}: fills the masks of held-out sentences as it was measured when it was made`, async () => {
    const { topTen, sample, sampleRight } = maskedFigures(model);
    const [hungry, ...others] = await analysed(model, [
      'The cat that was hungry ate the [MASK].',
      ...sample.map(({ masked }) => masked),
    ]);
    assert.deepEqual(wordsFor(hungry), topTen);
    assert.equal(others.filter((analysis, index) => wordsFor(analysis)[0] === sample[index]?.word).length, sampleRight);
  });

  test(`${model}: heads do on held-out sentences what they were measured to do`, async () => {
    const { roles, sample } = maskedFigures(model);
    const analyses = await analysed(
      model,
      sample.map(({ text }) => text),
    );
    for (const [name, keyOf] of keys) {
      const role = roles[name];
      assert.ok(role, name);
      const score = shareOn(analyses, role, keyOf);
      assert.ok(Math.abs(score - role.score) < 1e-4, `${name}: ${score} and ${role.score}`);
    }
  });

  test(`${model}: is as good as it has to be`, () => {
    const { accuracy, accuracyMaskOnly, topTen, roles, grammar } = maskedFigures(model);
    assert.ok(
      accuracy >= least && accuracyMaskOnly >= leastMaskOnly,
      `${accuracy}, ${accuracyMaskOnly} of the masked pieces`,
    );
    assert.ok(
      topTen.slice(0, 5).some((word) => eaten.has(word)),
      topTen.join(),
    );
    const best = (...names: string[]): number => Math.max(...names.map((name) => roles[name]?.score ?? 0));
    for (const names of [['previous'], ['next'], ['self', 'same token'], ['separator [SEP]'], ['broad']])
      assert.ok(best(...names) >= 0.5, `${names.join()} ${best(...names)}`);
    for (const [kind, share, minApart] of [
      ['subject', 0.86, 0.86],
      ['object', 0.85, 0.86],
      ['determiner', 0.92, 0],
      ['adjective', 0.92, 0],
      ['far-subject', 0.9, 0.9],
    ] as const)
      assertKnown(grammar[kind], kind, share, minApart);
  });
}

test('causal-lm-small: a head looks from a verb back to its subject', () => {
  assertKnown(causalFigures('causal-lm-small').grammar['subject'], 'subject', 0.75, 0.75);
});

/**
 * A head finds a kind of link in so many of the words, and of those that are not neighbours, better than a fixed offset
 * does.
 */
function assertKnown(found: Link | undefined, kind: string, least: number, minApart: number): void {
  const { share, offsetShare, farShare = NaN, farOffsetShare = NaN } = found ?? assert.fail(kind);
  assert.ok(share >= least && share > offsetShare, `${kind}: ${share}, a fixed offset ${offsetShare}`);
  assert.ok(
    farShare >= minApart && farShare > farOffsetShare,
    `${kind}, not neighbours: ${farShare}, ${farOffsetShare}`,
  );
}

test('causal-lm-small: expects a held-out text as much as was measured when it was made, and more than a trigram model does', async () => {
  const { perplexity, trigram, text, textPerplexity } = causalFigures('causal-lm-small');
  assert.ok(perplexity < 0.9 * trigram, `${perplexity}, trigram ${trigram}`);
  const [{ predictions = [] }] = await analysed('causal-lm-small', [text]);
  const next = predictions.find((prediction) => prediction.kind === 'next') ?? assert.fail();
  // The first two pieces are given, as they are to the trigram model.
  const lost = next.steps.slice(1).flatMap(({ followed }) => (followed ? [-Math.log(followed.probability)] : []));
  const found = Math.exp(lost.reduce((sum, one) => sum + one, 0) / lost.length);
  assert.ok(Math.abs(found / textPerplexity - 1) < 1e-3, `${found} and ${textPerplexity}`);
});

test('causal-lm-small: a head looks behind the earlier place of what is said twice', async () => {
  const { induction, repeated, repeatedInduction } = causalFigures('causal-lm-small');
  assert.ok(induction.score >= 0.4, `${induction.score} on random pieces`);
  const [analysis] = await analysed('causal-lm-small', [repeated]);
  const {
    shape: [, , length],
  } = mapNamed(analysis, 'attention');
  const half = length / 2;
  const weights = headOf(mapNamed(analysis, 'attention'), induction.layer, induction.head);
  let sum = 0;
  for (let query = half; query < length; query++) sum += weights[query * length + query - half + 1] ?? NaN;
  assert.ok(Math.abs(sum / half - repeatedInduction) < 1e-4, `${sum / half} and ${repeatedInduction}`);
});

/** What a hungry cat could have eaten, of the words that a model of old stories knows. */
const eaten = new Set([
  'food',
  'meat',
  'bread',
  'fish',
  'milk',
  'cheese',
  'butter',
  'meal',
  'dinner',
  'supper',
  'breakfast',
  'soup',
  'cake',
  'fruit',
  'egg',
  'eggs',
  'apple',
  'apples',
  'honey',
  'grass',
  'cat',
  'dog',
  'bird',
  'birds',
  'mouse',
  'mice',
  'rat',
  'rats',
  'cats',
  'dogs',
  'horses',
  'horse',
  'cow',
  'pig',
  'sheep',
  'hen',
  'chicken',
  'duck',
  'rabbit',
  'wolf',
  'fox',
  'bear',
  'lion',
  'animal',
  'animals',
  'beast',
]);

/** Where a row's head is said to look; outside the text where that row has no such place. */
const keys = new Map<string, (query: number, length: number) => number>([
  ['previous', (query) => query - 1],
  ['next', (query) => query + 1],
  ['two back', (query) => query - 2],
  ['two ahead', (query) => query + 2],
  ['self', (query) => query],
  ['first [CLS]', () => 0],
  ['separator [SEP]', (_, length) => length - 1],
]);

/** The likeliest pieces for the one mask. */
function wordsFor({ predictions = [] }: Analysis): string[] {
  const masked = predictions.find((prediction) => prediction.kind === 'masked');
  return masked?.places[0]?.candidates.map(({ text }) => text.trim()) ?? [];
}

/** The share of the head's attention that lies where `keyOf` says, over all rows that have such a place. */
function shareOn(
  analyses: readonly Analysis[],
  { layer, head }: { layer: number; head: number },
  keyOf: (query: number, length: number) => number,
): number {
  let [sum, rows] = [0, 0];
  for (const analysis of analyses) {
    const map = mapNamed(analysis, 'attention');
    const weights = headOf(map, layer, head);
    const length = map.shape[3];
    for (let query = 0; query < length; query++) {
      const key = keyOf(query, length);
      if (key < 0 || key >= length) continue;
      sum += weights[query * length + key] ?? NaN;
      rows += 1;
    }
  }
  return sum / rows;
}
