import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherLayers, type LayerKind } from '../../../src/core/attention/layers.ts';
import { bandHeight, layoutLayers } from '../../../src/core/views/layers/layout.ts';
import { stepAlong } from '../../../src/core/views/layers/layout.ts';
import { frameOf } from '../webview/fixture.ts';

test('keys go along a strip and to the nearest head of the next', () => {
  const layout = layoutLayers(1100, 700, frameOf('pieces').summaries ?? [], 'entropy', []);
  const [first, second] = layout.strips[2]?.dots ?? [];
  assert.ok(first && second);
  assert.equal(stepAlong(layout, first, 'ArrowRight'), second);
  assert.equal(stepAlong(layout, first, 'ArrowLeft'), first);
  assert.equal(stepAlong(layout, second, 'Home'), first);
  const below = stepAlong(layout, first, 'ArrowDown');
  const distances = (layout.strips[3]?.dots ?? []).map(({ x }) => Math.abs(x - first.x));
  assert.equal(below.layer, 3);
  assert.equal(
    Math.abs((layout.strips[3]?.dots.find(({ head }) => head === below.head)?.x ?? 0) - first.x),
    Math.min(...distances),
  );
  const top = layout.strips[0]?.dots[0] ?? assert.fail();
  assert.deepEqual(stepAlong(layout, top, 'ArrowUp'), top);
});

test('layers without attention are thin rows between the strips', () => {
  const summaries = frameOf('pieces').summaries ?? [];
  const layers: readonly LayerKind[] = ['convolution', ...summaries.map((): LayerKind => 'attention'), 'other'];
  const plain = layoutLayers(1100, 700, summaries, 'entropy', []);
  const { strips, bands, height, rowHeight } = layoutLayers(1100, 700, summaries, 'entropy', otherLayers({ layers }));
  const [above, below] = bands;
  assert.ok(above && below && bands.length === 2);
  assert.equal((strips[0]?.y ?? NaN) - above.y, (rowHeight + bandHeight) / 2);
  assert.equal(below.y - (strips.at(-1)?.y ?? NaN), (rowHeight + bandHeight) / 2);
  assert.equal(height - plain.height, 2 * bandHeight - strips.length * (plain.rowHeight - rowHeight));
  assert.ok(height <= 700);
});
