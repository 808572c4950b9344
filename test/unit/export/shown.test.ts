import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { layerOf } from '../../../src/core/attention/map.ts';
import { mergeHeads, mergeLayers } from '../../../src/core/attention/merge.ts';
import { shownWeights, sidesOf } from '../../../src/core/attention/shown.ts';
import { plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { csvMatrixOf, csvOf } from '../../../src/core/export/csv.ts';
import { matrixSvgOf } from '../../../src/core/views/matrix/paper.ts';
import { headsSvgOf } from '../../../src/core/views/heads/paper.ts';
import { tableOf } from '../../../src/core/export/table.ts';
import { everything } from '../../../src/core/scene/focus.ts';
import { curvesIn } from '../views/lines-in.ts';
import { localAnalysis, token } from './analysis.ts';
import { readCsv } from './read-csv.ts';

const count = 6;
const [layers, heads] = [2, 2];

/** `[CLS] un kind , dog [SEP]` under two layers of two heads; the weights of a row are all different and sum to 1. */
function analysisOf(kind: 'self' | 'causal' = 'self'): Analysis {
  const word = (text: string, start: number, number: number) =>
    token(start, text, start, start + text.length, { word: number });
  const weights = Float32Array.from({ length: layers * heads * count * count }, (_, at) => {
    const [head, row, column] = [Math.floor(at / (count * count)), Math.floor(at / count) % count, at % count];
    const keys = kind === 'causal' ? row + 1 : count;
    return column < keys ? (1 + ((column + row + head * 2) % keys)) / ((keys * (keys + 1)) / 2) : 0;
  });
  const tokens = [
    token(1, '[CLS]', 0, 0),
    word('un', 0, 0),
    word('kind', 2, 0),
    word(',', 6, 1),
    word('dog', 8, 2),
    token(2, '[SEP]', 11, 11),
  ];
  return {
    model: { id: 'shown', family: kind === 'self' ? 'encoder' : 'decoder', layers, heads },
    sequences: [{ text: 'unkind, dog', tokens }],
    maps: [
      {
        name: kind === 'self' ? 'attention' : 'decoder',
        kind,
        queries: 0,
        keys: 0,
        shape: [layers, heads, count, count],
        weights,
      },
    ],
    timing: { load: 0, run: 1 },
    notes: [],
  };
}

const options = (change: Partial<ViewOptions>): ViewOptions => ({ ...plainOptions, ...change });

/**
 * What the panel shows of weights, computed by its own rules: the cells that are not 0 or all, by the places of their
 * units.
 */
function panelCells(
  { maps: [map], sequences }: Analysis,
  weights: Float32Array,
  view: ViewOptions,
): [query: number, key: number, weight: number][] {
  assert.ok(map);
  const sides = sidesOf(map, sequences, view);
  const shown = shownWeights(weights, map, sequences, sides, view).weights;
  return sides.query.flatMap((query, row) =>
    sides.key.map((key, column): [number, number, number] => [
      query.at,
      key.at,
      shown[row * sides.key.length + column] ?? 0,
    ]),
  );
}

function oneHead({ maps: [map] }: Analysis, layer: number, head: number): Float32Array {
  assert.ok(map);
  return layerOf(map, layer).subarray(head * count * count, (head + 1) * count * count);
}

for (const [what, change] of Object.entries<Partial<ViewOptions>>({
  words: { unit: 'words' },
  'special tokens hidden': { hideSpecial: true },
  'words without punctuation, renormalised': {
    unit: 'words',
    hideSpecial: true,
    hidePunctuation: true,
    renormalise: true,
  },
})) {
  test(`CSV has the rows of the panel: ${what}`, () => {
    const analysis = analysisOf();
    const records = readCsv([...csvOf(analysis, { map: 0, layer: 1, heads: [1] }, options(change))].join('')).slice(1);
    assert.deepEqual(
      records.map(([, layer, head, query, , key, , weight]) => [
        layer,
        head,
        Number(query),
        Number(key),
        Math.fround(Number(weight)),
      ]),
      panelCells(analysis, oneHead(analysis, 1, 1), options(change)).map((cell) => ['1', '1', ...cell]),
    );
  });
}

test('words are named by all of their pieces, under columns that say so', () => {
  const [head, ...records] = readCsv(
    [...csvOf(analysisOf(), { map: 0, layer: 0, heads: [0] }, options({ unit: 'words', hideSpecial: true }))].join(''),
  );
  assert.deepEqual(head, ['map', 'layer', 'head', 'query', 'query_word', 'key', 'key_word', 'weight']);
  assert.deepEqual(
    [...new Set(records.map(([, , , query, label]) => `${query} ${label}`))],
    ['1 unkind', '2 ,', '3 dog'],
  );
});

test('what a threshold takes away is no record, and an empty cell of the matrix', () => {
  for (const change of [
    { topK: 2 },
    { mass: 0.6 },
    { mass: 0.9, topK: 1, unit: 'words' },
  ] satisfies Partial<ViewOptions>[]) {
    const analysis = analysisOf();
    const cells = panelCells(analysis, oneHead(analysis, 0, 1), options(change));
    const kept = cells.filter(([, , weight]) => weight > 0);
    assert.ok(kept.length < cells.length);
    const focus = { map: 0, layer: 0, heads: [1] };
    const records = readCsv([...csvOf(analysis, focus, options(change))].join('')).slice(1);
    assert.deepEqual(
      records.map(([, , , query, , key, , weight]) => [Number(query), Number(key), Math.fround(Number(weight))]),
      kept,
    );
    const matrix = readCsv([...csvMatrixOf(analysis, focus, options(change))].join('')).slice(1);
    assert.deepEqual(
      matrix.flatMap((row) => row.slice(1)).map((cell) => (cell === '' ? 0 : Math.fround(Number(cell)))),
      cells.map(([, , weight]) => weight),
    );
    assert.equal(
      matrix.flatMap((row) => row.slice(1)).filter((cell) => cell === '').length,
      cells.length - kept.length,
    );
  }
});

test('heads and layers are merged before anything is thinned, and named so', () => {
  const analysis = analysisOf();
  const [map] = analysis.maps;
  assert.ok(map);
  const view = options({ headMerge: 'max', layerMerge: 'max', topK: 2 });
  const merged = mergeHeads(mergeLayers(map, 'max'), count, count, [0, 1], 'max');
  const focus = { map: 0, layer: 1, heads: [0, 1] };
  const matrix = readCsv([...csvMatrixOf(analysis, focus, view)].join('')).slice(1);
  assert.deepEqual(
    matrix.flatMap((row) => row.slice(1)).map((cell) => Math.fround(Number(cell))),
    panelCells(analysis, merged, view).map(([, , weight]) => weight),
  );
  assert.match(
    matrixSvgOf(analysis, focus, view),
    /attention \(self\), maximum of 2 layers, maximum of 2 heads; top 2</,
  );
  const records = readCsv([...csvOf(analysis, focus, options({ layerMerge: 'mean' }))].join('')).slice(1);
  assert.deepEqual([...new Set(records.map(([, layer, head]) => `${layer}.${head}`))], ['mean.0', 'mean.1']);
  assert.match(
    headsSvgOf(analysis, focus, options({ layerMerge: 'mean' })),
    /<title>Attention of shown, mean of 2 layers</,
  );
});

test('one step is one row, and hidden tokens keep a causal map causal', () => {
  const analysis = analysisOf('causal');
  const focus = { map: 0, layer: 0, heads: [0] };
  const step = readCsv([...csvOf(analysis, focus, options({ step: 3 }))].join('')).slice(1);
  assert.deepEqual(
    step.map(([, , , query, , key]) => `${query}${key}`),
    ['30', '31', '32', '33'],
  );
  assert.deepEqual(
    readCsv([...csvMatrixOf(analysis, focus, options({ step: 3 }))].join('')).map(([label]) => label),
    ['', ','],
  );
  const words = readCsv([...csvOf(analysis, focus, options({ unit: 'words', hideSpecial: true }))].join('')).slice(1);
  assert.deepEqual(
    words.map(([, , , query, , key]) => `${query}${key}`),
    ['11', '21', '22', '31', '32', '33'],
  );
  const lines = curvesIn(headsSvgOf(analysis, focus, options({ step: 3 }))).map(({ from: [, y] }) => y);
  assert.deepEqual([lines.length, new Set(lines).size], [4, 1]);
});

test('pictures have the words as text and a line for what is left alone; a window is drawn over tokens alone', () => {
  const view = options({ unit: 'words', hideSpecial: true, topK: 1 });
  const picture = headsSvgOf(analysisOf(), { map: 0, layer: 0, heads: [0] }, view);
  assert.deepEqual([...picture.matchAll(/<text [^>]*>([^<]+)<\/text>/gu)].map(([, label]) => label).slice(-3), [
    'unkind',
    ',',
    'dog',
  ]);
  assert.equal(curvesIn(picture).length, 3);
  assert.match(picture, /layer 0, head 0; words, special tokens hidden, top 1</);
  assert.ok(headsSvgOf(localAnalysis(), { map: 0, layer: 0, heads: [0] }).includes('dotted'));
  assert.ok(
    !headsSvgOf(localAnalysis(), { map: 0, layer: 0, heads: [0] }, options({ hideSpecial: true })).includes('dotted'),
  );
});

test('where everything is hidden, files are empty and whole', () => {
  const analysis = {
    ...analysisOf(),
    sequences: [{ text: '', tokens: Array.from({ length: count }, (_, id) => token(id, '[PAD]', 0, 0)) }],
  };
  const focus = { map: 0, layer: 0, heads: [0] };
  const view = options({ hideSpecial: true });
  assert.equal(readCsv([...csvOf(analysis, focus, view)].join('')).length, 1);
  assert.match(headsSvgOf(analysis, focus, view), /<\/svg>\n$/u);
  assert.doesNotMatch(matrixSvgOf(analysis, focus, view), /NaN|Infinity/u);
});

test('a table whose every token is hidden says so, as the panel does', () => {
  const analysis = analysisOf();
  const { sequences, maps } = analysis;
  const special = sequences.map((sequence) => ({
    ...sequence,
    tokens: sequence.tokens.map((one) => ({ ...one, special: true })),
  }));
  const options = { ...plainOptions, hideSpecial: true };
  const hidden = tableOf({ ...analysis, sequences: special, maps }, everything, options);
  assert.match(hidden, /heads, special tokens hidden\nEvery token is hidden\n$/u);
  assert.doesNotMatch(tableOf(analysis, everything, options), /Every token is hidden/u);
});
