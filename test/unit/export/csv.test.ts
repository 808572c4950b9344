import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headOf } from '../../../src/core/attention/map.ts';
import { csvMatrixOf, csvOf, fieldOf } from '../../../src/core/export/csv.ts';
import { everything } from '../../../src/core/scene/focus.ts';
import { smallAnalysis, token } from './analysis.ts';
import { readCsv } from './read-csv.ts';

/** The small analysis with other tokens. */
function withTokens(...words: string[]) {
  const text = words.join('');
  let at = 0;
  const tokens = words.map((word, id) => token(id, word, at, (at += word.length)));
  return { ...smallAnalysis(), sequences: [{ text, tokens }] };
}

test('every weight is a record, and its number is read back as it was', () => {
  const analysis = smallAnalysis();
  const [map] = analysis.maps;
  assert.ok(map);
  const third = 1 / 3;
  map.weights[1] = third;
  const [head, ...records] = readCsv([...csvOf(analysis, everything)].join(''));
  assert.deepEqual(head, ['map', 'layer', 'head', 'query', 'query_token', 'key', 'key_token', 'weight']);
  assert.equal(records.length, 36);
  for (const [name, layer, one, query, , key, , weight] of records) {
    assert.equal(name, 'attention');
    assert.equal(Math.fround(Number(weight)), headOf(map, Number(layer), Number(one))[Number(query) * 3 + Number(key)]);
  }
  assert.deepEqual(records[1], ['attention', '0', '0', '0', '[CLS]', '1', 'a', '0.333333343']);
});

test('only the layer and the heads that are shown are written', () => {
  const records = readCsv([...csvOf(smallAnalysis(), { map: 0, layer: 1, heads: [1] })].join('')).slice(1);
  assert.deepEqual([...new Set(records.map(([, layer, head]) => `${layer}.${head}`))], ['1.1']);
  assert.throws(() => [...csvOf(smallAnalysis(), { map: 1, layer: null, heads: null })], RangeError);
  assert.throws(() => [...csvOf(smallAnalysis(), { map: 0, layer: 2, heads: null })], RangeError);
  assert.throws(() => [...csvOf(smallAnalysis(), { map: 0, layer: 0, heads: [2] })], RangeError);
});

test('quotes, commas, line breaks and emoji survive', () => {
  const records = readCsv(
    [...csvOf(withTokens('say "no", he', '👩‍🚀', 'a;b'), { map: 0, layer: 0, heads: [0] })].join(''),
  ).slice(1);
  assert.deepEqual(
    records.slice(0, 3).map(([, , , , , , key]) => key),
    ['say "no", he', '👩‍🚀', 'a;b'],
  );
  assert.equal(fieldOf('two\nlines'), '"two\nlines"');
});

test('what a spreadsheet would calculate is guarded, signs alone are not', () => {
  for (const formula of ['=1+1', '+1', '-2', '@SUM(A1)', '\t=1', '=HYPERLINK("x")'])
    assert.match(fieldOf(formula), /^"?'[=+\-@\t]/u);
  for (const plain of ['=', '+', '-', '@', "'", 'a=b', '1-2', '–5']) assert.equal(fieldOf(plain), plain);
});

test('a causal map has no records for what a query cannot see', () => {
  const base = smallAnalysis();
  const causal = { ...base, maps: base.maps.map((map) => ({ ...map, kind: 'causal' as const })) };
  const records = readCsv([...csvOf(causal, { map: 0, layer: 0, heads: [0] })].join('')).slice(1);
  assert.deepEqual(
    records.map(([, , , query, , key]) => `${query}${key}`),
    ['00', '10', '11', '20', '21', '22'],
  );
  assert.deepEqual(readCsv([...csvMatrixOf(causal, { map: 0, layer: 0, heads: [0] })].join(''))[1], [
    '[CLS]',
    '1',
    '',
    '',
  ]);
});

test('a matrix has the keys across and the queries down; several heads give their mean', () => {
  const one = readCsv([...csvMatrixOf(smallAnalysis(), { map: 0, layer: 1, heads: [1] })].join(''));
  assert.deepEqual(one, [
    ['', '[CLS]', 'a', '<b>'],
    ['[CLS]', '1', '0', '0'],
    ['a', '1', '0', '0'],
    ['<b>', '0', '1', '0'],
  ]);
  const mean = readCsv([...csvMatrixOf(smallAnalysis(), { map: 0, layer: 1, heads: [0, 1] })].join(''));
  assert.deepEqual(mean[1], ['[CLS]', '0.75', '0.125', '0.125']);
});
