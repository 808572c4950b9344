import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutLayers, scaleFor } from '../../../src/core/views/layers/layout.ts';
import { frameOf } from '../webview/fixture.ts';

const summaries = frameOf('pieces').summaries ?? [];

test('an axis ends at a round number that holds everything', () => {
  assert.deepEqual(scaleFor(2.4), { end: 2.5, step: 0.5 });
  assert.deepEqual(scaleFor(1), { end: 1, step: 0.2 });
  assert.deepEqual(scaleFor(0), { end: 1, step: 0.2 });
  assert.equal(scaleFor(137).end, 150);
});

test('every head has a dot, in its strip and within the chart, further right the higher its value', () => {
  for (const [width, height] of [
    [300, 300],
    [1100, 700],
  ] as const) {
    const { strips, left, right, rowHeight } = layoutLayers(width, height, summaries, 'entropy', []);
    assert.equal(strips.flatMap(({ dots }) => dots).length, 6 * 12);
    for (const { y, dots, layer } of strips) {
      for (const dot of dots)
        assert.ok(dot.x >= left && dot.x <= right && right <= width && Math.abs(dot.y - y) <= rowHeight / 2);
      const values = dots.map(({ head }) => summaries[layer]?.[head]?.entropy ?? 0);
      assert.deepEqual(
        values,
        [...values].sort((a, b) => a - b),
      );
    }
  }
});

test('dots with room do not lie on each other', () => {
  const { strips, radius } = layoutLayers(1100, 700, summaries, 'distance', []);
  for (const { dots } of strips) {
    const near = dots.flatMap((a, at) =>
      dots.slice(at + 1).filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < 2 * radius - 1.01),
    );
    assert.ok(near.length <= 2, `${near.length} lie on another`);
  }
});
