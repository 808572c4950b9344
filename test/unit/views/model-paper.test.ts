import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { firstView, plainOptions, type ViewState } from '../../../src/core/attention/view.ts';
import { everything } from '../../../src/core/scene/focus.ts';
import { layersSvgOf } from '../../../src/core/views/layers/paper.ts';
import { modelSvgOf } from '../../../src/core/views/model/paper.ts';
import { fileFormatOf } from '../../../src/core/export/panel-format.ts';
import { localAnalysis, smallAnalysis } from '../export/analysis.ts';

const view = (change: Partial<ViewState>): ViewState => ({ ...firstView, ...change });

/** The palest that a head's colour is, where it has no weight: a thumbnail is seen as a whole. */
const pale = 235;

/** For every picture inside the picture: whether each pixel is as pale as no weight, row by row. */
function whites(svg: string): boolean[][][] {
  return [...svg.matchAll(/base64,([^"]+)"/g)].map(([, data = '']) => {
    const png = Buffer.from(data, 'base64');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    const rows = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
    return Array.from({ length: height }, (_, row) =>
      Array.from({ length: width }, (_, column) =>
        rows
          .subarray(row * (3 * width + 1) + 1 + 3 * column)
          .subarray(0, 3)
          .every((channel) => channel >= pale),
      ),
    );
  });
}

test('all heads are a picture a head, in their order, with the layer and head numbers as text', () => {
  const svg = modelSvgOf(smallAnalysis(), everything);
  const pictures = whites(svg);
  assert.equal(pictures.length, 4);
  assert.deepEqual(
    pictures[0],
    [
      [false, true, true],
      [true, false, true],
      [true, true, false],
    ],
    'looks at itself',
  );
  assert.deepEqual(
    pictures[3],
    [
      [false, true, true],
      [false, true, true],
      [true, false, true],
    ],
    'looks at the token before',
  );
  assert.deepEqual(
    [...svg.matchAll(/<title>Head (\d\.\d),/g)].map(([, name]) => name),
    ['0.0', '0.1', '1.0', '1.1'],
  );
  assert.match(svg, /attention \(self\), 2 × 2 heads</);
  for (const role of ['self', 'previous']) assert.ok(svg.includes(`>${role}</text>`), role);
});

test('all heads stand in the order that is chosen, with the number that orders them', () => {
  const svg = modelSvgOf(smallAnalysis(), everything, view({ order: 'entropy' }));
  const names = [...svg.matchAll(/<title>Head (\d\.\d),/g)].map(([, name]) => name);
  assert.equal(names[0], '1.0', 'the one head that spreads its attention comes first');
  assert.match(svg, /, by entropy</);
  assert.match(svg, />1\.04 nats<\/text>/);
  assert.match(svg, />1\.0<\/text>/);
});

test('all heads show what the filters leave, and a filter that leaves nothing leaves a heading', () => {
  const hidden = view({ options: { ...plainOptions, hideSpecial: true } });
  const svg = modelSvgOf(smallAnalysis(), everything, hidden);
  assert.deepEqual(whites(svg)[0], [
    [false, true],
    [true, false],
  ]);
  assert.match(svg, /special tokens hidden</);
  const base = smallAnalysis();
  const onlySpecial = {
    ...base,
    sequences: base.sequences.map((sequence) => ({
      ...sequence,
      tokens: sequence.tokens.map((token) => ({ ...token, special: true })),
    })),
  };
  const empty = modelSvgOf(onlySpecial, everything, hidden);
  assert.deepEqual(whites(empty), []);
  assert.ok(!/NaN|Infinity/.test(empty));
});

test('more heads than fit beside each other go on in the next line of their layer', () => {
  const base = smallAnalysis();
  const weights = new Float32Array(2 * 40 * 9).fill(1 / 3);
  const svg = modelSvgOf(
    { ...base, maps: base.maps.map((map) => ({ ...map, shape: [2, 40, 3, 3] as const, weights })) },
    everything,
  );
  assert.equal(whites(svg).length, 80);
  const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
  assert.ok(width < 1500, `${width} pixels`);
  const places = [...svg.matchAll(/<image x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => `${x} ${y}`);
  assert.equal(new Set(places).size, 80, 'none lies on another');
});

test('layers are a dot a head along the metric, and say which', () => {
  const svg = layersSvgOf(smallAnalysis(), everything);
  assert.equal(svg.split('<circle').length, 5);
  const heads = [...svg.matchAll(/<title>Head (\d\.\d), .*?entropy ([\d.]+).*?<circle cx="([\d.]+)"/g)].map(
    ([, name, entropy, x]) => ({ name, entropy: Number(entropy), x: Number(x) }),
  );
  const spread = heads.find(({ name }) => name === '1.0') ?? assert.fail();
  for (const other of heads) if (other !== spread) assert.ok(other.x < spread.x && other.entropy < spread.entropy);
  assert.match(svg, /every head by entropy, nats</);
  assert.match(layersSvgOf(smallAnalysis(), everything, view({ metric: 'special' })), />80 %<\/text>/);
  assert.match(layersSvgOf(localAnalysis(), everything, view({ metric: 'distance' })), /mean distance, tokens/);
});

test('of several maps the one in focus is drawn', () => {
  const base = smallAnalysis();
  const two = { ...base, maps: [...base.maps, ...base.maps.map((map) => ({ ...map, name: 'decoder' as const }))] };
  for (const draw of [modelSvgOf, layersSvgOf]) {
    assert.match(draw(two, everything), /decoder \(self\)/);
    const one = draw(two, { map: 0, layer: 1, heads: [1] });
    assert.ok(!one.includes('decoder (self)'));
    assert.throws(() => draw(two, { map: 2, layer: null, heads: null }), RangeError);
  }
});

test('a picture is of the view in sight', () => {
  assert.deepEqual(
    (['heads', 'model', 'matrix', 'layers'] as const).map((name) => fileFormatOf('svg', name)),
    ['svg', 'svg-model', 'svg-matrix', 'svg-layers'],
  );
  assert.equal(fileFormatOf('png', 'model'), 'svg-model');
  assert.equal(fileFormatOf('csv', 'model'), 'csv');
});
