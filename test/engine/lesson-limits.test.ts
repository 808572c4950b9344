import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { foundIn } from '../../src/core/lesson/found.ts';
import type { LessonSentence } from '../../src/core/lesson/sentences.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import type { Analyser } from '../../src/engine/run/analyser.ts';
import { lessonModels } from '../../src/engine/run/lesson-models.ts';
import { candidatesAtMask, says, sentencesOf, withAnalyser } from './support/lesson.ts';
import { mapNamed, noWork } from './support/models.ts';

/** What chapter 9 says of many runs: weights against what the model does without a head. */
const model = 'masked-lm-small';
const [layers, heads] = [5, 4];
const nouns = [
  ...['dog', 'cat', 'king', 'girl', 'boy', 'farmer', 'teacher', 'soldier', 'horse', 'bird', 'queen', 'doctor'],
  ...['servant', 'thief', 'sailor', 'mother', 'captain', 'lady', 'priest', 'cook'],
];
const between = ['house', 'river', 'garden', 'door', 'tree', 'wall', 'gate', 'ship', 'window', 'road'];
const plurals: Readonly<Record<string, string>> = { thief: 'thieves', lady: 'ladies' };

function off(layer: number, head: number): Edit[] {
  return [{ kind: 'off', layer, head }];
}

/** Whether a model finds *was* more likely than *were* at the gap. */
function isSingular(analysis: Analysis): boolean {
  const of = (word: string): number =>
    candidatesAtMask(analysis).find(({ text }) => text.trim() === word)?.probability ?? 0;
  return of('was') > of('were');
}

/** How far switching a head off moves the prediction at the gap, in nats. */
async function effectOf(analyser: Analyser, text: string, layer: number, head: number): Promise<number> {
  const { change } = await analyser.analyse({ model, text, edits: off(layer, head) }, noWork);
  return change?.kl ?? assert.fail();
}

test('chapter 9: the head for subjects finds the subject, and the verb agrees with the nearest noun', async () => {
  await withAnalyser(async (analyser) => {
    const sentences: LessonSentence[] = [];
    const [agree, plain, without] = [
      [0, 0],
      [0, 0],
      [0, 0],
    ];
    const count = (to: number[], is: boolean): void => void (to[is ? 0 : 1] = (to[is ? 0 : 1] ?? 0) + 1);
    for (const [at, noun] of nouns.entries())
      for (const isPlural of [false, true]) {
        const other = between[at % between.length] ?? assert.fail();
        const subject = isPlural ? (plurals[noun] ?? `${noun}s`) : noun;
        const text = `The ${subject} near the ${isPlural ? other : `${other}s`} [MASK] hungry.`;
        sentences.push({ query: { word: '[MASK]', turn: 1 }, key: { word: subject, turn: 1 }, text, line: 0 });
        count(agree, isSingular(await analyser.analyse({ model, text }, noWork)) !== isPlural);
        const near = { model, text: `The ${subject} [MASK] hungry.` };
        count(plain, isSingular(await analyser.analyse(near, noWork)) !== isPlural);
        count(without, isSingular(await analyser.analyse({ model, text, edits: off(0, 0) }, noWork)));
      }
    const head = { map: null, layer: 4, head: 1 };
    const found = await foundIn({ model, head, title: null, sentences }, lessonModels(analyser, noWork));
    const looks = found.filter((one) => one.found).length;
    says(9, `Head 4.1 looks most at the subject in **${looks} of ${sentences.length}**.`);
    says(9, `The verb agrees with the subject in **${agree[0]} of ${sentences.length}**.`);
    says(9, `Without the phrase in between it agrees in ${plain[0]} of ${sentences.length}.`);
    assert.equal(without[0], sentences.length);
    says(9, 'Switch the head off in all forty sentences, and it writes _was_ in all forty');
  });
});

test('chapter 9: weights tell nothing of the effect', async () => {
  await withAnalyser(async (analyser) => {
    const correlations: number[] = [];
    const effects = { verb: 0, object: 0 };
    const sentences = sentencesOf(1, 'subjects');
    for (const { query, text } of sentences) {
      const verb = 'word' in query ? query.word : assert.fail();
      const withoutVerb = text.replace(` ${verb} `, ' [MASK] ');
      const withoutObject = text.replace(/\w+\.$/u, '[MASK].');
      effects.verb += await effectOf(analyser, withoutVerb, 4, 1);
      effects.object += await effectOf(analyser, withoutObject, 4, 1);
      const analysis = await analyser.analyse({ model, text: withoutObject }, noWork);
      const { weights, shape } = mapNamed(analysis, 'attention');
      const row = analysis.sequences[0]?.tokens.findIndex((token) => token.text === '[MASK]') ?? -1;
      assert.ok(row > 0);
      const largest: number[] = [];
      const moved: number[] = [];
      for (let layer = 0; layer < layers; layer++)
        for (let head = 0; head < heads; head++) {
          const start = ((layer * heads + head) * shape[2] + row) * shape[3];
          largest.push(Math.max(...weights.subarray(start, start + shape[3])));
          moved.push(await effectOf(analyser, withoutObject, layer, head));
        }
      correlations.push(correlation(ranks(largest), ranks(moved)));
    }
    const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
    const [verb, object] = [effects.verb / sentences.length, effects.object / sentences.length];
    says(9, `moves the prediction by ${verb.toFixed(2)} on average; with the object hidden, by ${object.toFixed(3)}.`);
    says(9, `It is ${mean(correlations).toFixed(2).replace('-', '−')} on average`);
  });
});

/** The place of each number among them all, from 0. */
function ranks(numbers: readonly number[]): number[] {
  return numbers.map((number) => numbers.filter((other) => other < number).length);
}

/** Pearson's correlation; of ranks it is Spearman's. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const [x, y] = [a, b].map((numbers) => numbers.map((number) => number - mean(numbers)));
  const dot = (left: readonly number[] = [], right: readonly number[] = []): number =>
    left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}
