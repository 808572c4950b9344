import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageData, imagePath, imageSources, withImages } from '../../../src/core/lesson/images.ts';

test('the source of a picture leads below the folder of its chapter, or nowhere', () => {
  assert.deepEqual(imagePath('figures/a%20b.png?x#y'), ['figures', 'a b.png']);
  assert.deepEqual(imagePath('./figures/../a.png'), ['a.png']);
  for (const source of [
    '../a.png',
    'figures/../../a.png',
    '%2e%2e/a.png',
    'figures/%2e%2e/%2e%2e/a.png',
    '/etc/a.png',
    '%2Fetc/a.png',
    '\\\\host\\a.png',
    'figures%5c..%5c..%5ca.png',
    'C:/a.png',
    'file:///a.png',
    'https://example.org/a.png',
    'data:image/png;base64,AAAA',
    'a%00.png',
    '%zz.png',
    '.',
    '',
  ])
    assert.equal(imagePath(source), null, source);
});

test('a page gets its pictures by their sources, and the text of those that are left out', () => {
  const page = '<p><img src="a&amp;b.png" alt="one"> <img alt="&lt;two&gt;" src="c.png"/> <IMG src=\'d.png\'></p>';
  assert.deepEqual(imageSources(page), ['a&b.png', 'c.png']);
  const made = withImages(page, new Map([['a&b.png', 'data:image/png;base64,AA=='], ['c.png', null]])); // prettier-ignore
  assert.equal(
    made,
    '<p><img src="data:image/png;base64,AA==" alt="one"> <em>Picture left out: &#60;two&#62;</em> ' +
      '<em>Picture left out</em></p>',
  );
});

test('a picture is known by its bytes, whatever its name', () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  const typeOf = (text: string): string | undefined => imageData(bytes(text))?.split(';')[0];
  assert.equal(typeOf('\x89PNG\r\n\x1a\n…'), 'data:image/png');
  assert.equal(typeOf('\xff\xd8\xff\xe0'), 'data:image/jpeg');
  assert.equal(typeOf('GIF89a'), 'data:image/gif');
  assert.equal(typeOf('RIFF\x0a\x00\x00\x00WEBPVP8 '), 'data:image/webp');
  assert.equal(typeOf('<?xml version="1.0"?>\n<!-- a -->\n<svg width="1">'), 'data:image/svg+xml');
  for (const other of ['', 'text', '<html><svg>', '<svgx>', 'PNG']) assert.equal(typeOf(other), undefined, other);
  assert.equal(imageData(bytes('GIF87a')), 'data:image/gif;base64,R0lGODdh');
});
