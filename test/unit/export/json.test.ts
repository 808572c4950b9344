import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64Of } from '../../../src/core/picture/base64.ts';
import { jsonOf } from '../../../src/core/export/json.ts';
import { localAnalysis, smallAnalysis, token } from './analysis.ts';

test('base64 is what Node makes of the same bytes, for every length of the last group and across pieces', () => {
  for (const length of [0, 1, 2, 3, 4, 5, 49_151, 49_152, 49_153, 49_154, 150_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + (index >> 8)) & 255);
    assert.equal([...base64Of(bytes)].join(''), Buffer.from(bytes).toString('base64'), `${length} bytes`);
  }
});

test('pieces that are kept do not change when later ones are made', () => {
  const [first, ...later] = base64Of(new Uint8Array(200_000).map((_, index) => index >> 9));
  assert.equal(first, Buffer.from(new Uint8Array(49_152).map((_, index) => index >> 9)).toString('base64'));
  assert.equal(later.length, 4);
});

test('JSON has the fields of the contract and no others, and its weights decode to the same numbers', () => {
  const analysis = smallAnalysis();
  const parsed = JSON.parse([...jsonOf(analysis)].join(''));
  assert.deepEqual(parsed.model, { id: 'small', family: 'encoder', layers: 2, heads: 2 });
  assert.deepEqual(parsed.sequences, [
    {
      text: 'a <b>',
      tokens: [
        { id: 101, text: '[CLS]', start: 0, end: 0, special: true },
        { id: 7, text: 'a', start: 0, end: 1, special: false },
        { id: 8, text: '##<b>', start: 2, end: 5, special: false },
      ],
    },
  ]);
  const [map] = parsed.maps;
  assert.deepEqual(Object.keys(map), ['name', 'kind', 'queries', 'keys', 'shape', 'layers', 'weights']);
  assert.deepEqual(map.layers, [0, 1]);
  const bytes = Buffer.from(map.weights, 'base64');
  const decoded = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
  assert.deepEqual(decoded, [...(analysis.maps[0]?.weights ?? [])]);
});

test('JSON tells a pair, a shortened text and a map without normalised rows', () => {
  const base = smallAnalysis();
  const [map] = base.maps;
  assert.ok(map);
  const parsed = JSON.parse(
    [
      ...jsonOf({
        ...base,
        sequences: [
          { text: 'a', pair: 'b', analysedTo: 1, tokens: [token(7, 'a', 0, 1), token(8, 'b', 0, 1, { segment: 1 })] },
        ],
        maps: [{ ...map, normalised: false, shape: [1, 1, 2, 2], weights: new Float32Array(4) }],
      }),
    ].join(''),
  );
  assert.equal(parsed.sequences[0].pair, 'b');
  assert.equal(parsed.sequences[0].analysedTo, 1);
  assert.deepEqual(
    parsed.sequences[0].tokens.map((each: { segment: number }) => each.segment),
    [0, 1],
  );
  assert.equal(parsed.maps[0].normalised, false);
});

test('JSON tells how a recurrent network scores, its windows, and its scores beside its weights', () => {
  const {
    maps: [map],
  } = JSON.parse([...jsonOf(localAnalysis())].join(''));
  assert.deepEqual(Object.keys(map), [
    'name',
    'kind',
    'queries',
    'keys',
    'shape',
    'layers',
    'normalised',
    'scoring',
    'local',
    'weights',
    'scores',
  ]);
  assert.equal(map.scoring, 'general');
  assert.deepEqual(map.local, { centres: [0.25, 2], halfWidth: 1.5, sigma: 0.75 });
  const bytes = Buffer.from(map.scores, 'base64');
  assert.deepEqual(
    Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4)),
    [2, 1, -3, -1, 0, 2],
  );
});

test('JSON tells the number format of every graph, a shortened second text, and which tokens are unknown', () => {
  const base = smallAnalysis();
  const formats = [{ graph: 'model', format: 'q8' }] as const;
  const sequences = [
    {
      text: 'a qi',
      pair: 'b',
      pairAnalysedTo: 1,
      tokens: [
        token(7, 'a', 0, 1),
        token(0, '[UNK]', 2, 4, { word: 1, unknown: true }),
        token(8, 'b', 0, 1, { segment: 1, word: 0 }),
      ],
    },
  ];
  const parsed = JSON.parse([...jsonOf({ ...base, model: { ...base.model, formats }, sequences })].join(''));
  assert.deepEqual(parsed.model.formats, formats);
  assert.equal(parsed.sequences[0].pairAnalysedTo, 1);
  assert.deepEqual(
    parsed.sequences[0].tokens.map((each: { unknown?: true }) => each.unknown),
    [undefined, true, undefined],
  );
  assert.deepEqual(parsed.sequences[0].unknownWords, { words: 3, unknown: 1, partly: 0 });
  assert.equal(JSON.parse([...jsonOf(base)].join('')).sequences[0].unknownWords, undefined);
});
