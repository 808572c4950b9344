import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainOptions } from '../../../src/core/attention/view.ts';
import { editText } from '../../../src/core/run/edits.ts';
import { Scenes } from '../../../src/core/scene/scene.ts';
import {
  givenTokens,
  linkEdits,
  placeOf,
  reachesOf,
  replaceEdits,
  rowEdits,
  valueEdits,
  withWeight,
} from '../../../src/core/scene/try.ts';
import { editName } from '../../../src/core/attention/edit-names.ts';
import type { Edit } from '../../../src/core/run/edits.ts';
import { frameOf } from '../webview/fixture.ts';
import type { AnalysisName } from '../../ui/panel/page/analyses.ts';
import type { Selection } from '../../../src/core/attention/selection.ts';
import type { ViewOptions } from '../../../src/core/attention/view.ts';

function sceneOf(name: AnalysisName, selection: Partial<Selection>, options: Partial<ViewOptions> = {}) {
  const scene = new Scenes<ReturnType<typeof frameOf>>().of(frameOf(name, selection), { ...plainOptions, ...options });
  assert.ok(scene);
  return scene;
}
const texts = (edits: readonly Edit[] | null): string[] => (edits ?? []).map(editText);

test('an edit reaches the head that is spoken of, its layer or the map, and names the map where there are several', () => {
  const one = sceneOf('cat', { layer: 3, heads: [2], head: 2 });
  assert.deepEqual(reachesOf(one), ['head', 'layer', 'map']);
  assert.deepEqual(placeOf(one, 'head'), { layer: 3, head: 2 });
  assert.deepEqual(placeOf(one, 'layer'), { layer: 3, head: null });
  assert.deepEqual(placeOf(one, 'map'), { layer: null, head: null });
  assert.deepEqual(reachesOf(sceneOf('cat', { layer: 3, heads: [1, 2], head: null })), ['layer', 'map']);
  const cross = sceneOf('cross', { map: 2, layer: 1, heads: [3], head: 3 });
  assert.deepEqual(placeOf(cross, 'head'), { map: 'cross', layer: 1, head: 3 });
  assert.deepEqual(placeOf(sceneOf('hybrid', { layer: 1, heads: [0], head: 0 }), 'head'), { layer: 6, head: 0 });
});

test('links, values and tokens of words are those of all their tokens; what a model wrote is not replaced', () => {
  const words = sceneOf('pieces', { layer: 1, heads: [2], head: 2 }, { unit: 'words' });
  const query = words.sides.query.findIndex(({ first, end }) => end - first > 1);
  const { first, end } = words.sides.query[query] ?? assert.fail();
  assert.deepEqual(
    texts(linkEdits(words, { query, key: 0 }, 'head', null)),
    Array.from({ length: end - first }, (_, at) => `block 1.2 ${first + at} 0`),
  );
  assert.deepEqual(texts(linkEdits(words, { query: 0, key: 0 }, 'layer', -1.5)), ['bias 1.* 0 0 -1.5']);
  assert.equal(valueEdits(words, { side: 'key', index: query }, 'zero')?.length, end - first);
  assert.deepEqual(texts(replaceEdits(words, { side: 'query', index: 0 }, '[MASK]')), ['replace 0 "[MASK]"']);
  const cross = sceneOf('cross', { map: 2 });
  assert.equal(valueEdits(cross, { side: 'query', index: 0 }, 'mean'), null);
  assert.deepEqual(texts(valueEdits(cross, { side: 'key', index: 4 }, 'zero')), ['zero cross/4']);
  assert.deepEqual(texts(valueEdits(cross, { side: 'key', index: 4 }, 'mean')), ['mean cross/4']);
  assert.equal(givenTokens(cross, { side: 'query', index: 1 })?.side, 'target');
  assert.equal(replaceEdits(sceneOf('written', {}), { side: 'query', index: 7 }, 'x'), null);
});

test('a weight that is set leaves the others the rest of 1, in their proportion, and nothing to keys that are not seen', () => {
  assert.deepEqual(withWeight([0.5, 0.25, 0.25], 0, 0.2), [0.2, 0.4, 0.4]);
  assert.deepEqual(withWeight([1, 0, 0], 0, 0.5), [0.5, 0.25, 0.25]);
  assert.deepEqual(
    withWeight([1, 0, 0], 0, 0.5, (key) => key < 2),
    [0.5, 0.5, 0],
  );
  assert.deepEqual(withWeight([1], 0, 0.3), [1]);
  const scene = sceneOf('cat', { layer: 1, heads: [2], head: 2 });
  const [row] = rowEdits(scene, 6, withWeight(new Array<number>(11).fill(1 / 11), 2, 0.5), 'head');
  assert.ok(row?.kind === 'pattern' && row.query === 6 && row.weights.length === 11);
  assert.equal(row.weights[2], 0.5);
  assert.ok(Math.abs(row.weights.reduce((sum, each) => sum + each, 0) - 1) < 1e-3);
});

test('edits have names that people read', () => {
  const { info } = sceneOf('cat', {});
  const named = (edit: Edit): string => editName(edit, info);
  assert.deepEqual(
    [
      named({ kind: 'off', layer: 1, head: 2 }),
      named({ kind: 'off', layer: 1, head: null }),
      named({ kind: 'scale', layer: null, head: 2, factor: 0.5 }),
      named({ kind: 'block', layer: 1, head: 2, query: 6, key: 2 }),
      named({ kind: 'bias', layer: 1, head: null, query: 6, key: 2, value: -1.5 }),
      named({ kind: 'ffn-off', layer: 3 }),
      named({ kind: 'zero', key: 2 }),
      named({ kind: 'mean', key: 2 }),
      named({ kind: 'replace', side: 'source', token: 2, by: '[MASK]' }),
      named({ kind: 'temperature', layer: 1, head: 2, value: 2 }),
      named({ kind: 'pattern', layer: 1, head: 2, query: 6, weights: [1] }),
    ],
    [
      'head 1.2 off',
      'attention of layer 1 off',
      'head 2 of all layers × 0.5',
      'block 1.2 ate → cat',
      'layer 1 ate → cat −1.5',
      'feed-forward of layer 3 off',
      'values of cat off',
      'values of cat replaced by mean',
      'cat replaced by [MASK]',
      'head 1.2, temperature 2',
      '1.2 row of ate by hand',
    ],
  );
  assert.equal(
    editName({ kind: 'block', map: 'cross', layer: 0, head: 1, query: 1, key: 2 }, sceneOf('cross', {}).info).slice(
      0,
      15,
    ),
    'block Cross 0.1',
  );
});
