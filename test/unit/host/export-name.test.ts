import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panelFormats } from '../../../src/core/export/panel-format.ts';
import { exportName } from '../../../src/host/panel/exported-files.ts';

const selection = { map: 0, layer: 3, heads: [7], head: 7, token: null };
const map = { shape: [6, 8, 4, 4] } as const;

test('a file is named by the first words of the text and by what is shown, whatever the text is', () => {
  assert.equal(
    exportName('The cat that was hungry ate the fish.', selection, map, 'svg', false),
    'attention-the-cat-that-was-3.7.svg',
  );
  assert.equal(
    exportName('../../etc: “Straße” 注意', { ...selection, head: null }, map, 'csv', false),
    'attention-etc-straße-注意-layer-3.csv',
  );
  assert.equal(exportName('…!', selection, map, 'png', false), 'attention-3.7.png');
  const hybrid = { shape: [1, 8, 4, 4], layers: ['convolution', 'convolution', 'attention'] } as const;
  assert.equal(exportName('…!', { ...selection, layer: 0 }, hybrid, 'png', false), 'attention-2.7.png');
  const names = panelFormats.flatMap((format) =>
    [false, true].map((edited) => exportName('A', selection, map, format, edited)),
  );
  assert.ok(names.includes('attention-a-3.7-edited-matrix.csv'));
  assert.equal(new Set(names).size, names.length, 'no format of a picture takes the file of another');
  assert.ok(exportName('x'.repeat(5000), selection, map, 'npz', false).length < 60);
});
