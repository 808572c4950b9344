import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelOf } from '../../../src/core/text/label.ts';
import { joined } from '../../../src/core/picture/bytes.ts';
import { csvOf } from '../../../src/core/export/csv.ts';
import { exportOf } from '../../../src/core/export/export-of.ts';
import { everything } from '../../../src/core/scene/focus.ts';
import { htmlOf } from '../../../src/core/export/html.ts';
import { layersSvgOf } from '../../../src/core/views/layers/paper.ts';
import { matrixSvgOf } from '../../../src/core/views/matrix/paper.ts';
import { modelSvgOf } from '../../../src/core/views/model/paper.ts';
import { headsSvgOf } from '../../../src/core/views/heads/paper.ts';
import { tableOf } from '../../../src/core/export/table.ts';
import { cellsOf, padTo } from '../../../src/core/text/width.ts';
import { curvesIn } from '../views/lines-in.ts';
import { localAnalysis, smallAnalysis, token } from './analysis.ts';

test('a label shows characters, not the vocabulary, and makes blanks visible', () => {
  const sequence = { text: 'ab\n  \t', tokens: [] };
  assert.equal(labelOf(sequence, token(1, '##b', 1, 2)), 'b');
  assert.equal(labelOf(sequence, token(1, '[CLS]', 0, 0)), '[CLS]');
  assert.equal(labelOf(sequence, token(1, 'Ċ', 2, 3)), '⏎');
  assert.equal(labelOf(sequence, token(1, 'ĠĠ', 3, 5)), '␣␣');
  assert.equal(labelOf(sequence, token(1, 'ĉ', 5, 6)), '⇥');
});

test('cells of a terminal: wide characters take two, marks none', () => {
  assert.equal(cellsOf('abc'), 3);
  assert.equal(cellsOf('注意'), 4);
  assert.equal(cellsOf('e\u0301'), 1);
  assert.equal(padTo('注', 4), '注  ');
});

test('the table names the strongest link of every token in aligned columns', () => {
  const table = tableOf(smallAnalysis(), { map: null, layer: 1, heads: [1] });
  assert.equal(
    table,
    [
      'small · encoder · 2 layers × 2 heads · 3 tokens · 3 ms',
      'Read from a test.',
      '',
      'attention (self), layer 1, head 1: each token and its top keys',
      '0 [CLS]   0 [CLS] 1.00',
      '1 a       0 [CLS] 1.00',
      '2 <b>     1 a 1.00',
      '',
    ].join('\n'),
  );
});

test('the table without a focus is the mean over layers and heads', () => {
  const table = tableOf(smallAnalysis(), everything);
  assert.match(table, /mean of 2 layers, mean of 2 heads/);
  assert.match(table, /^1 a +1 a 0\.63 +0 \[CLS\] 0\.31 +2 <b> 0\.06$/m);
  assert.throws(() => tableOf(smallAnalysis(), { ...everything, layer: 2 }), RangeError);
  assert.throws(() => tableOf(smallAnalysis(), { ...everything, heads: [2] }), RangeError);
});

test('the picture draws one line a visible weight and escapes the text', () => {
  const one = headsSvgOf(smallAnalysis(), { map: null, layer: 1, heads: [1] });
  const full = curvesIn(one).filter(({ opacity }) => opacity > 0.98);
  assert.equal(full.length, 3);
  assert.equal(curvesIn(one).length, 3);
  assert.ok(one.includes('&#60;b&#62;') && !one.includes('<b>'));
  const all = headsSvgOf(smallAnalysis(), { ...everything, layer: 1 });
  assert.equal(curvesIn(all).length, 12);
  assert.throws(() => headsSvgOf(smallAnalysis(), { ...everything, layer: 5 }), RangeError);
});

test('the lines of heads that agree lie beside each other', () => {
  const starts = curvesIn(headsSvgOf(smallAnalysis(), { ...everything, layer: 0 })).map(({ from: [, y] }) => y);
  assert.equal(new Set(starts).size, 6, 'three rows of two heads');
});

test('table and picture show the windows of local attention, and the only layer and head are no means', () => {
  const table = tableOf(localAnalysis(), everything);
  assert.match(table, /^local · recurrent · 1 layer × 1 head · 3 and 2 tokens/);
  assert.match(table, /^cross \(cross\), layer 0, head 0:/m);
  assert.match(table, /^0 x +centre 0\.3 ± 1\.5 +sum 0\.75 +0 a 0\.50 +1 b 0\.25$/m);
  assert.match(table, /^1 <\/s> +centre 2\.0 ± 1\.5 +sum 0\.88 +2 c 0\.75 +1 b 0\.13$/m);
  const picture = headsSvgOf(localAnalysis(), everything);
  assert.match(picture, /layer 0, head 0; dotted: centre of the window, ± 1\.5/);
  const dotted = curvesIn(picture).filter(({ isDotted }) => isDotted);
  const ends = dotted.map(({ from, to }) => to[1] - from[1]);
  assert.deepEqual(ends, [0.25 * 24, 24], 'rows are 24 pixels high');
  assert.ok(!headsSvgOf(smallAnalysis(), everything).includes('dotted'));
});

test('the table tells a first row that has no choice, a row of nothing, weights near 0 and 1, and one token', () => {
  const analysis = smallAnalysis();
  const [map] = analysis.maps;
  assert.ok(map);
  const weights = Float32Array.of(1, 0, 0, 0.004, 0.996, 0, 0, 0, 0);
  const table = tableOf({ ...analysis, maps: [{ ...map, kind: 'causal', shape: [1, 1, 3, 3], weights }] }, everything);
  assert.match(table, /^0 \[CLS\] +sees only 0 \[CLS\]$/m);
  assert.match(table, /^1 a +1 a >0\.99 +0 \[CLS\] <0\.01$/m);
  assert.match(table, /^2 <b> +nothing$/m);
  const [sequence] = analysis.sequences;
  assert.ok(sequence);
  const one = {
    ...analysis,
    sequences: [{ ...sequence, tokens: sequence.tokens.slice(0, 1), generatedFrom: 0 }],
    maps: [{ ...map, shape: [1, 1, 1, 1] as const, weights: Float32Array.of(1) }],
  };
  assert.match(tableOf(one, everything), / · 1 token · .*\nRead from a test\.\nToken 0 was generated by the model\.\n/);
});

test('the table tells small probabilities in powers of ten, and ranks beside how many tokens there are', () => {
  const analysis = smallAnalysis();
  const steps = [
    { candidates: [{ id: 1, text: 'a', probability: 0.9967 }], followed: { probability: 0.00032, rank: 1203 } },
  ];
  const table = tableOf(
    { ...analysis, predictions: [{ kind: 'next', sequence: 0, ahead: 0, vocabulary: 30522, steps }] },
    everything,
  );
  assert.match(
    table,
    new RegExp(
      String.raw`most probable tokens there \(rank 0 is the most probable of 30,522 tokens\)\n` +
        String.raw`0 \[CLS\] +3·10⁻⁴ +rank 1203 +a >0\.99$`,
      'm',
    ),
  );
});

test('every file tells an unknown token by what is read in its place, and the number format that ran', () => {
  const base = smallAnalysis();
  const sequences = [
    {
      text: 'a wyvern',
      tokens: [
        token(101, '[CLS]', 0, 0),
        token(7, 'a', 0, 1, { word: 0 }),
        token(0, '[UNK]', 2, 8, { word: 1, unknown: true }),
      ],
    },
  ];
  const analysis = {
    ...base,
    model: { ...base.model, formats: [{ graph: 'model', format: 'q8' }] as const },
    sequences,
  };
  const table = tableOf(analysis, everything);
  assert.match(table, /^small · encoder · q8 · 2 layers/);
  assert.match(table, /^1 of 2 words is unknown to this model: it reads \[UNK\] in its place\.\nUnknown: “wyvern”\.$/m);
  assert.match(table, /^2 wyvern \[UNK\] /m);
  for (const svg of [
    headsSvgOf(analysis, everything),
    matrixSvgOf(analysis, everything),
    modelSvgOf(analysis, everything),
    layersSvgOf(analysis, everything),
  ]) {
    assert.match(svg, /<title>Attention of small \(q8\)/);
  }
  for (const drawn of [headsSvgOf(analysis, everything), matrixSvgOf(analysis, everything)])
    assert.ok(drawn.includes('>wyvern [UNK]<'));
  assert.ok([...csvOf(analysis, everything)].join('').includes(',2,wyvern [UNK],'));
  const page = [...htmlOf(analysis, everything, { script: '', scriptHash: '', style: '', styleHash: '' })].join('');
  const info = JSON.parse(/id="info">(.*?)<\/script>/s.exec(page)?.[1] ?? '{}');
  assert.deepEqual(
    [info.numbers, info.sequences[0][2], info.sequences[0][1].unknown],
    ['q8', { text: 'wyvern', special: false, joined: false, unknown: '[UNK]' }, undefined],
  );
  assert.deepEqual(info.remarks, [
    '1 of 2 words is unknown to this model: it reads [UNK] in its place.',
    'Unknown: “wyvern”.',
  ]);
  assert.ok(
    Buffer.from(
      joined(
        [...exportOf('npz', analysis, everything, () => assert.fail())].flatMap((part) =>
          typeof part === 'string' ? [] : [part],
        ),
      ),
    ).includes('small (q8)'),
  );
});
