import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Frame } from '../../../webview/state/frame.ts';
import { patternSentence } from '../../../webview/words/head.ts';
import { frameOfRows } from './fixture.ts';

describe('what a head does, in words', () => {
  const summaryOf = (frame: Frame) => {
    const summary = frame.summaries?.[0]?.[0];
    assert.ok(summary);
    return summary;
  };

  it('counts the places where it has a choice', () => {
    const previous = frameOfRows(
      [
        [1, 0, 0],
        [0.9, 0.1, 0],
        [0, 0.9, 0.1],
      ],
      { kind: 'causal' },
    );
    assert.equal(
      patternSentence(previous, summaryOf(previous)),
      'In 2 of 2 rows of this text the head looks most at the previous token.',
    );
    const self = frameOfRows(
      [
        [1, 0],
        [0.1, 0.9],
      ],
      { kind: 'causal' },
    );
    const one = { ...summaryOf(self), role: { name: 'self', score: 0.9 } } as const;
    assert.equal(patternSentence(self, one), 'In 1 of 1 row of this text the head looks most at the token itself.');
  });

  it('counts no place where another token is looked at as much', () => {
    const tied = frameOfRows([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    const summary = { ...summaryOf(tied), role: { name: 'first', score: 0.5 } } as const;
    assert.equal(patternSentence(tied, summary), 'In 0 of 2 rows of this text the head looks most at the first token.');
  });

  it('says how far a broad head spreads, and that no pattern fits where there is none', () => {
    const broad = frameOfRows(Array.from({ length: 4 }, () => [0.25, 0.25, 0.25, 0.25]));
    assert.equal(
      patternSentence(broad, summaryOf(broad)),
      'On this text the head spreads its attention: its entropy is 100 % of the maximum.',
    );
    const alone = frameOfRows([[1]]);
    assert.equal(patternSentence(alone, summaryOf(alone)), 'No simple pattern fits this head on this text.');
  });
});
