import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import type { DecoderRows } from '../../../src/core/attention/map.ts';
import { rowChoices, rowNames, rowText } from '../../../src/core/attention/row-names.ts';
import { plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { csvMatrixOf, csvOf } from '../../../src/core/export/csv.ts';
import { jsonOf } from '../../../src/core/export/json.ts';
import { matrixSvgOf } from '../../../src/core/views/matrix/paper.ts';
import { headsSvgOf } from '../../../src/core/views/heads/paper.ts';
import { tableOf } from '../../../src/core/export/table.ts';
import { token } from '../export/analysis.ts';
import { readCsv } from '../export/read-csv.ts';

const everything = { map: null, layer: null, heads: null };

/**
 * A target `el rey` over a source of two words, as a Transformer feeds it (`<pad> el rey`) or as a recurrent network
 * writes it (`el rey </s>`).
 */
function analysisOf(rows: DecoderRows): Analysis {
  const words = [
    token(11, '▁el', 0, 2, { word: 0 }),
    token(12, '▁re', 3, 5, { word: 1 }),
    token(13, 'y', 5, 6, { word: 1 }),
  ];
  const tokens = rows.tokens === 'read' ? [token(0, '<pad>', 0, 0), ...words] : [...words, token(1, '</s>', 6, 6)];
  return {
    model: { id: 'small', family: rows.tokens === 'read' ? 'encoder-decoder' : 'recurrent', layers: 1, heads: 1 },
    sequences: [
      { text: 'the king', tokens: [token(5, '▁the', 0, 3, { word: 0 }), token(6, '▁king', 4, 8, { word: 1 })] },
      { text: 'el rey', tokens },
    ],
    maps: [
      {
        name: 'cross',
        kind: 'cross',
        queries: 1,
        keys: 0,
        shape: [1, 1, 4, 2],
        weights: Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.25, 0.75, 1, 0),
        rows,
      },
    ],
    timing: { load: 0, run: 1 },
    notes: [],
  };
}

const transformer = analysisOf({ tokens: 'read', edge: '</s>' });
const recurrent = analysisOf({ tokens: 'written', edge: '<s>' });

function namesOf({ maps: [map], sequences }: Analysis, unit: ViewOptions['unit'] = 'tokens'): string[] {
  assert.ok(map);
  return rowNames(map, sequences, unit)?.map((name) => rowText(name, 'both')) ?? [];
}

describe('the rows of a decoder', () => {
  it('say what is read and what is written, whichever of them the model’s own tokens are', () => {
    assert.deepEqual(namesOf(transformer), ['<pad> ▸ el', 'el ▸ re', 're ▸ y', 'y ▸ </s>']);
    assert.deepEqual(namesOf(recurrent), ['<s> ▸ el', 'el ▸ re', 're ▸ y', 'y ▸ </s>']);
  });

  it('are called by one switch alike for every kind of model', () => {
    const said = (analysis: Analysis, choice: ViewOptions['rows']): (string | undefined)[] =>
      [...csvMatrixOf(analysis, everything, { ...plainOptions, rows: choice })]
        .slice(1)
        .map((line) => line.split(',')[0]);
    for (const choice of rowChoices)
      assert.deepEqual(said(transformer, choice).slice(1), said(recurrent, choice).slice(1), choice);
    assert.deepEqual(said(transformer, 'written'), ['el', 're', 'y', '</s>']);
    assert.deepEqual(said(recurrent, 'read'), ['<s>', 'el', 're', 'y']);
  });

  it('are words where words are shown, and stay so where tokens are hidden', () => {
    assert.deepEqual(namesOf(transformer, 'words'), ['<pad> ▸ el', 'el ▸ rey', 'rey ▸ </s>']);
    assert.deepEqual(namesOf(recurrent, 'words'), ['<s> ▸ el', 'el ▸ rey', 'rey ▸ </s>']);
    const hidden = [...csvMatrixOf(transformer, everything, { ...plainOptions, hideSpecial: true })]
      .slice(1)
      .map((line) => line.split(',')[0]);
    assert.deepEqual(hidden, ['el ▸ re', 're ▸ y', 'y ▸ </s>']);
  });

  it('say … where nothing is known to be written, and make vocabulary marks readable', () => {
    assert.equal(namesOf(analysisOf({ tokens: 'read', edge: null })).at(-1), 'y ▸ …');
    assert.equal(namesOf(analysisOf({ tokens: 'read', edge: '▁and' })).at(-1), 'y ▸ and');
    assert.equal(namesOf(analysisOf({ tokens: 'written', edge: '\u001b[2J' }))[0], '·[2J ▸ el');
  });

  it('are nothing but tokens in a map of an encoder', () => {
    const { sequences } = transformer;
    assert.equal(rowNames({ queries: 0 }, sequences, 'tokens'), null);
    assert.equal(rowNames({ queries: 7, rows: { tokens: 'read', edge: null } }, sequences, 'tokens'), null);
  });

  it('stand in every export, which says what they are', () => {
    for (const analysis of [transformer, recurrent]) {
      const table = tableOf(analysis, everything);
      assert.match(table, /each step \(read ▸ written\)/);
      assert.match(table, /^1 el ▸ re +0 the 0\.50/m);
      for (const svg of [headsSvgOf(analysis, everything), matrixSvgOf(analysis, everything)]) {
        assert.match(svg, />el ▸ re</);
        assert.match(svg, /rows: read ▸ written/);
      }
      const json = JSON.parse([...jsonOf(analysis)].join('')) as {
        maps: [{ rows: string; read: string[]; written: string[] }];
      };
      assert.equal(json.maps[0].rows, analysis === transformer ? 'read' : 'written');
      assert.deepEqual(json.maps[0].written, ['el', 're', 'y', '</s>']);
      assert.deepEqual(json.maps[0].read.slice(1), ['el', 're', 'y']);
      const [head, , second] = readCsv([...csvOf(analysis, everything)].join(''));
      assert.deepEqual(head, [
        'map',
        'layer',
        'head',
        'query',
        'query_token',
        'token_read',
        'token_written',
        'key',
        'key_token',
        'weight',
      ]);
      const own = analysis === transformer ? '<pad>' : 'el';
      assert.deepEqual(second, [
        'cross',
        '0',
        '0',
        '0',
        own,
        analysis === transformer ? '<pad>' : '<s>',
        'el',
        '1',
        'king',
        '0.25',
      ]);
    }
  });
});
