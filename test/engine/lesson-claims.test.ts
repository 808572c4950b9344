import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { GrammarEvidence } from '../../src/core/probe/evidence.ts';
import { parseProbeSentences } from '../../src/core/probe/sentences.ts';
import { foundIn } from '../../src/core/lesson/found.ts';
import type { LessonSentence } from '../../src/core/lesson/sentences.ts';
import { lessonModels } from '../../src/engine/run/lesson-models.ts';
import { probeHeads } from '../../src/engine/run/probe.ts';
import { translationFigures } from './support/figures.ts';
import { candidatesAtMask, says, sentencesOf, withAnalyser } from './support/lesson.ts';
import { mapNamed, noWork, root } from './support/models.ts';

/**
 * What the lesson says of many runs at once, measured anew: a chapter whose sentence does not have the number is to be
 * rewritten. What it says of single runs is in its own statements.
 */
const masked = 'masked-lm-small';

test('chapter 3: head 0.0 finds no subject in the sentences of chapter 1', async () => {
  const found = await withAnalyser((analyser) =>
    foundIn(
      { model: masked, head: { map: null, layer: 0, head: 0 }, title: null, sentences: sentencesOf(1, 'subjects') },
      lessonModels(analyser, noWork),
    ),
  );
  assert.equal(found.filter((one) => one.found).length, 0);
  says(3, 'In the form of chapter 1 it finds none');
});

test('chapter 3: what heads were measured to do', async () => {
  const sentences = parseProbeSentences(readFileSync(join(root, 'media', 'probe', 'english.tsv'), 'utf8'));
  says(3, `on ${sentences.length} English sentences`);
  const [small, causal] = await withAnalyser(async (analyser) => [
    await probeHeads(analyser, { model: masked }, sentences, noWork),
    await probeHeads(analyser, { model: 'causal-lm-small' }, sentences, noWork),
  ]);
  const per = (share: number): string => `${Math.round(share * 100)} %`;
  const grammar = (found: typeof small, name: string): readonly [string, GrammarEvidence] => {
    for (const [layer, heads] of found.heads.entries())
      for (const [head, roles] of heads.entries())
        for (const role of roles) if (role.kind === 'grammar' && role.name === name) return [`${layer}.${head}`, role];
    return assert.fail(`no head has ${name}`);
  };
  const roles = ['verb → subject', 'verb → object', 'determiner → noun', 'adjective → noun', 'preposition → object'];
  for (const name of [...roles, 'pronoun → antecedent']) {
    const [head, role] = grammar(small, name.replace('→', 'to').replaceAll(' ', '-'));
    const cells = [
      name,
      head,
      `${per(role.score)} of ${role.cases}`,
      per(role.baseline),
      per(role.notNeighbours.score),
    ];
    says(3, `| ${cells.join(' | ')} |`);
  }
  const [head, determiner] = grammar(causal, 'noun-to-determiner');
  const { score, cases, baseline } = determiner;
  says(
    3,
    `Head ${head} looks from a noun back to its determiner: ${per(score)} of ${cases}, ` +
      `where the best fixed offset finds ${per(baseline)}.`,
  );
  assert.deepEqual(
    causal.heads.flatMap((heads, layer) =>
      heads.flatMap((each, at) => (each.some(({ name }) => name === 'induction') ? [`${layer}.${at}`] : [])),
    ),
    ['1.0', '1.3'],
  );
  says(3, 'heads 1.0 and 1.3 became **induction heads**');
});

test('chapter 5: translation figures, and which word an article is written from', async () => {
  const names = {
    bahdanau: 'Bahdanau, additive',
    dot: 'Luong, dot',
    general: 'Luong, general',
    concat: 'Luong, concat',
  };
  for (const [kind, name] of Object.entries({ ...names, 'local-m': 'Luong, local-m', 'local-p': 'Luong, local-p' })) {
    const { exact, alignmentErrorRate } = translationFigures(`recurrent-${kind}`);
    says(5, `| ${name} | ${(exact * 100).toFixed(1)} % | ${alignmentErrorRate.toFixed(3)} |`);
  }
  const transformer = translationFigures('translation-small');
  assert.deepEqual(transformer.head, [1, 3]);
  says(
    5,
    `| Transformer, head 1.3 | ${(transformer.exact * 100).toFixed(1)} % | ` +
      `${transformer.alignmentErrorRate.toFixed(3)} |`,
  );
  await withAnalyser(async (analyser) => {
    for (const kind of ['dot', 'general', 'concat', 'local-m', 'local-p']) {
      const found = await foundIn(
        {
          model: `recurrent-${kind}`,
          head: { map: 'cross', layer: 0, head: 0 },
          title: null,
          sentences: sentencesOf(5, 'article-dot'),
        },
        lessonModels(analyser, noWork),
      );
      assert.equal(found.filter((one) => one.found).length, 10, kind);
    }
    says(5, "in 10 of 10, and so do the other four of Luong's");
    const analysis = await analyser.analyse(
      { model: 'recurrent-local-p', text: 'The old king sees the red horse.' },
      noWork,
    );
    const centre = mapNamed(analysis, 'cross').local?.centres[1] ?? NaN;
    says(5, `puts its window around place ${centre.toFixed(1)};`);
  });
});

test('chapter 8: a head finds the word more often than the model writes it', async () => {
  const nouns =
    'king man boy teacher farmer sailor cat dog horse bird fox queen girl woman doctor cook captain soldier ' +
    'priest thief';
  const all = nouns.split(' ');
  await withAnalyser(async (analyser) => {
    let written = 0;
    const sentences: LessonSentence[] = [];
    for (const noun of all) {
      const text = `The ${noun} lost the hat. The [MASK] lost the hat.`;
      if (candidatesAtMask(await analyser.analyse({ model: masked, text }, noWork))[0]?.text.trim() === noun) written++;
      sentences.push({ query: { word: '[MASK]', turn: 1 }, key: { word: noun, turn: 1 }, text, line: 0 });
    }
    const head = { map: null, layer: 1, head: 3 };
    const found = await foundIn({ model: masked, head, title: null, sentences }, lessonModels(analyser, noWork));
    const looks = found.filter((one) => one.found).length;
    says(8, `this head looks most at the right one in ${looks}, and the model writes the right one in ${written}.`);
  });
});
