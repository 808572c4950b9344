import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutHeads, rowMiddle, scrollTo } from '../../../src/core/views/heads/layout.ts';

const view = { width: 500, height: 600, scroll: 0 };

test('few tokens fill the view, many keep a readable height and scroll', () => {
  const few = layoutHeads(view, 11, 11);
  assert.equal(few.maxScroll, 0);
  assert.ok(few.rowHeight > 40);
  const many = layoutHeads(view, 512, 512);
  assert.equal(many.rowHeight, 24);
  assert.ok(many.maxScroll > 11_000);
});

test('only rows in view are named, wherever it is scrolled', () => {
  for (const scroll of [0, 1000, 5000, 1e9]) {
    const layout = layoutHeads({ ...view, scroll }, 512, 512);
    assert.ok(layout.query.last - layout.query.first < 32);
    for (const [index, inside] of [
      [layout.query.first, true],
      [layout.query.last, true],
    ] as const) {
      const middle = rowMiddle(layout, layout.query, index);
      assert.equal(middle > -100 && middle < 700, inside);
    }
  }
  const end = layoutHeads({ ...view, scroll: 1e9 }, 512, 512);
  assert.equal(end.query.last, 511);
});

test('columns of different length reach their ends together', () => {
  const top = layoutHeads(view, 12, 400);
  const end = layoutHeads({ ...view, scroll: top.maxScroll }, 12, 400);
  assert.equal(rowMiddle(top, top.query, 11), rowMiddle(end, end.query, 11), 'a column that fits does not move');
  assert.ok(rowMiddle(end, end.key, 399) < view.height);
});

test('the parts across stay inside the view and apart at every width', () => {
  for (const width of [284, 300, 420, 700, 1400]) {
    for (const named of [false, true]) {
      const { queryEdge, keyEdge, labelWidth, numberWidth } = layoutHeads({ ...view, width }, 5, 5, named);
      assert.ok(queryEdge - labelWidth.query - numberWidth >= 0);
      assert.ok(keyEdge + labelWidth.key + numberWidth <= width);
      assert.ok(keyEdge - queryEdge >= 60, `lines need room at ${width}`);
      assert.ok(
        named ? labelWidth.query > labelWidth.key : labelWidth.query === labelWidth.key,
        `rows of two names have more room at ${width}`,
      );
    }
  }
});

test('scrolling to a row brings it into view and stays put when it is there', () => {
  const layout = layoutHeads(view, 512, 512);
  assert.equal(scrollTo(layout, layout.query, 3, 0), 0);
  const scroll = scrollTo(layout, layout.query, 300, 0);
  const after = layoutHeads({ ...view, scroll }, 512, 512);
  const middle = rowMiddle(after, after.query, 300);
  assert.ok(middle > after.top && middle < view.height);
  assert.equal(scrollTo(layoutHeads(view, 5, 5), layoutHeads(view, 5, 5).query, 4, 0), 0);
});
