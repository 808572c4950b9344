import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeText, EncodingError, withoutMark } from '../../../src/engine/files/decode-text.ts';

const text = '{"naïve": "日本語 😀"}';
const little = Buffer.from(text, 'utf16le');
const big = Buffer.from(little).swap16();

function refused(bytes: readonly number[]): string {
  try {
    decodeText(Uint8Array.from(bytes));
  } catch (thrown) {
    assert.ok(thrown instanceof EncodingError);
    return thrown.message;
  }
  throw new Error('It was read.');
}

describe('bytes from outside as text', () => {
  it('are UTF-8, or UTF-16 by their byte order mark, which is no part of the text', () => {
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.concat([Buffer.of(0xff, 0xfe), little]),
      Buffer.concat([Buffer.of(0xfe, 0xff), big]),
    ]) {
      assert.equal(decodeText(bytes), text);
    }
    assert.equal(decodeText(new Uint8Array()), '');
    assert.equal(decodeText(Buffer.from('\ufeff')), '');
    assert.equal(decodeText(Buffer.from('a\ufeffb')), 'a\ufeffb', 'elsewhere it is a character');
    assert.equal(withoutMark('\ufeffa'), 'a');
    assert.equal(withoutMark('a'), 'a');
  });

  it('are told by the first byte that is wrong', () => {
    assert.equal(refused([0x61, 0xe9, 0x62]), 'not valid UTF-8 (byte 0xE9 at position 1)');
    assert.equal(refused([0xef, 0xbb, 0xbf, 0x61, 0xff]), 'not valid UTF-8 (byte 0xFF at position 4)');
    assert.equal(refused([0x61, 0xf0, 0x9f, 0x98]), 'not valid UTF-8 (byte 0xF0 at position 1)');
    assert.equal(refused([0xed, 0xa0, 0x80]), 'not valid UTF-8 (byte 0xED at position 0)');
    assert.match(refused([0xff, 0xfe, 0x61]), /^not valid UTF-16 \(little-endian/);
    assert.match(refused([0xfe, 0xff, 0xd8, 0x00, 0x00, 0x61]), /^not valid UTF-16 \(big-endian/);
    assert.match(refused([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), /UTF-32/);
  });
});
