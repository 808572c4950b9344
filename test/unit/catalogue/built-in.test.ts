import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { aboutBuiltIn, builtIns, readsGrammar } from '../../../src/core/catalogue/built-in.ts';

const models = join(import.meta.dirname, '../../../models');
const names = readdirSync(models, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

describe('The models that ship, in words', () => {
  it('are all described: what each is, what it reads, and a sentence to try', () => {
    assert.deepEqual(Object.keys(builtIns).sort(), names);
    for (const { examples } of Object.values(builtIns)) assert.ok(examples.every((example) => example.length > 10));
    const abouts = names.map(aboutBuiltIn);
    for (const about of abouts) assert.match(about ?? '', /^[A-Z].*\. Reads .*\.$/);
    assert.match(aboutBuiltIn('recurrent-local-p') ?? '', /Luong.*local-p/);
    assert.equal(new Set(abouts).size, names.length);
    assert.equal(aboutBuiltIn('constructor'), null);
  });

  it('have examples of words that they know', () => {
    for (const name of names.filter(readsGrammar)) {
      const { model } = JSON.parse(readFileSync(join(models, name, 'tokenizer.json'), 'utf8')) as {
        model: { vocab: Record<string, number> };
      };
      for (const example of builtIns[name]?.examples ?? []) {
        for (const word of example.split(' ')) assert.ok(word in model.vocab, `${name}: ${word}`);
      }
    }
    assert.deepEqual(
      names.filter((name) => !readsGrammar(name)),
      ['causal-lm-small', 'masked-lm-medium', 'masked-lm-small'],
    );
  });
});
