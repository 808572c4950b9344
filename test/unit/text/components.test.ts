import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, contestFrom } from './support/oracle.ts';
import { fixtures } from './support/fixtures.ts';
import { generatedText, hardTexts, randomSource } from './support/texts.ts';

for (const fixture of fixtures) {
  test(`${fixture.name}: ids and offsets equal the original library's`, async () => {
    const contest = contestFrom(fixture.name, JSON.stringify(fixture.json));
    const random = randomSource(fixture.name.length);
    for (const text of [...hardTexts, ...Array.from({ length: 40 }, () => generatedText(random, 8))]) {
      const { ours, library } = await compare(contest, text);
      assert.equal(ours, library, JSON.stringify(text));
    }
  });
}
