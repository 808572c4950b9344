import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announcement, cellSentence, focusSentence } from '../../../webview/words/focus.ts';
import { patternSentence, spokenSummary } from '../../../webview/words/head.ts';
import { focusName, focusOfSelection } from '../../../src/core/scene/focus.ts';
import { spokenName, spokenTitle } from '../../../src/core/scene/names.ts';
import { continuesWord } from '../../../src/core/text/label.ts';
import { labelAt } from '../../../webview/words/label.ts';
import { countText } from '../../../src/core/words/english/grammar.ts';
import { percentText } from '../../../webview/words/numbers.ts';
import { rowSentence } from '../../../webview/words/window.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import { frameOf } from './fixture.ts';
import { words } from '../../../src/core/words/words.ts';

test('announcements are sentences with the numbers of the weights', () => {
  const frame = frameOf('cat', { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6 } });
  const weight = frame.spoken[6 * 11 + 7] ?? 0;
  const focus = { token: { side: 'query', index: 6 }, locked: true, cell: null } as const;
  assert.equal(announcement(frame, focus), `layer 3, head 7: ‘ate’ looks ${Math.round(weight * 100)} % at ‘the’`);
  assert.equal(
    announcement(frame, { ...focus, cell: 2 }),
    `layer 3, head 7: ‘ate’ looks ${percentText(frame.spoken[6 * 11 + 2] ?? 0)} at ‘cat’`,
  );
  assert.match(
    announcement(frame, { ...focus, token: { side: 'key', index: 6 } }),
    /‘ate’ is looked at \d+ % by ‘hungry’$/,
  );
  assert.equal(announcement(frame, null), `layer 3, head 7: next ${spokenSummary(frame)?.role?.score.toFixed(2)}`);
  assert.equal(spokenName(frameOf('cat')), 'layer 3, mean of 8 heads');
  assert.equal(spokenTitle(frameOf('cat')), 'Mean of 8 heads, layer 3');
  const some = frameOf('cat', { layer: 3, heads: [2, 7], head: null });
  assert.equal(spokenTitle(some), 'Mean of heads 2, 7, layer 3');
  assert.equal(
    spokenName(some),
    focusName(analyses.cat().maps[0] ?? assert.fail(), focusOfSelection(some.selection, true)),
    'files call heads the same',
  );
  assert.equal(spokenTitle({ ...frameOf('recurrent'), layer: 'mean' }), 'Head 0.0', 'the only layer is not all layers');
  assert.equal(spokenTitle(frameOf('cat', { layer: 3, heads: [2, 7], head: 7 })), 'Head 3.7', 'one of two is in focus');
});

test('the exact cell has four digits', () => {
  const frame = frameOf('cat', { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6 } });
  const cell = cellSentence(frame, { token: { side: 'query', index: 6 }, locked: true, cell: 7 });
  assert.deepEqual(cell, { link: '‘ate’ → ‘the’', exact: (frame.spoken[6 * 11 + 7] ?? 0).toFixed(4), note: '' });
});

test('sentences never say because, and say where a weight lies', () => {
  const frame = frameOf('cat', { layer: 3, heads: [7], head: 7 });
  const summary = spokenSummary(frame);
  assert.ok(summary);
  const words =
    `${focusSentence(frame, { token: { side: 'query', index: 6 }, locked: true, cell: null })} ` +
    patternSentence(frame, summary);
  assert.match(
    words,
    /^‘ate’ looks mostly at ‘the’ \(0\.\d\d\)\. In 10 of 11 rows of this text the head looks most at the next token\.$/,
  );
});

test('labels show no marks of the vocabulary, and show what cannot be seen', () => {
  const { info } = frameOf('causal');
  const labels =
    info.sequences[0]?.tokens.map((_, index) => labelAt(info.sequences[0] ?? { text: '', tokens: [] }, index)) ?? [];
  assert.ok(labels.includes('⏎') && !labels.includes('␣') && labels.every((label) => !/[ĠĊ]|##/.test(label)));
  const spaces = {
    text: 'a  b',
    tokens: [{ id: 1, text: 'ĠĠ', start: 1, end: 3, special: false, word: 0, segment: 0 as const }],
  };
  assert.equal(labelAt(spaces, 0), '␣␣');
  assert.equal(labelAt(spaces, 9), '');
});

test('a piece continues its word', () => {
  const sequence = frameOf('pieces').info.sequences[0] ?? { text: '', tokens: [] };
  const joined = sequence.tokens.flatMap((token, index) => (continuesWord(sequence, index) ? [token.text] : []));
  assert.ok(joined.length > 3 && joined.every((text) => text.startsWith('##')));
});

test('numbers', () => {
  assert.deepEqual(
    [words().foot.time(14.2), words().foot.time(2400), countText(1, 'token'), countText(11, 'token')],
    ['14 ms', '2.4 s', '1 token', '11 tokens'],
  );
});

test('a row that a window shapes is told with its centre, its width and its sum', () => {
  const frame = frameOf('recurrent');
  const sum = frame.spoken.slice(3 * 7, 4 * 7).reduce((total, weight) => total + weight, 0);
  assert.ok(sum < 0.98);
  assert.equal(
    rowSentence(frame, { side: 'query', index: 3 }),
    'local-p: a Gaussian around position 3.2, near ‘sees’, with standard deviation 1, ' +
      'over words at most 2 positions away. ' +
      `The row sums to ${sum.toFixed(2)}: it is not normalised again.`,
  );
  assert.equal(rowSentence(frame, { side: 'key', index: 3 }), null);
  const { normalised: _, ...map } = frame.map;
  const { local } = map;
  assert.ok(local);
  assert.equal(
    rowSentence(
      { ...frame, map: { ...map, local: { ...local, centres: [0, 1, 2, 3, 4, 5, 6, 6], sigma: null } } },
      { side: 'query', index: 7 },
    ),
    'local-m: a window around position 6, ‘.’; only words at most 2 positions away have a weight.',
  );
  assert.equal(rowSentence(frameOf('cat'), { side: 'query', index: 3 }), null);
  const sinking = frameOf('cat');
  assert.match(
    rowSentence({ ...sinking, map: { ...sinking.map, normalised: false } }, { side: 'query', index: 3 }) ?? '',
    /^The row sums to 1\.00\.$/,
  );
});
