import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { standsApart } from '../../../src/core/document/shaping.ts';

/** Whether the first place of `part` can be set apart. */
function apart(text: string, part: string): boolean {
  const start = text.indexOf(part);
  assert.ok(start >= 0);
  return standsApart(text, { start, end: start + part.length });
}

describe('Text that can be set apart', () => {
  it('is any stretch of whole characters from left to right', () => {
    for (const part of ['N', 'aï', 'ﬁan', '😀', '日', 'Naïve ﬁancée 😀 日本'])
      assert.equal(apart('Naïve ﬁancée 😀 日本', part), true, part);
  });

  it('does not begin or end inside what a reader takes for one character', () => {
    assert.equal(apart('caffe\u0301 au lait', 'e'), false);
    assert.equal(apart('caffe\u0301 au lait', '\u0301'), false);
    assert.equal(apart('caffe\u0301 au lait', 'e\u0301'), true);
    assert.equal(apart('👩‍👩‍👧', '👧'), false);
    assert.equal(apart('👩‍👩‍👧', '👩‍👩‍👧'), true);
    assert.equal(apart('🇫🇷🇩🇪', '🇫'), false);
    assert.equal(apart('🇫🇷🇩🇪', '🇩🇪'), true);
    assert.equal(apart('\u1112\u1161\u11ab', '\u1112'), false);
    assert.equal(apart('กำลัง', 'ก'), false);
  });

  it('does not stand in a line with right-to-left text, whatever stands in other lines', () => {
    for (const line of ['say مرحبا twice', 'say שלום twice']) {
      assert.equal(apart(line, 'say'), false, line);
      assert.equal(apart(`first\n${line}\r\nlast`, 'twice'), false, line);
      assert.equal(apart(`first\n${line}\r\nlast`, 'first'), true, line);
      assert.equal(apart(`first\n${line}\r\nlast`, 'last'), true, line);
    }
    assert.equal(apart('first\nسلام', 'first\n'), false, 'a stretch into such a line');
  });

  it('finds the place in a text of any length', () => {
    const text = `${'🇫🇷 '.repeat(100)}e\u0301${' long'.repeat(100)}`;
    assert.equal(apart(text, 'e\u0301'), true);
    assert.equal(apart(text, 'e'), false);
  });
});
