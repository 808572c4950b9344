import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { plainOptions } from '../../../src/core/attention/view.ts';
import { rampStep, weightRamp } from '../../../src/core/color/weight-ramp.ts';
import { isPng, pngOf } from '../../../src/core/picture/png.ts';
import { matrixSvgOf } from '../../../src/core/views/matrix/paper.ts';
import { everything } from '../../../src/core/scene/focus.ts';
import { localAnalysis, smallAnalysis, token } from '../export/analysis.ts';

test('a matrix is a cell a weight, every token twice as text, the colour by the square root', () => {
  const svg = matrixSvgOf(smallAnalysis(), { map: 0, layer: 1, heads: [1] });
  const cells = [...svg.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="27" height="27" fill="(#\w{6})"\/>/g)].map(
    ([, color]) => color,
  );
  assert.equal(cells.length, 9);
  assert.equal(new Set(cells).size, 2, 'ones and zeros');
  for (const label of ['[CLS]', 'a', '&#60;b&#62;']) assert.equal(svg.split(`>${label}</text>`).length, 3);
  assert.match(svg, /attention \(self\), layer 1, head 1/);
  assert.match(matrixSvgOf(smallAnalysis(), everything), /mean of 2 layers, mean of 2 heads/);
  assert.throws(() => matrixSvgOf(smallAnalysis(), { map: 0, layer: 2, heads: null }), RangeError);
});

test('a causal matrix draws nothing above its diagonal and says so', () => {
  const base = smallAnalysis();
  const svg = matrixSvgOf(
    { ...base, maps: base.maps.map((map) => ({ ...map, kind: 'causal' as const })) },
    { map: 0, layer: 0, heads: [0] },
  );
  assert.equal([...svg.matchAll(/width="27" height="27"/g)].length, 6);
  assert.match(svg, /Hatched: masked \(later tokens\)/);
});

test('of a selection nothing is drawn but what is selected, the gaps are hatched, and the picture says so', () => {
  const base = smallAnalysis();
  const masks = [{ kind: 'selection' as const, keys: [[0], [0, 1], [0, 2]] }, { kind: 'full' as const }];
  const svg = matrixSvgOf(
    { ...base, maps: base.maps.map((map) => ({ ...map, kind: 'causal' as const, masks })) },
    { map: 0, layer: 0, heads: [0] },
  );
  assert.equal([...svg.matchAll(/width="27" height="27"/g)].length, 5);
  assert.match(svg, /Hatched: masked \(a token sees only the tokens that the model selects for it, at most 2\)/);
  const [, hatched = ''] = [...svg.matchAll(/<clipPath id="\w[\w-]*">(.*?)<\/clipPath>/g)].map(([, boxes]) => boxes);
  const widths = [...hatched.matchAll(/ width="([\d.]+)"/g)].map(([, width]) => Number(width) / 28);
  assert.deepEqual(widths, [2, 1, 1], 'two later tokens, one later token, one between');
});

test('of local attention nothing is drawn outside the window, and the picture says so', () => {
  const svg = matrixSvgOf(localAnalysis(), everything);
  assert.equal(
    [...svg.matchAll(/width="27" height="27"/g)].length,
    4,
    'positions 0 and 1 for a window around 0.25, 1 and 2 for one around 2',
  );
  assert.match(svg, /Hatched: outside the window/);
  const words = matrixSvgOf(localAnalysis(), everything, { ...plainOptions, hideSpecial: true });
  assert.ok(!words.includes('window'), 'a window counts tokens');
});

test('a large matrix holds one picture, and its pixels are the weights', () => {
  const count = 128;
  const base = smallAnalysis();
  const weights = new Float32Array(count * count);
  weights[5] = 1;
  const tokens = Array.from({ length: count }, (_, id) => token(id, 'w', 0, 1));
  const svg = matrixSvgOf(
    {
      ...base,
      sequences: [{ text: 'w', tokens }],
      maps: [{ name: 'attention', kind: 'self', queries: 0, keys: 0, shape: [1, 1, count, count], weights }],
    },
    { map: 0, layer: 0, heads: [0] },
  );
  assert.equal(svg.split('>w</text>').length, 2 * count + 1);
  const png = Buffer.from(/base64,([^"]+)"/.exec(svg)?.[1] ?? '', 'base64');
  assert.ok(isPng(png));
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  assert.equal(rows.length, (count * 3 + 1) * count);
  assert.deepEqual([...rows.subarray(1, 4)], [255, 255, 255]);
  assert.notDeepEqual([...rows.subarray(1 + 15, 1 + 18)], [255, 255, 255]);
  assert.ok(svg.length < 100_000, `${svg.length} characters`);
});

test('a PNG needs as many pixels as it says', () => {
  assert.throws(() => pngOf(2, 2, new Uint8Array(3)), RangeError);
});

test('the ramp rises from the surface to the colour, weak weights are seen', () => {
  const ramp = weightRamp({ red: 0, green: 0, blue: 200 }, { red: 255, green: 255, blue: 255 });
  assert.deepEqual(ramp[rampStep(0)], { red: 255, green: 255, blue: 255 });
  assert.deepEqual(ramp[rampStep(1)], { red: 0, green: 0, blue: 200 });
  assert.equal(ramp[rampStep(0.25)]?.red, 127);
  assert.deepEqual(
    [rampStep(-1), rampStep(7), rampStep(NaN)].map((step) => step || 0),
    [0, 255, 0],
  );
});
