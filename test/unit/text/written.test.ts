import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addedText, writtenText } from '../../../src/core/text/written.ts';
import { byteLevel, metaspace, wordPiece } from './support/small-tokenizers.ts';

test('a token adds its characters and the space before it, never a mark of the vocabulary', () => {
  const pieces = wordPiece(['cat', '##s', 'ate', '.']);
  const [cat = 0, s = 0, ate = 0] = ['cat', '##s', 'ate'].map((name) => pieces.idOf(name));
  assert.equal(addedText(pieces, [cat], ate), ' ate');
  assert.equal(addedText(pieces, [cat], s), 's');
  const bytes = byteLevel(['cat', 'Ġate', 'Ċ', 'ðŁĺ', 'Ģ']);
  assert.equal(addedText(bytes, [bytes.idOf('cat') ?? 0], bytes.idOf('Ġate') ?? 0), ' ate');
  assert.equal(addedText(bytes, [], bytes.idOf('Ċ') ?? 0), '\n');
  const spaces = metaspace(['▁cat', '▁ate', 's']);
  assert.equal(addedText(spaces, [spaces.idOf('▁cat') ?? 0], spaces.idOf('▁ate') ?? 0), ' ate');
  assert.equal(addedText(spaces, [], spaces.idOf('▁ate') ?? 0), 'ate');
});

test('a piece of a character is told by its bytes, a special token by its name', () => {
  const bytes = byteLevel(['cat', 'ðŁĺ', 'Ģ']);
  const [head = 0, tail = 0] = [bytes.idOf('ðŁĺ'), bytes.idOf('Ģ')];
  assert.equal(addedText(bytes, [], head), '<0xF0><0x9F><0x98>');
  assert.equal(addedText(bytes, [head], tail), '😀', 'with the bytes before it, it makes the character');
  const pieces = wordPiece(['cat']);
  assert.equal(addedText(pieces, [pieces.idOf('cat') ?? 0], pieces.idOf('[SEP]') ?? 0), '[SEP]');
});

test('written tokens know their characters, counted from where the text went on', () => {
  const pieces = wordPiece(['the', 'cat', '##s', 'ate']);
  const ids = ['cat', '##s', 'ate'].map((name) => pieces.idOf(name) ?? 0);
  const { text, tokens } = writtenText(pieces, [pieces.idOf('the') ?? 0], ids, 3, 1);
  assert.equal(text, ' cats ate');
  assert.deepEqual(
    tokens.map(({ start, end, word }) => [start, end, word]),
    [
      [3, 7, 1],
      [7, 8, 1],
      [8, 12, 2],
    ],
  );
});

test('tokens that make one character together share its range; special ones have none', () => {
  const bytes = byteLevel(['a', 'ðŁĺ', 'Ģ', 'Ġb']);
  const ids = ['a', 'ðŁĺ', 'Ģ', 'Ġb'].map((name) => bytes.idOf(name) ?? 0);
  const { text, tokens } = writtenText(bytes, [], ids);
  assert.equal(text, 'a😀 b');
  assert.deepEqual(
    tokens.map(({ start, end }) => [start, end]),
    [
      [0, 1],
      [1, 3],
      [1, 3],
      [3, 5],
    ],
  );
  const pieces = wordPiece(['cat']);
  const [cat = 0, end = 0] = [pieces.idOf('cat'), pieces.idOf('[SEP]')];
  assert.deepEqual(
    writtenText(pieces, [cat], [end, cat]).tokens.map((token) => [token.start, token.end, token.special]),
    [
      [0, 0, true],
      [0, 4, false],
    ],
  );
});

test('bytes that never become a character stay within the text', () => {
  const bytes = byteLevel(['a', 'ðŁĺ']);
  const { text, tokens } = writtenText(
    bytes,
    [],
    ['a', 'ðŁĺ'].map((name) => bytes.idOf(name) ?? 0),
  );
  assert.ok(tokens.every(({ start, end }) => start <= end && end <= text.length));
  assert.equal(tokens.at(-1)?.end, text.length);
});
