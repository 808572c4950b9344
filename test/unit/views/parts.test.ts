import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { floats } from '../../../src/core/block/numbers.ts';
import type { PartName } from '../../../src/core/block/part-name.ts';
import { scorePartsCsv } from '../../../src/core/export/parts-csv.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { paper } from '../../../src/core/picture/paper.ts';
import { paperMeasure } from '../../../src/core/picture/type.ts';
import { partsContent } from '../../../src/core/views/parts/content.ts';
import { boxOfPlace, layoutParts, placeAt } from '../../../src/core/views/parts/layout.ts';
import { partsMarks } from '../../../src/core/views/parts/marks.ts';
import { partsTable, placeText, valueAt } from '../../../src/core/views/parts/table.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import { scorePartsOf } from '../../ui/panel/page/score-parts.ts';
import { names, scoreOf } from './score-of.ts';

describe('the table of parts', () => {
  const cell = { map: 0, layer: 3, head: 7, query: 6, key: 2 };
  const told = scorePartsOf(analyses.cat(), cell);
  const content = partsContent(told, names);
  const centred = new Float32Array(told.centred);
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-4;

  it('sums to the score less the mean of its row in every room, and so does each row and column', () => {
    for (const room of [2, 3, 5, 12, 99]) {
      const table = partsTable(content, { rows: room, columns: room });
      assert.ok(table.rows.length <= room && table.columns.length <= room);
      const every = table.values.flat().reduce((sum, value) => sum + value, 0);
      assert.ok(near(every, told.score - told.mean) && near(table.total, every));
      for (const [row, { sum, parts }] of table.rows.entries()) {
        assert.ok(
          near(
            itemAt(table.values, row).reduce((all, value) => all + value, 0),
            sum,
          ),
        );
        const own = parts.flatMap((part) =>
          told.parts.map((_, key) => itemAt(centred, part * told.parts.length + key)),
        );
        assert.ok(
          near(
            own.reduce((all, value) => all + value, 0),
            sum,
          ),
        );
      }
      for (const [column, { sum }] of table.columns.entries())
        assert.ok(
          near(
            table.values.reduce((all, row) => all + itemAt(row, column), 0),
            sum,
          ),
        );
      const parts = table.rows.flatMap((row) => row.parts);
      assert.equal(new Set(parts).size, content.query.length, 'every part is in one row');
    }
  });

  it('lists the largest terms, and what all others come to', () => {
    const sorted = Array.from(centred, Math.abs).sort((a, b) => b - a);
    assert.deepEqual(
      content.largest.map(({ value }) => Math.abs(value)),
      sorted.slice(0, 5),
    );
    const shown = content.largest.reduce((sum, { value }) => sum + value, 0);
    assert.ok(near(shown + (content.further?.value ?? 0), told.score - told.mean));
    assert.equal(content.largest.length + (content.further?.count ?? 0), content.query.length * content.key.length);
  });

  it('leaves out what is no part of a side, and keeps what all keys share', () => {
    const parts: readonly PartName[] = [{ kind: 'word' }, { kind: 'query-bias' }, { kind: 'key-bias' }];
    // A query has no key bias, a key no query bias; the key bias is the same for all keys.
    const table = { terms: floats([1, 0, 2, 3, 0, 4, 0, 0, 0]), centred: floats([0.5, 0, 0, 1, 0, 0, 0, 0, 0]) };
    const { query, key, total } = partsContent({ ...scoreOf([[0]]), parts: [...parts], ...table, score: 3.5 }, names);
    assert.deepEqual(
      [query, key].map((lines) => lines.map(({ name }) => name)),
      [
        ['query bias', 'word embedding'],
        ['word embedding', 'key bias'],
      ],
    );
    assert.equal(total, 1.5);
  });

  it('refuses tables that do not fit the parts', () => {
    assert.throws(() => partsContent({ ...told, terms: new ArrayBuffer(8) }, names), RangeError);
  });

  for (const width of [300, 400, 560, 1000])
    it(`${width} px: every place is inside, is found under its middle, and is said`, () => {
      for (const hasBars of [false, true]) {
        const layout = layoutParts(content, width, paperMeasure, { hasControls: true, hasBars });
        const { table } = layout;
        for (let row = 0; row <= table.rows.length; row++)
          for (let column = 0; column <= table.columns.length; column++) {
            const box = boxOfPlace(layout, { row, column });
            assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= layout.height);
            const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
            assert.deepEqual(placeAt(layout, middle), { row, column });
            assert.ok(placeText(table, { row, column }).length > 0);
            assert.ok(Number.isFinite(valueAt(table, { row, column })));
          }
        assert.equal(placeAt(layout, { x: 1, y: 1 }), null);
        for (const { x, anchor } of layout.lines) assert.ok(anchor === 'end' ? x <= width : x >= 0);
        assert.ok(partsMarks(layout, { palette: paper, measure: paperMeasure(12) }).length > table.rows.length);
      }
    });

  it('is a record for each pair of parts as CSV, with the names that programs read', () => {
    const csv = scorePartsCsv(analyses.cat(), { cell, told });
    const [header, ...records] = csv.trimEnd().split('\r\n');
    assert.equal(header, 'map,layer,head,query,query_token,key,key_token,query_part,key_part,term,above_mean');
    assert.equal(records.length, told.parts.length ** 2);
    assert.match(itemAt(records, 0), /^attention,3,7,6,ate,2,cat,word,word,/);
    const sum = records.reduce((all, record) => all + Number(record.split(',').at(-1)), 0);
    assert.ok(near(sum, told.score - told.mean));
  });
});
