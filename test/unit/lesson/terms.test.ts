import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isLesson, readChapter } from '../../../src/core/lesson/chapter.ts';
import { termAnchor, termOfLink, termsHtml } from '../../../src/core/lesson/terms.ts';

const lesson = join(import.meta.dirname, '../../../media/lesson');

describe('terms of the glossary in lessons', () => {
  for (const language of ['english', 'german'])
    for (const file of readdirSync(join(lesson, language)))
      it(`${language}/${file} links the terms that it uses, each where it comes first`, () => {
        const { terms } = readChapter(readFileSync(join(lesson, language, file), 'utf8'));
        const names = terms.map(({ term }) => term);
        assert.ok(names.length >= 4, names.join(', '));
        assert.deepEqual(names, [...new Set(names)]);
      });

  for (const [language, words] of [
    ['english', 'package.nls.json'],
    ['german', 'package.nls.de.json'],
  ] as const)
    it(`the commands that chapters in ${language} name are those of the palette`, () => {
      const titles = Object.values(
        JSON.parse(readFileSync(join(lesson, '../..', words), 'utf8')) as Readonly<Record<string, string>>,
      );
      const named = readdirSync(join(lesson, language)).flatMap((file) =>
        [...readFileSync(join(lesson, language, file), 'utf8').matchAll(/\*\*Attention: ([^*]+)\*\*/gu)].map(
          ([, title = '']) => title,
        ),
      );
      assert.ok(named.length > 1);
      assert.deepEqual(
        named.filter((title) => !titles.includes(title)),
        [],
      );
    });

  it('a word is one by its target; another target is a problem where it stands', () => {
    const { terms, problems, ...chapter } = readChapter('A [*query*](#term=query) and [one](#term=qery).');
    assert.deepEqual(terms, [{ line: 0, start: 2, end: 24, wordStart: 3, wordEnd: 10, term: 'query' }]);
    assert.deepEqual(
      problems.map(({ start, end }) => [start, end]),
      [[29, 46]],
    );
    assert.ok(isLesson({ ...chapter, terms, problems: [] }));
  });

  it('a page leads to what a term means, as text', () => {
    assert.equal(termOfLink('#term=residual-stream'), 'residual-stream');
    for (const other of ['#term=', '#term=x', '#token=query', 'query', '#term=query&token=a'])
      assert.equal(termOfLink(other), null);
    const html = termsHtml(['query', 'score']);
    assert.ok(html.includes(`<dt id="${termAnchor('query').slice(1)}">query</dt><dd>`));
    assert.equal(html.match(/<dd>/gu)?.length, 2);
  });
});
