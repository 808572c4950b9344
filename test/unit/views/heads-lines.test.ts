import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutHeads } from '../../../src/core/views/heads/layout.ts';
import { bandOf, bandOpacity, collectLines, linesInView } from '../../../src/core/views/heads/lines.ts';
import { frameOf } from '../webview/fixture.ts';

test('every visible weight is a line, and no invisible one', () => {
  const layer = Float32Array.from([0.5, 0.001, 0.499, 0, 1, 0, 0.1, 0.2]);
  const lines = collectLines(layer, 2, 2, [0, 1]);
  const found = Array.from(
    { length: lines.count },
    (_, at) => `${lines.head[at]}:${lines.query[at]}>${lines.key[at]}`,
  ).sort();
  assert.deepEqual(found, ['0:0>0', '0:1>0', '1:0>0', '1:1>0', '1:1>1']);
});

test('only shown heads have lines', () => {
  const { weights } = frameOf('cat');
  const lines = collectLines(weights, 11, 11, [2, 7]);
  assert.deepEqual([...new Set(lines.head)].sort(), [2, 7]);
});

test('lines come weakest first, and their opacity is their weight within one band', () => {
  const { weights } = frameOf('t64');
  const lines = collectLines(weights, 64, 64, [0, 1, 2, 3]);
  assert.ok(lines.count > 1000);
  for (let at = 0; at < lines.count; at++) {
    if (at > 0) assert.ok(bandOf(lines.level[at] ?? 0) >= bandOf(lines.level[at - 1] ?? 0));
    const weight = weights[((lines.head[at] ?? 0) * 64 + (lines.query[at] ?? 0)) * 64 + (lines.key[at] ?? 0)] ?? 0;
    assert.ok(Math.abs(bandOpacity(lines.level[at] ?? 0) - weight) <= 4.6 / 255);
  }
});

test('a view gets the strongest lines that cross it, and says what it left out', () => {
  const { weights } = frameOf('t64');
  const lines = collectLines(weights, 64, 64, [0, 1, 2, 3, 4, 5]);
  const layout = layoutHeads({ width: 500, height: 400, scroll: 0 }, 64, 64);
  const all = linesInView(lines, layout, 1e6);
  assert.equal(all.leftOutBelow, 0);
  assert.ok(all.indices.length < lines.count, 'lines below the view are not drawn');
  const few = linesInView(lines, layout, 100);
  assert.equal(few.indices.length, 100);
  assert.deepEqual([...few.indices], [...all.indices.subarray(0, 100)]);
  assert.ok(
    few.leftOutBelow > 0 &&
      all.indices.subarray(100).every((line) => (lines.level[line] ?? 0) / 255 <= few.leftOutBelow),
  );
});
