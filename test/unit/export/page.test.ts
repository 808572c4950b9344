import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'fflate';
import { headOf } from '../../../src/core/attention/map.ts';
import { everything } from '../../../src/core/scene/focus.ts';
import { htmlOf, weightsId, type PageParts } from '../../../src/core/export/html.ts';
import { quantised, restored } from '../../../src/core/export/quantised.ts';
import { smallAnalysis, token } from './analysis.ts';

const page: PageParts = { script: 'run()', scriptHash: 'c2NyaXB0', style: 'p{}', styleHash: 'c3R5bGU=' };

test('quantised weights come back within the error that is said, the ends exactly', () => {
  const weights = Float32Array.from({ length: 1001 }, (_, index) => (index / 1000) ** 3);
  for (const bits of [8, 16] as const) {
    const bytes = quantised(weights, bits);
    assert.equal(bytes.length, (1001 * bits) / 8);
    const back = restored(bytes, bits);
    const error = 1 / (2 ** bits - 1);
    back.forEach((weight, index) =>
      assert.ok(Math.abs(weight - (weights[index] ?? 0)) <= error * Math.sqrt(weights[index] ?? 0) + error ** 2),
    );
    assert.deepEqual([back[0], back[1000]], [0, 1]);
  }
  assert.deepEqual([...restored(quantised(Float32Array.of(-1, 2, NaN), 8), 8)], [0, 1, 0]);
});

test('the page holds every head, names its own script and style alone, and cannot be broken by a token', () => {
  const base = smallAnalysis();
  const text = '</script><script>alert(1)</script>';
  const sequences = [{ text, tokens: [token(1, text, 0, text.length), token(2, '<!--', 0, 0), token(3, 'b', 0, 1)] }];
  const html = [...htmlOf({ ...base, model: { ...base.model, id: '<i>"&' }, sequences }, everything, page)].join('');
  assert.equal(html.match(/<script/gu)?.length, 1 + 4 + 1);
  assert.equal(html.match(/<\/script>/gu)?.length, 1 + 4 + 1);
  assert.ok(!html.includes('<!--') && !html.includes('<i>'));
  assert.match(html, /default-src 'none'; script-src 'sha256-c2NyaXB0'; style-src 'sha256-c3R5bGU='/);
  assert.ok(!/https?:/u.test(html), 'nothing points to the network');
  const info = JSON.parse(/id="info">(.*?)<\/script>/su.exec(html)?.[1] ?? '');
  assert.equal(info.sequences[0][0].text, text);
  assert.deepEqual(info.start, { map: 0, layer: 0, head: null });
  const [map] = base.maps;
  assert.ok(map);
  const stored = new RegExp(`id="${weightsId(0, 1, 1)}">(.*?)</script>`, 'su').exec(html)?.[1] ?? '';
  assert.deepEqual(restored(inflateSync(Buffer.from(stored, 'base64')), info.bits), headOf(map, 1, 1));
});

test('the page opens with what was shown', () => {
  const html = [...htmlOf(smallAnalysis(), { map: 0, layer: 1, heads: [1] }, page)].join('');
  assert.deepEqual(JSON.parse(/id="info">(.*?)<\/script>/su.exec(html)?.[1] ?? '').start, {
    map: 0,
    layer: 1,
    head: 1,
  });
});
