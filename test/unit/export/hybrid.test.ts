import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { headOf, type AttentionMap } from '../../../src/core/attention/map.ts';
import { firstView } from '../../../src/core/attention/view.ts';
import { csvOf } from '../../../src/core/export/csv.ts';
import { htmlOf } from '../../../src/core/export/html.ts';
import { jsonOf } from '../../../src/core/export/json.ts';
import { npzOf } from '../../../src/core/export/npz.ts';
import { tableOf } from '../../../src/core/export/table.ts';
import { everything } from '../../../src/core/scene/focus.ts';
import { headsSvgOf } from '../../../src/core/views/heads/paper.ts';
import { layersSvgOf } from '../../../src/core/views/layers/paper.ts';
import { modelSvgOf } from '../../../src/core/views/model/paper.ts';
import { hybridAnalysis } from './analysis.ts';
import { readCsv } from './read-csv.ts';

const analysis = hybridAnalysis();
const map: AttentionMap = analysis.maps[0] ?? assert.fail();
const second = { map: 0, layer: 1, heads: [1] };

test('records name a layer by its number in the model', () => {
  const records = readCsv([...csvOf(analysis, everything)].join('')).slice(1);
  assert.deepEqual([...new Set(records.map(([, layer]) => layer))], ['2', '4']);
  const own = records
    .filter(([, layer, head]) => layer === '4' && head === '1')
    .map(([, , , , , , , weight]) => weight);
  assert.deepEqual(own.map(Number), [...headOf(map, 1, 1)]);
});

test('JSON and npz say which numbers the layers of their arrays have', () => {
  const [parsed] = JSON.parse([...jsonOf(analysis)].join('')).maps;
  assert.deepEqual(parsed.layers, [2, 4]);
  assert.deepEqual(parsed.layerKinds, map.layers);
  assert.deepEqual(parsed.shape, [2, 2, 3, 3]);
  const files = unzipSync(npzOf(analysis.maps));
  const bytes = Buffer.from(files['attention_layers.npy'] ?? assert.fail());
  assert.deepEqual([bytes.readFloatLE(bytes.length - 8), bytes.readFloatLE(bytes.length - 4)], [2, 4]);
});

test('table and pictures speak of layer 4, and say how many layers attend', () => {
  const table = tableOf(analysis, second);
  assert.match(table, /small · encoder · 2 of 6 layers × 2 heads/);
  assert.match(
    table,
    /^Layers without attention weights: 0–1 \(convolution\); 3 \(feed-forward\); 5 \(state space\)\.$/m,
  );
  assert.match(table, /layer 4, head 1/);
  assert.match(headsSvgOf(analysis, second), /layer 4/);
  assert.match(modelSvgOf(analysis, second), /2 of 6 layers × 2 heads[^]*Head 4\.1/);
  assert.match(modelSvgOf(analysis, second, { ...firstView, order: 'entropy' }), />4\.1</);
  assert.match(layersSvgOf(analysis, second), /Head 4\.1/);
});

test('pictures of all layers have a thin row for those without attention', () => {
  for (const svg of [modelSvgOf(analysis, second), layersSvgOf(analysis, second)])
    assert.deepEqual(
      [...svg.matchAll(/>(0–1|2|3|4|5)(?: · [a-z -]+)?</g)].map(([, range]) => range).filter((range) => range !== '1'),
      svg.includes('0–1 · convolution') ? ['2', '4', '0–1', '3', '5'] : ['0–1', '3', '5', '2', '4'],
    );
  assert.match(modelSvgOf(analysis, second), />3 · feed-forward</);
  assert.doesNotMatch(modelSvgOf(analysis, second, { ...firstView, order: 'role' }), /feed-forward/);
  assert.match(layersSvgOf(analysis, second), />state space</);
});

test('numbers of heads stand above the first row, whatever it is of', () => {
  const svg = modelSvgOf(analysis, second);
  const [band = NaN, head = NaN] = [/y="([\d.]+)"[^>]*>0–1 · convolution</, /y="([\d.]+)"[^>]*>1</].map((text) =>
    Number(text.exec(svg)?.[1]),
  );
  assert.ok(head < band - 12, `${head} and ${band}`);
});

test('the page knows the numbers of the layers', () => {
  const parts = { script: '', scriptHash: '', style: '', styleHash: '' };
  const html = [...htmlOf(analysis, second, parts)].join('');
  const info = JSON.parse(/id="info">([^]*?)<\/script>/.exec(html)?.[1] ?? '');
  assert.deepEqual(info.maps[0].layers, map.layers);
  assert.deepEqual(info.remarks, [
    'Layers without attention weights: 0–1 (convolution); 3 (feed-forward); 5 (state space).',
  ]);
  assert.deepEqual(info.start, { map: 0, layer: 1, head: 1 });
});
