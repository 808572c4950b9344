import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { contestFrom, contestOf, type Contest } from './support/oracle.ts';
import { decoderFixtures } from './support/fixtures.ts';
import { hardTexts, randomSource } from './support/texts.ts';

const sets = new URL('../../../../shared/data/tokenizers/', import.meta.url);
const families = ['bert-base-uncased', 'gpt2', 'roberta-base', 'clip', 'phi-3', 't5-small', 'marian'];

for (const name of families) {
  const file = new URL(`${name}/tokenizer.json`, sets);
  test(
    `${name}: ids are decoded as by the original library`,
    { skip: existsSync(file) ? false : `${name} is not on this machine` },
    () => assertDecodes(contestOf(name, file.pathname)),
  );
}

for (const fixture of decoderFixtures) {
  test(`${fixture.name}: ids are decoded as by the original library`, () =>
    assertDecodes(contestFrom(fixture.name, JSON.stringify(fixture.json))));
}

async function assertDecodes(contest: Contest): Promise<void> {
  const random = randomSource(7);
  const anyId = (): number => Math.floor(random() * Math.min(contest.library.getVocabSize(), 1000));
  for (const text of hardTexts) {
    const ids = [...contest.ours.encode(text).tokens.map((token) => token.id), anyId(), anyId(), anyId()];
    for (const skipSpecialTokens of [true, false]) {
      assert.equal(
        contest.ours.decode(ids, { skipSpecialTokens }),
        await contest.library.decode(ids, skipSpecialTokens),
        JSON.stringify(text),
      );
    }
  }
}
