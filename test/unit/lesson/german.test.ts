import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readChapter } from '../../../src/core/lesson/chapter.ts';

const lesson = join(import.meta.dirname, '../../../media/lesson');
const read = (language: string, file: string): string => readFileSync(join(lesson, language, file), 'utf8');

/** Fences and statements of a chapter, without the lines that are translated. */
function liveOf(text: string): string[] {
  return [...text.matchAll(/^```(?:attention|question|sentences|by-hand)\n.*?^```$|<!-- holds:.*?-->/gmsu)].map(
    ([all]) => {
      const lines = all.split('\n');
      const isChoice = lines.includes('kind: choice');
      const translated = isChoice ? /^(?:title|ask|option|reason|hint|answer): / : /^(?:title|ask|reason|hint): /;
      return lines.filter((line) => !translated.test(line)).join('\n');
    },
  );
}

describe('the lesson in German', () => {
  for (const file of readdirSync(join(lesson, 'german'))) {
    it(`runs and states in ${file} what the English chapter does`, () => {
      const text = read('german', file);
      const [german, english] = [readChapter(text), readChapter(read('english', file))];
      assert.deepEqual(german.problems, []);
      assert.deepEqual(liveOf(text), liveOf(read('english', file)));
      assert.deepEqual([german.language, german.number], ['de', english.number]);
      assert.notEqual(german.title, undefined);
      for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+\.md)\)/gu))
        assert.ok(existsSync(join(lesson, 'german', target)), target);
    });

    it(`gives in ${file} the same values in reasons`, () => {
      const reasons = (of: string): (readonly string[])[] =>
        [...of.matchAll(/^reason: .*$/gmu)].map(([line]) =>
          [...line.matchAll(/\{[^{}]*\}/gu)].map(([all]) => all).sort(),
        );
      assert.deepEqual(reasons(read('german', file)), reasons(read('english', file)));
    });

    it(`shows in ${file} the same words of the text`, () => {
      const marks = (of: string): string[] => [...of.matchAll(/\]\((#[^)]*)\)/gu)].map(([, mark = '']) => mark).sort();
      assert.deepEqual(marks(read('german', file)), marks(read('english', file)));
    });

    it(`has in ${file} the numbers of the English chapter`, () => {
      const numbers = (of: string): string[] =>
        [...of.replaceAll(/```.*?```|<!--.*?-->/gsu, ' ').matchAll(/(?<![\w.])\d+\.\d+(?!\w|\.\d)/gu)]
          .map(([one]) => one)
          .sort();
      assert.deepEqual(numbers(read('german', file)), numbers(read('english', file)));
    });
  }
});
