import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MapInfo } from '../../../src/core/attention/map.ts';
import { shownWeights, sidesOf, type ShownOptions } from '../../../src/core/attention/shown.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';

const plain: ShownOptions = {
  unit: 'tokens',
  hideSpecial: false,
  hidePunctuation: false,
  pairs: 'all',
  renormalise: false,
  mass: null,
  topK: null,
};

function token(text: string, start: number, word: number | null, segment: 0 | 1 = 0): Token {
  return {
    id: 0,
    text,
    start,
    end: word === null ? start : start + text.length,
    special: word === null,
    word,
    segment,
  };
}

/** `[CLS] un kind , [SEP] ok [SEP]`: a word of two pieces, a comma, a pair. */
const sequence: Sequence = {
  text: 'unkind,',
  pair: 'ok',
  tokens: [
    token('[CLS]', 0, null),
    token('un', 0, 0),
    token('kind', 2, 0),
    token(',', 6, 1),
    token('[SEP]', 7, null),
    token('ok', 0, 2, 1),
    token('[SEP]', 2, null, 1),
  ],
};
const count = sequence.tokens.length;
const map: MapInfo = { name: 'attention', kind: 'self', queries: 0, keys: 0, shape: [1, 2, count, count] };

/** Two heads of rows that sum to 1; every weight of a row is different. */
const layer = Float32Array.from({ length: 2 * count * count }, (_, at) => {
  const [head, row, column] = [Math.floor(at / (count * count)), Math.floor(at / count) % count, at % count];
  return (1 + ((column * 3 + row * 5 + head) % count)) / ((count * (count + 1)) / 2);
});

function shown(change: Partial<ShownOptions>) {
  const options = { ...plain, ...change };
  const sides = sidesOf(map, [sequence], options);
  const { whole, weights } = shownWeights(layer, map, [sequence], sides, options);
  return { sides, whole, weights, rows: rowsOf(weights, sides.key.length) };
}

function rowsOf(weights: Float32Array, length: number): number[][] {
  return Array.from({ length: weights.length / length }, (_, row) => [
    ...weights.subarray(row * length, (row + 1) * length),
  ]);
}

function sum(row: readonly number[]): number {
  return row.reduce((all, weight) => all + weight, 0);
}

function near(actual: number | undefined, expected: number): void {
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);
}

const at = (head: number, query: number, key: number): number => layer[(head * count + query) * count + key] ?? 0;

describe('what is shown of a layer', () => {
  it('is the layer itself, not a copy, with nothing switched on', () => {
    const { whole, weights } = shown({});
    assert.equal(whole, layer);
    assert.equal(weights, layer);
  });

  it('words: the sum over a key word, the mean over a query word, rows still sum to 1', () => {
    const { sides, rows } = shown({ unit: 'words' });
    assert.deepEqual(
      sides.key.map(({ first, end }) => [first, end]),
      [
        [0, 1],
        [1, 3],
        [3, 4],
        [4, 5],
        [5, 6],
        [6, 7],
      ],
    );
    near(rows[1]?.[1], (at(0, 1, 1) + at(0, 1, 2) + at(0, 2, 1) + at(0, 2, 2)) / 2);
    for (const row of rows) near(sum(row), 1);
  });

  it('hidden tokens leave both sides, and what remains keeps its place and its numbers', () => {
    const { sides, rows } = shown({ hideSpecial: true, hidePunctuation: true });
    assert.deepEqual(
      sides.query.map(({ at: place }) => place),
      [1, 2, 5],
    );
    assert.deepEqual(rows[4], [at(1, 2, 1), at(1, 2, 2), at(1, 2, 5)]);
  });

  it('renormalised, the rows that remain sum to 1 and keep their proportions', () => {
    const { rows } = shown({ hideSpecial: true, renormalise: true });
    for (const row of rows) near(sum(row), 1);
    near((rows[0]?.[0] ?? 0) / (rows[0]?.[1] ?? 1), at(0, 1, 1) / at(0, 1, 2));
    assert.notEqual(layer, shown({ renormalise: true }).whole, 'the layer itself is never written to');
  });

  it('pairs: rows from one text, columns from the other', () => {
    const { sides, rows } = shown({ pairs: 'ab' });
    assert.deepEqual(
      sides.query.map(({ first }) => first),
      [0, 1, 2, 3, 4],
    );
    assert.deepEqual(
      sides.key.map(({ first }) => first),
      [5, 6],
    );
    assert.deepEqual(rows[6], [at(1, 1, 5), at(1, 1, 6)]);
    assert.deepEqual(
      shown({ pairs: 'bb', hideSpecial: true }).sides.query.map(({ first }) => first),
      [5],
    );
  });

  it('the threshold counts the share of what is left of the row', () => {
    const { rows, whole, sides } = shown({ hideSpecial: true, mass: 0.6 });
    rows.forEach((row, index) => {
      const all = sum([...whole.subarray(index * sides.key.length, (index + 1) * sides.key.length)]);
      const kept = row.filter((weight) => weight > 0);
      assert.ok(sum(kept) >= 0.6 * all - 1e-6);
      assert.ok(sum(kept) - Math.min(...kept) < 0.6 * all);
    });
  });

  it('whole keeps the exact numbers of what threshold and top-k leave out', () => {
    const { whole, rows } = shown({ topK: 1 });
    assert.equal(whole, layer);
    for (const row of rows) assert.equal(row.filter((weight) => weight > 0).length, 1);
  });

  it('may hide everything on a side', () => {
    const only: Sequence = { text: ',', tokens: [token(',', 0, 0)] };
    const options = { ...plain, hidePunctuation: true };
    const one: MapInfo = { ...map, shape: [1, 1, 1, 1] };
    const sides = sidesOf(one, [only], options);
    assert.deepEqual(sides, { query: [], key: [] });
    assert.equal(shownWeights(Float32Array.of(1), one, [only], sides, options).weights.length, 0);
  });
});
