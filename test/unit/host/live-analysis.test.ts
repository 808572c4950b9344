import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalysisInfo } from '../../../src/core/attention/analysis.ts';
import { TrackedRange } from '../../../src/core/document/tracked-range.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';
import type { TrackedText } from '../../../src/host/analysis/tracked-texts.ts';
import type { Texts } from '../../../src/host/analysis/texts.ts';
import '../support/vscode.ts';

const { LiveAnalysis } = await import('../../../src/host/analysis/live-analysis.ts');

/** A text in a document whose address is `uri`; the parts of an address that nobody asks for here are left out. */
function place(uri: string, text: string, start: number): TrackedText {
  return { uri: { toString: () => uri } as TrackedText['uri'], range: new TrackedRange(text, start, () => text) };
}

function token(start: number, end: number, segment: 0 | 1 = 0): Token {
  return { id: 1, text: 'x', start, end, special: start === end, word: 0, segment };
}

function live(texts: Texts, ...sequences: Sequence[]): InstanceType<typeof LiveAnalysis> {
  const info: AnalysisInfo = {
    model: { id: 'm', family: 'encoder', layers: 1, heads: 1 },
    sequences,
    maps: [],
    timing: { load: 0, run: 1 },
    notes: [],
  };
  return new LiveAnalysis('a', 'm', texts, info);
}

test('what was not read is known of both texts of a pair, in whichever document each stands', () => {
  const texts = { text: place('a', 'one two', 10), pair: place('b', 'three four', 20) };
  const tokens = [token(0, 3), token(0, 0, 1), token(0, 5, 1)];
  const both = live(texts, { text: 'one two', pair: 'three four', tokens, analysedTo: 3, pairAnalysedTo: 5 });
  assert.deepEqual(both.unread, [
    { uri: 'a', start: 13, end: 17 },
    { uri: 'b', start: 25, end: 30 },
  ]);
  assert.deepEqual(
    both.parts.flatMap((part) => both.readOf(part)),
    [
      { uri: 'a', start: 10, end: 13 },
      { uri: 'b', start: 20, end: 25 },
    ],
  );
  const second = live(texts, { text: 'one two', pair: 'three four', tokens, pairAnalysedTo: 5 });
  assert.deepEqual(second.unread, [{ uri: 'b', start: 25, end: 30 }]);
  assert.deepEqual(live(texts, { text: 'one two', pair: 'three four', tokens }).unread, []);
  assert.equal(both.placeOf(0, 1), texts.pair, 'a token without characters of the second text stands there');
  assert.equal(both.excerpt, 'one two | three four');
  assert.equal(both.tokensText, '3 tokens');
});

test('what was not read is known of a target, and its tokens are counted', () => {
  const texts = { text: place('a', 'one', 0), target: place('a', 'uno dos', 8) };
  const cut = live(
    texts,
    { text: 'one', tokens: [token(0, 3)] },
    { text: 'uno dos', tokens: [token(0, 0), token(0, 3)], analysedTo: 3 },
  );
  assert.deepEqual(cut.unread, [{ uri: 'a', start: 11, end: 15 }]);
  assert.equal(cut.placeOf(1, 0), texts.target);
  assert.equal(cut.tokensText, '1 and 2 tokens');
  assert.equal(live({ ...texts, target: 'tres' }, { text: 'one', tokens: [] }).excerpt, 'one | tres');
});

test('of a chat what is said is read, a stretch for each turn, and its tokens stand in the turns', () => {
  const text = place('a', 'user: one\n\nassistant: two', 10);
  const roles = [
    { role: 'user', message: 0, first: 0, end: 2, content: { start: 3, end: 6 } },
    { role: 'assistant', message: 1, first: 2, end: 4, content: { start: 9, end: 12 } },
  ];
  const tokens = [token(0, 3), token(3, 6), token(6, 9), token(8, 12)];
  const chat = live({ text, framing: { as: 'chat' } }, { text: '<u>one<a>two', tokens, roles });
  assert.deepEqual(
    chat.parts.flatMap((part) => chat.readOf(part)),
    [
      { uri: 'a', start: 16, end: 19 },
      { uri: 'a', start: 32, end: 35 },
    ],
  );
  assert.deepEqual(
    tokens.map((_, index) => chat.spanOf(0, index)),
    [null, { uri: 'a', start: 16, end: 19 }, null, { uri: 'a', start: 32, end: 35 }],
  );
  assert.deepEqual(chat.tokenAt('a', 33), { sequence: 0, index: 3 });
  assert.equal(chat.tokenAt('a', 12), null, 'a mark is no token');
  assert.deepEqual(chat.run.chat, [
    { role: 'user', content: 'one' },
    { role: 'assistant', content: 'two' },
  ]);
  const cut = live({ text, framing: { as: 'chat' } }, { text: '<u>one<a>two', tokens, roles, analysedTo: 5 });
  assert.deepEqual(cut.unread, [
    { uri: 'a', start: 18, end: 19 },
    { uri: 'a', start: 32, end: 35 },
  ]);
});

test('a question stands in no document, and the text that it is about is the second of the pair', () => {
  const text = place('a', 'three four', 20);
  const asked = live(
    { text, framing: { as: 'context', question: 'one?' } },
    { text: 'one?', pair: 'three four', tokens: [token(0, 3), token(0, 5, 1)] },
  );
  assert.deepEqual([asked.run.text, asked.run.pair], ['one?', 'three four']);
  assert.deepEqual([asked.spanOf(0, 0), asked.spanOf(0, 1)], [null, { uri: 'a', start: 20, end: 25 }]);
  assert.equal(asked.excerpt, 'one? | three four');
});
