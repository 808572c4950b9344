import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Listed } from '../../../src/host/sidebar/row-words.ts';
import '../support/vscode.ts';

const { listedWords } = await import('../../../src/host/sidebar/row-words.ts');

const one: Listed = {
  modelName: 'masked-lm-small',
  tokenCount: 11,
  stale: false,
  edited: false,
  file: 'notes.md',
  line: 2,
  column: 0,
  target: null,
};

describe('An analysis in a list', () => {
  it('names model, file, line and size', () => {
    assert.equal(listedWords(one, [one]), 'masked-lm-small · notes.md:3 · 11 tokens');
    assert.equal(
      listedWords({ ...one, stale: true, tokenCount: 1 }, [one]),
      'text changed · masked-lm-small · notes.md:3 · 1 token',
    );
  });

  it('is told from every other that begins with the same words', () => {
    const all: Listed[] = [
      one,
      { ...one, modelName: 'causal-lm-small' },
      { ...one, file: 'other.md' },
      { ...one, line: 7 },
      { ...one, column: 40 },
      { ...one, target: 'el gato' },
      { ...one, target: 'un perro' },
      { ...one, tokenCount: 12 },
      { ...one, edited: true },
    ];
    const words = all.map((listed) => listedWords(listed, all));
    assert.equal(new Set(words).size, all.length, words.join('\n'));
    assert.match(words[4] ?? '', /notes\.md:3:41/);
  });
});
