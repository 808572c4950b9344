import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFingerprint, fingerprint } from '../../../src/core/document/fingerprint.ts';
import { generatedText, randomSource } from '../text/support/texts.ts';

/** The place of `part` that is nearest to `near`, found one by one. */
function nearest(document: string, part: string, near: number): number | null {
  let best: number | null = null;
  for (let at = document.indexOf(part); at >= 0; at = document.indexOf(part, at + 1)) {
    if (best === null || Math.abs(at - near) < Math.abs(best - near)) best = at;
  }
  return best;
}

test('a part of any text is found by its fingerprint, the nearest where there are several', () => {
  const random = randomSource(7);
  for (let round = 0; round < 300; round++) {
    const document = generatedText(random, 12) || 'a';
    const start = Math.floor(random() * document.length);
    const part = document.slice(start, start + 1 + Math.floor(random() * 30));
    const near = Math.floor(random() * document.length);
    assert.equal(findFingerprint(document, fingerprint(part), part.length, near), nearest(document, part, near));
  }
});

test('what is not there is not found', () => {
  for (const [document, part] of [
    ['', 'a'],
    ['ab', 'abc'],
    ['a cat sat', 'a dog'],
    ['ba', 'ab'],
  ] as const) {
    assert.equal(findFingerprint(document, fingerprint(part), part.length, 0), null);
  }
  assert.equal(findFingerprint('abc', fingerprint(''), 0, 0), null);
});
