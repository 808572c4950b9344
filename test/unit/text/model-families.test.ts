import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { compare, contestOf } from './support/oracle.ts';
import { generatedText, hardTexts, randomSource } from './support/texts.ts';

const sets = new URL('../../../../shared/data/tokenizers/', import.meta.url);

/** The files of well-known models, as published; they are not part of the repository. */
const families = [
  'bert-base-uncased',
  'all-MiniLM-L6-v2',
  'gpt2',
  'roberta-base',
  'gpt-neox-20b',
  'phi-2',
  'whisper-tiny',
  'clip',
  'llama2',
  'phi-3',
  't5-small',
  'marian',
];

for (const name of families) {
  const file = new URL(`${name}/tokenizer.json`, sets);
  test(
    `${name}: ids and offsets equal the original library's`,
    { skip: existsSync(file) ? false : `${name} is not on this machine` },
    async () => {
      const contest = contestOf(name, file.pathname);
      const random = randomSource(20_261_124);
      const texts = [...hardTexts, ...Array.from({ length: 150 }, () => generatedText(random))];
      for (const text of texts) {
        const { ours, library } = await compare(contest, text);
        assert.equal(ours, library, JSON.stringify(text));
      }
      for (const [at, text] of hardTexts.entries()) {
        const { ours, library } = await compare(contest, text, hardTexts[hardTexts.length - 1 - at] ?? '');
        assert.equal(ours, library, `pair ${JSON.stringify(text)}`);
      }
    },
  );
}
