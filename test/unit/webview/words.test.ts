import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announcement, cellSentence, focusSentence } from '../../../webview/words/focus.ts';
import { patternSentence, spokenName, spokenSummary } from '../../../webview/words/head.ts';
import { continuesWord } from '../../../src/core/text/label.ts';
import { labelAt } from '../../../webview/words/label.ts';
import { countText, percentText, timeText } from '../../../webview/words/numbers.ts';
import { frameOf } from './fixture.ts';

test('announcements are sentences with the numbers of the weights', () => {
  const frame = frameOf('cat', { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6 } });
  const weight = frame.spoken[6 * 11 + 7] ?? 0;
  const focus = { token: { side: 'query', index: 6 }, locked: true, cell: null } as const;
  assert.equal(announcement(frame, focus), `layer 3, head 7: ‘ate’ looks ${Math.round(weight * 100)} % at ‘the’`);
  assert.equal(announcement(frame, { ...focus, cell: 2 }), `layer 3, head 7: ‘ate’ looks ${percentText(frame.spoken[6 * 11 + 2] ?? 0)} at ‘cat’`);
  assert.match(announcement(frame, { ...focus, token: { side: 'key', index: 6 } }), /‘ate’ is looked at \d+ % by ‘hungry’$/);
  assert.equal(announcement(frame, null), `layer 3, head 7: next ${spokenSummary(frame)?.role?.score.toFixed(2)}`);
  assert.equal(spokenName(frameOf('cat')), 'layer 3, mean of 8 heads');
});

test('the exact cell has four digits', () => {
  const frame = frameOf('cat', { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6 } });
  const cell = cellSentence(frame, { token: { side: 'query', index: 6 }, locked: true, cell: 7 });
  assert.deepEqual(cell, { link: '‘ate’ → ‘the’', exact: (frame.spoken[6 * 11 + 7] ?? 0).toFixed(4) });
});

test('sentences never say because, and say where a weight lies', () => {
  const frame = frameOf('cat', { layer: 3, heads: [7], head: 7 });
  const summary = spokenSummary(frame);
  assert.ok(summary);
  const words = `${focusSentence(frame, { token: { side: 'query', index: 6 }, locked: true, cell: null })} ${patternSentence(frame, summary)}`;
  assert.match(words, /^‘ate’ looks mostly at ‘the’ \(0\.\d\d\)\. In 10 of 11 places of this text the head looks most at the token after\.$/);
});

test('labels show no marks of the vocabulary, and show what cannot be seen', () => {
  const { info } = frameOf('causal');
  const labels = info.sequences[0]?.tokens.map((_, index) => labelAt(info.sequences[0] ?? { text: '', tokens: [] }, index)) ?? [];
  assert.ok(labels.includes('⏎') && labels.includes('␣') === false && labels.every((label) => !/[ĠĊ]|##/.test(label)));
  const spaces = { text: 'a  b', tokens: [{ id: 1, text: 'ĠĠ', start: 1, end: 3, special: false, word: 0, segment: 0 as const }] };
  assert.equal(labelAt(spaces, 0), '␣␣');
  assert.equal(labelAt(spaces, 9), '');
});

test('a piece continues its word', () => {
  const sequence = frameOf('pieces').info.sequences[0] ?? { text: '', tokens: [] };
  const joined = sequence.tokens.flatMap((token, index) => (continuesWord(sequence, index) ? [token.text] : []));
  assert.ok(joined.length > 3 && joined.every((text) => text.startsWith('##')));
});

test('numbers', () => {
  assert.deepEqual([timeText(14.2), timeText(2400), countText(1, 'token'), countText(11, 'token')], ['14 ms', '2.4 s', '1 token', '11 tokens']);
});
