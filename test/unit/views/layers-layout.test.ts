import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutLayers } from '../../../src/core/views/layers/layout.ts';
import { stepAlong } from '../../../src/core/views/layers/layout.ts';
import { frameOf } from '../webview/fixture.ts';

test('keys go along a strip and to the nearest head of the next', () => {
  const layout = layoutLayers(1100, 700, frameOf('pieces').summaries ?? [], 'entropy');
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
