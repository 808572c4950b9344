import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { builtIns } from '../../src/core/catalogue/built-in.ts';
import { catalogue } from '../../src/core/catalogue/catalogue.ts';
import { termNamed } from '../../src/core/glossary/entry.ts';
import { isRight, reasonOfAnswer, rightAnswer, wordChoices } from '../../src/core/lesson/answers.ts';
import { scopeAt, scopeOf } from '../../src/core/lesson/evaluate.ts';
import { fenceFor } from '../../src/core/lesson/chapter.ts';
import { isShown, movedTo, selectionOf } from '../../src/core/lesson/looks.ts';
import { checkChapter } from '../../src/core/lesson/check.ts';
import { lessonModels } from '../../src/engine/run/lesson-models.ts';
import { allChapters, chapters, codeOf, lesson, proseOf, withAnalyser } from './support/lesson.ts';
import { noWork } from './support/models.ts';

const programs = join(lesson, 'programs');

test('what the chapters say of numbers holds on the models that ship', async () => {
  await withAnalyser(async (analyser) => {
    const models = lessonModels(analyser, noWork);
    const wrong: string[] = [];
    for (const { file, chapter } of chapters) {
      for (const { line, message } of chapter.problems) wrong.push(`${file}:${line + 1} ${message}`);
      for (const { statement, holds, says } of await checkChapter(chapter, models))
        if (!holds) wrong.push(`${file}:${statement.line + 1} ${says}\n  ${statement.says?.text ?? ''}`);
    }
    assert.deepEqual(wrong, []);
  });
});

test('every picture and every word of the text shows what it names', async () => {
  await withAnalyser(async (analyser) => {
    const models = lessonModels(analyser, noWork);
    let words = 0;
    for (const { file, text, chapter } of chapters) {
      for (const fence of chapter.fences) {
        if (fence.kind !== 'attention' || !(fence.picture.run.model in builtIns)) continue;
        const { info } = await models.run(fence.picture.run);
        assert.ok(selectionOf(fence.picture, info), `${file}:${fence.first + 1}`);
      }
      // A link that is not read as a word of the lesson would lead nowhere.
      assert.equal(chapter.marks.length + chapter.terms.length, [...text.matchAll(/\]\(#/gu)].length, file);
      for (const mark of chapter.marks) {
        const fence = fenceFor(chapter, mark.line) ?? assert.fail(`${file}:${mark.line + 1}`);
        const { info } = await models.run(fence.picture.run);
        const now = selectionOf(fence.picture, info);
        const place = `${file}:${mark.line + 1} ${text.split('\n')[mark.line]?.slice(mark.start, mark.end)}`;
        assert.doesNotThrow(() => movedTo(mark, now, info), place);
        assert.ok(mark.symbol !== null || isShown(mark, movedTo(mark, now, info), info), place);
        words++;
      }
    }
    assert.ok(words > 30);
  });
});

test('every question has an answer that can be given, and a reason', async () => {
  await withAnalyser(async (analyser) => {
    const models = lessonModels(analyser, noWork);
    for (const { file, chapter } of allChapters) {
      const questions = chapter.fences.filter((fence) => fence.kind === 'question');
      assert.ok(questions.length >= 2 && questions.length <= 5, `${file} has ${questions.length} questions`);
      for (const { question, first } of questions) {
        const scope = scopeOf(question, scopeAt(chapter, first, models));
        const right = await rightAnswer(question, scope);
        const subject = question.kind === 'word' ? (scope.subject(null) ?? assert.fail()) : null;
        const choices = subject ? wordChoices(await models.run(subject.run), subject) : question.options;
        if (typeof right === 'number') assert.ok(isRight(question, right.toFixed(4), right), question.ask);
        else assert.equal(choices.filter((choice) => isRight(question, choice, right)).length, 1, question.ask);
        const place = `${file}:${first + 1}`;
        const reason = await reasonOfAnswer(question, scope).catch((thrown: unknown) =>
          assert.fail(`${place} ${String(thrown)}`),
        );
        assert.ok(reason.length > 0, place);
      }
    }
  });
});

test('the lesson has nine chapters of a few screens, in order', () => {
  assert.deepEqual(
    chapters.map(({ chapter }) => chapter.number),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  for (const one of chapters) {
    const words = proseOf(one).split(' ').length;
    assert.ok(words >= 500 && words <= 1300, `${one.file} has ${words} words`);
    assert.equal(one.chapter.language, 'en');
  }
});

test('links of the chapters lead to files, and models are built in or of the catalogue', () => {
  const known = new Set<string>([...Object.keys(builtIns), ...catalogue.map(({ id }) => id)]);
  for (const { file, text, chapter } of chapters) {
    for (const [, target = ''] of text.matchAll(/\]\((?!#|https:)([^)\s]+)\)/gu)) {
      assert.ok(existsSync(join(lesson, 'english', target)), `${file}: ${target}`);
      // An opened lesson is a copy of this folder, and of nothing outside it.
      assert.ok(join(lesson, 'english', target).startsWith(lesson), `${file}: ${target}`);
    }
    for (const fence of chapter.fences) {
      if (fence.kind === 'attention') assert.ok(known.has(fence.picture.run.model), fence.picture.run.model);
      if (fence.kind === 'sentences') assert.ok(known.has(fence.sentences.model), fence.sentences.model);
    }
  }
});

test('code that the chapters quote stands in the programs', () => {
  const sources = readdirSync(programs)
    .filter((file) => /\.(ts|py)$/u.test(file))
    .map((file) => flat(readFileSync(join(programs, file), 'utf8')));
  let quoted = 0;
  for (const one of chapters)
    for (const code of [...codeOf(one, 'ts'), ...codeOf(one, 'python')]) {
      assert.ok(
        sources.some((source) => source.includes(flat(code))),
        `${one.file} quotes what is in no program:\n${code}`,
      );
      quoted++;
    }
  assert.ok(quoted > 5);
});

test('terms that the chapters introduce are those of the glossary', () => {
  const introduced =
    'attention heads query key value temperature mask encoder decoder tokens vocabulary embedding logits unembedding sink';
  const longer = ['causal mask', 'cross-attention', 'induction heads', 'recurrent network', 'layer norm'];
  const others = ['residual stream', 'output projection', 'KL divergence', 'no-op'];
  const text = chapters.map(proseOf).join(' ').toLowerCase();
  for (const term of [...introduced.split(' '), ...longer, ...others]) {
    assert.ok(text.includes(`**${term.toLowerCase()}**`), `no chapter introduces ${term}`);
    assert.ok(termNamed(term), `${term} is not in the glossary`);
  }
});

/** Lines without their indentation. */
function flat(code: string): string {
  return code
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
