import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportName } from '../../../src/host/panel/exported-files.ts';

const selection = { map: 0, layer: 3, heads: [7], head: 7, token: null };
const map = { shape: [6, 8, 4, 4] } as const;

test('a file is named by the first words of the text and by what is shown, whatever the text is', () => {
  assert.equal(
    exportName('The cat that was hungry ate the fish.', selection, map, 'svg'),
    'attention-the-cat-that-was-3.7.svg',
  );
  assert.equal(
    exportName('../../etc: “Straße” 注意', { ...selection, head: null }, map, 'csv'),
    'attention-etc-straße-注意-layer-3.csv',
  );
  assert.equal(exportName('…!', selection, map, 'png'), 'attention-3.7.png');
  const hybrid = { shape: [1, 8, 4, 4], layers: ['convolution', 'convolution', 'attention'] } as const;
  assert.equal(exportName('…!', { ...selection, layer: 0 }, hybrid, 'png'), 'attention-2.7.png');
  assert.ok(exportName('x'.repeat(5000), selection, map, 'npz').length < 60);
});
