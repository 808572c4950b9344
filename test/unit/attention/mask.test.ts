import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf } from '../../../src/core/export/csv.ts';
import { everything } from '../../../src/core/scene/focus.ts';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { seenKeys, type AttentionMap, type MapKind } from '../../../src/core/attention/map.ts';
import { countOf, isAmong, keysWithin, maskOf, type LayerMask } from '../../../src/core/attention/mask.ts';
import { masksOf } from '../../../src/core/attention/mask-reading.ts';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import { columnsSeen, forcedRows, maySee, sightOf } from '../../../src/core/attention/sight.ts';
import { strongestHeads } from '../../../src/core/attention/strongest-heads.ts';
import { tokenUnits } from '../../../src/core/attention/units.ts';

const full: LayerMask = { kind: 'full' };
const window = (reach: number): LayerMask => ({ kind: 'window', reach });
const chunk = (size: number): LayerMask => ({ kind: 'chunk', size });
const prefix = (size: number): LayerMask => ({ kind: 'prefix', size });
const selection = (...keys: number[][]): LayerMask => ({ kind: 'selection', keys });

/** Uniform weights over what each layer leaves, `[layer][head][query][key]`, two heads a layer. */
function weightsOf(kind: MapKind, tokens: number, masks: readonly LayerMask[]): Float32Array {
  const weights = new Float32Array(masks.length * 2 * tokens * tokens);
  let row = 0;
  for (const mask of masks)
    for (let at = 0; at < 2 * tokens; at++, row++) {
      const seen = seenKeys({ kind, mask }, at % tokens, tokens);
      for (let key = 0; key < tokens; key++) if (isAmong(seen, key)) weights[row * tokens + key] = 1 / countOf(seen);
    }
  return weights;
}

/** A selection of two keys, not beside each other from the fourth query on. */
const chosen = selection([0], [0, 1], [1, 2], [0, 3], [2, 4], [0, 5]);

function read(kind: MapKind, tokens: number, masks: readonly LayerMask[], described?: readonly (LayerMask | null)[]) {
  const known = described?.map((one) => ({ described: one, selects: false }));
  return masksOf(kind, weightsOf(kind, tokens, masks), [masks.length, 2, tokens, tokens], known);
}

function analysisOf(tokens: number, masks: readonly LayerMask[]): Analysis & { readonly maps: [AttentionMap] } {
  const text = 'abcdefghijklmnop'.slice(0, tokens);
  return {
    model: { id: 'm', family: 'decoder', layers: masks.length, heads: 2 },
    sequences: [
      {
        text,
        tokens: Array.from(text, (letter, at) => ({
          id: at,
          text: letter,
          start: at,
          end: at + 1,
          special: false,
          segment: 0 as const,
          word: at,
        })),
      },
    ],
    maps: [
      {
        name: 'attention',
        kind: 'causal',
        queries: 0,
        keys: 0,
        shape: [masks.length, 2, tokens, tokens],
        masks,
        weights: weightsOf('causal', tokens, masks),
      },
    ],
    predictions: [],
    notes: [],
    timing: { load: 0, run: 0 },
  };
}

test('windows and chunks are read from what is exactly 0 in every head', () => {
  for (const kind of ['causal', 'self'] as const) {
    const masks: readonly LayerMask[] = [window(2), full, window(1)];
    assert.deepEqual(read(kind, 8, masks), masks, kind);
  }
  assert.deepEqual(read('causal', 9, [chunk(4), full]), [chunk(4), full]);
  assert.equal(read('causal', 9, [full, full]), undefined);
  assert.equal(read('self', 9, [full]), undefined);
  assert.equal(read('cross', 9, [full]), undefined);
});

test('a text too short for a mask shows none; what config.json says is believed where no weight denies it', () => {
  assert.equal(read('causal', 4, [window(6)]), undefined);
  assert.deepEqual(read('causal', 4, [window(6), full], [window(6), null]), [window(6), full]);
  assert.deepEqual(read('causal', 5, [chunk(4)], [chunk(4)]), [chunk(4)], 'one row that it takes keys from');
  assert.equal(read('causal', 8, [full], [window(2)]), undefined, 'the weights look further');
  assert.deepEqual(read('causal', 8, [window(3)], [window(2)]), [window(3)]);
});

test('a prefix is read from where the rows end, and a prefix of all or of one token is none', () => {
  assert.deepEqual(read('self', 8, [prefix(3), full]), [prefix(3), full]);
  assert.equal(read('self', 8, [prefix(7)]), undefined, 'one row alone');
  assert.equal(read('self', 8, [prefix(1)]), undefined);
  assert.deepEqual(keysWithin(prefix(3), 1, 8), { first: 0, end: 3 });
  assert.deepEqual(keysWithin(prefix(3), 5, 8), { first: 0, end: 6 });
});

test('a selection is read only of a layer that selects: elsewhere weights of 0 are no mask', () => {
  const weights = weightsOf('causal', 6, [chosen]);
  const read = (selects: boolean) => masksOf('causal', weights, [1, 2, 6, 6], [{ described: null, selects }]);
  assert.deepEqual(read(true), [chosen]);
  assert.equal(read(false), undefined);
  const whole = masksOf('causal', weightsOf('causal', 6, [full]), [1, 2, 6, 6], [{ described: null, selects: true }]);
  assert.equal(whole, undefined, 'a text too short to leave a key out');
});

test('rows, columns, words and measures see what is selected, and the gaps between', () => {
  const { maps, sequences } = analysisOf(6, [chosen]);
  const [map] = maps;
  const units = tokenUnits(6);
  const sight = sightOf(map, 0);
  const seen = columnsSeen(sight, units, units);
  const columns = units.map((_, row) => units.flatMap((_one, key) => (seen && isAmong(seen(row), key) ? [key] : [])));
  assert.deepEqual(columns, [[0], [0, 1], [1, 2], [0, 3], [2, 4], [0, 5]]);
  const unit = (first: number, end: number) => ({ first, end });
  assert.equal(maySee(sight, unit(3, 4), unit(1, 3)), false);
  assert.equal(maySee(sight, unit(3, 5), unit(1, 3)), true, 'one token of the word sees one of the other');
  assert.deepEqual([...forcedRows(sight, units, units)], [0]);
  const [[head] = []] = summariseHeads(map, sequences);
  assert.ok(Math.abs((head?.maxEntropy ?? 0) - (5 * Math.LN2) / 6) < 1e-6);
});

test('weights that are too small for their number format are no mask', () => {
  const weights = weightsOf('causal', 8, [full]);
  for (const head of [0, 1])
    for (const query of [5, 7]) weights.fill(0, head * 64 + query * 8, head * 64 + query * 8 + 3);
  assert.equal(masksOf('causal', weights, [1, 2, 8, 8]), undefined);
});

test('what merged layers see is what any of them sees', () => {
  assert.deepEqual(maskOf({ masks: [window(2), window(4)] }, 'mean'), window(4));
  assert.deepEqual(maskOf({ masks: [chunk(4), chunk(4)] }, 'max'), chunk(4));
  assert.deepEqual(maskOf({ masks: [window(2), full] }, 'mean'), full);
  assert.deepEqual(maskOf({ masks: [window(2), chunk(4)] }, 'mean'), full);
  assert.deepEqual(maskOf({ masks: [prefix(2), prefix(4)] }, 'mean'), prefix(4));
  assert.deepEqual(maskOf({ masks: [selection([0], [0]), selection([0], [1])] }, 'mean'), selection([0], [0, 1]));
  assert.deepEqual(maskOf({ masks: [chosen, full] }, 'mean'), full);
  assert.deepEqual(maskOf({ masks: [window(2), full] }, 0), window(2));
  assert.deepEqual(maskOf({}, 3), full);
  assert.deepEqual(keysWithin(window(2), 5, 8), { first: 3, end: 8 });
  assert.deepEqual(keysWithin(window(2), 5, 7), { first: 3, end: 7 });
});

test('measures, roles and rows without a choice count only what a layer leaves', () => {
  const { maps, sequences } = analysisOf(9, [window(1), chunk(3), full]);
  const [map] = maps;
  const [windowed, chunked, whole] = summariseHeads(map, sequences).map(([head]) => head);
  // A window of two: every row but the first one chooses between two keys.
  assert.ok(Math.abs((windowed?.maxEntropy ?? 0) - (8 * Math.LN2) / 9) < 1e-6);
  assert.ok(Math.abs((windowed?.entropy ?? 0) - (windowed?.maxEntropy ?? 1)) < 1e-6, 'uniform, and so the highest');
  assert.ok(Math.abs((chunked?.maxEntropy ?? 0) - (3 * (Math.LN2 + Math.log(3))) / 9) < 1e-6);
  assert.ok((whole?.maxEntropy ?? 0) > (windowed?.maxEntropy ?? 0));
  const units = tokenUnits(9);
  assert.deepEqual([...forcedRows(sightOf(map, 0), units, units)], [0]);
  assert.deepEqual([...forcedRows(sightOf(map, 1), units, units)], [0, 3, 6], 'the first of every chunk');
  assert.deepEqual([...forcedRows(sightOf(map, 2), units, units)], [0]);
  const links = strongestHeads(map, sequences, 'query', { first: 3, end: 4 });
  assert.deepEqual(new Set(links.map(({ layer }) => layer)), new Set([0, 2]), 'it has no choice in layer 1');
});

test('a file holds no weight that a layer does not leave', () => {
  const analysis = analysisOf(6, [window(1), full, chosen]);
  const lines = Array.from(csvOf(analysis, { ...everything, heads: [0] }))
    .join('')
    .trim()
    .split('\r\n')
    .slice(1);
  const cells = lines
    .map((line) => line.split(','))
    .map(([, layer, , query, , key]) => [layer, query, key].map(Number));
  assert.equal(cells.filter(([layer]) => layer === 0).length, 6 + 5);
  assert.equal(cells.filter(([layer]) => layer === 1).length, 21);
  assert.equal(cells.filter(([layer]) => layer === 2).length, 1 + 5 * 2);
});
