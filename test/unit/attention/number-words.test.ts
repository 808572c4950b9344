import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  amountText,
  exactText,
  probabilityText,
  rangesText,
  shareText,
  valueText,
  weightText,
} from '../../../src/core/attention/number-words.ts';
import { countText, listText } from '../../../src/core/words/english/grammar.ts';

test('a weight of two digits is 0 or 1 only where it is', () => {
  assert.deepEqual([0, 0.0004, 0.0049, 0.0051, 0.26, 0.994, 0.9951, 0.99994, 0.9999999, 1, 1.2].map(weightText), [
    '0.00',
    '<0.01',
    '<0.01',
    '0.01',
    '0.26',
    '0.99',
    '>0.99',
    '>0.99',
    '1.00',
    '1.00',
    '1.20',
  ]);
});

test('an exact weight has four digits, or a power of ten', () => {
  assert.deepEqual([0, 0.00001, 0.00004999, 0.0001, 0.12345, 0.99996, 1].map(exactText), [
    '0.0000',
    '1·10⁻⁵',
    '5·10⁻⁵',
    '0.0001',
    '0.1235',
    '>0.9999',
    '1.0000',
  ]);
});

test('a small probability is a power of ten, never 0.00', () => {
  assert.deepEqual([0, 3.2e-4, 9.6e-4, 0.0094, 0.0096, 0.01, 0.12, 0.9967, 1, 2e-12].map(probabilityText), [
    '0',
    '3·10⁻⁴',
    '1·10⁻³',
    '9·10⁻³',
    '0.01',
    '0.01',
    '0.12',
    '>0.99',
    '1.00',
    '2·10⁻¹²',
  ]);
});

test('shares, amounts and values say when they only round to nothing or all', () => {
  assert.deepEqual([0, 0.004, 0.12, 0.996, 1].map(shareText), ['0 %', '<1 %', '12 %', '>99 %', '100 %']);
  assert.deepEqual(
    [0, 0.04, 0.06, 2.44].map((value) => amountText(value, 1)),
    ['0.0', '<0.1', '0.1', '2.4'],
  );
  assert.deepEqual([-0.0000001, 0.004, -3.14159, 0].map(valueText), ['-1e-7', '0.004', '-3.142', '0']);
});

test('counts have their noun, their plural and their thousands; lists their “and”', () => {
  assert.deepEqual(
    [0, 1, 2, 999, 1204, 30522, 1048576].map((count) => countText(count, 'token')),
    ['0 tokens', '1 token', '2 tokens', '999 tokens', '1,204 tokens', '30,522 tokens', '1,048,576 tokens'],
  );
  assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listText), ['', 'a', 'a and b', 'a, b and c']);
});

test('numbers in a row are a range from three on', () => {
  assert.deepEqual([[4], [2, 7], [2, 3], [0, 1, 2], [0, 1, 2, 3, 5, 7, 8, 10, 11, 12]].map(rangesText), [
    '4',
    '2, 7',
    '2, 3',
    '0–2',
    '0–3, 5, 7, 8, 10–12',
  ]);
});
