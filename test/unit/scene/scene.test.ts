import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { directed, pointed, refocusedBy } from '../../../webview/state/direct.ts';
import { sequenceOn } from '../../../src/core/scene/frame.ts';
import { inTokens, Scenes, unitOf } from '../../../src/core/scene/scene.ts';
import type { Frame, Picture } from '../../../webview/state/frame.ts';
import { isSeen, seenColumns } from '../../../src/core/scene/sight.ts';
import { filterWords } from '../../../src/core/attention/filter-words.ts';
import { labelAt } from '../../../webview/words/label.ts';
import type { AnalysisName } from '../../ui/panel/page/analyses.ts';
import { frameOf } from '../webview/fixture.ts';

const options = (change: Partial<ViewOptions>): ViewOptions => ({ ...plainOptions, ...change });

function pictureOf(
  name: AnalysisName,
  change: Partial<ViewOptions>,
  selection: Parameters<typeof frameOf>[1] = {},
): Picture {
  return new Scenes<Frame>().of(frameOf(name, selection), options(change)) ?? assert.fail('everything is hidden');
}

const labels = (picture: Picture, side: 'query' | 'key'): string[] =>
  sequenceOn(picture, side).tokens.map((_, index) => labelAt(sequenceOn(picture, side), index));

test('with nothing filtered the picture draws the frame’s own weights', () => {
  const frame = frameOf('cat');
  const picture = new Scenes().of(frame, plainOptions);
  assert.equal(picture?.weights, frame.weights);
  assert.equal(picture?.spoken, frame.spoken);
  assert.deepEqual(picture?.map.shape, frame.map.shape);
  assert.deepEqual(sequenceOn(picture ?? frame, 'query').tokens, sequenceOn(frame, 'query').tokens);
});

test('what a move does not change is not made again', () => {
  const pictures = new Scenes();
  const frame = frameOf('pieces');
  const before = pictures.of(frame, options({ unit: 'words', topK: 3 }));
  const after = pictures.of(
    { ...frame, selection: { ...frame.selection, token: { side: 'key', index: 2 } } },
    options({ unit: 'words', topK: 3, direction: 'to' }),
  );
  assert.equal(pictures.of(frame, plainOptions), pictures.of(frame, plainOptions));
  assert.equal(after?.weights, before?.weights);
  assert.equal(after?.info, before?.info);
  assert.notEqual(pictures.of(frame, options({ unit: 'words', topK: 4 }))?.weights, before?.weights);
});

test('words have the characters of their pieces, and their tokens lead there and back', () => {
  const picture = pictureOf('pieces', { unit: 'words' }, { token: { side: 'query', index: 5 } });
  const at = labels(picture, 'query').indexOf('untranslatable');
  assert.deepEqual(picture.selection.token, { side: 'query', index: at }, 'the second piece is in its word');
  assert.deepEqual(inTokens(picture, picture.selection).token, { side: 'query', index: 4 });
  assert.equal(picture.map.queries, picture.map.keys);
});

test('a hidden token is in no unit', () => {
  const picture = pictureOf('cat', { hideSpecial: true }, { token: { side: 'key', index: 0 } });
  assert.equal(picture.selection.token, null);
  assert.equal(unitOf(picture, { side: 'key', index: 10 }), null);
  assert.deepEqual(unitOf(picture, { side: 'key', index: 1 }), { side: 'key', index: 0 });
});

test('of a pair, the second text alone is a text of its own', () => {
  const both = pictureOf('pair', { pairs: 'bb' });
  assert.equal(both.map.queries, both.map.keys);
  assert.equal(sequenceOn(both, 'query').text, 'It was unremarkably tired.');
  assert.deepEqual(labels(both, 'key'), ['It', 'was', 'unrem', 'arkably', 'tired', '.', '[SEP]']);
  const across = pictureOf('pair', { pairs: 'ba' });
  assert.notEqual(across.map.queries, across.map.keys);
  assert.deepEqual(labels(across, 'key').slice(0, 3), ['[CLS]', 'The', 'cat']);
});

test('one step leaves one row of every head, elsewhere it changes nothing', () => {
  const frame = frameOf('cross', { map: 2, layer: 0 });
  const picture = new Scenes().of(frame, options({ step: 2 })) ?? assert.fail();
  const [, heads, queries, keys] = frame.map.shape;
  for (let head = 0; head < heads; head++) {
    for (let query = 0; query < queries; query++) {
      const start = (head * queries + query) * keys;
      const row = picture.weights.subarray(start, start + keys);
      assert.deepEqual(row, query === 2 ? frame.weights.subarray(start, start + keys) : new Float32Array(keys));
    }
  }
  assert.equal(pictureOf('cat', { step: 2 }).step, null);
});

test('a direction turns tokens round in self-attention alone', () => {
  const { map } = frameOf('cat');
  const token = { side: 'query', index: 3 } as const;
  assert.equal(directed(token, map, plainOptions), token);
  assert.deepEqual(directed(token, map, options({ direction: 'to' })), { side: 'key', index: 3 });
  assert.equal(directed(token, frameOf('cross', { map: 2, layer: 0 }).map, options({ direction: 'to' })), token);
  assert.deepEqual(
    pointed(token, { side: 'key', index: 1 }, map, options({ direction: 'to' }), null),
    token,
    'the other side of a locked token asks for a cell',
  );
  assert.equal(pointed(token, null, map, plainOptions, 2), null, 'rows but the step’s are empty');
});

test('new options move the token in focus only where they must', () => {
  const { map, selection } = frameOf('cat', { token: { side: 'query', index: 3 } });
  assert.equal(refocusedBy(options({ topK: 3 }), selection, map), selection);
  assert.deepEqual(refocusedBy(options({ direction: 'to' }), selection, map).token, { side: 'key', index: 3 });
  const cross = frameOf('cross', { map: 2, layer: 0 });
  assert.deepEqual(refocusedBy(options({ step: 1 }), cross.selection, cross.map).token, { side: 'query', index: 1 });
});

test('every option that is on is said in words', () => {
  const { map } = frameOf('cross', { map: 2, layer: 0 });
  assert.deepEqual(filterWords(plainOptions, map), []);
  assert.deepEqual(
    filterWords(
      options({
        unit: 'words',
        layerMerge: 'max',
        headMerge: 'max',
        hideSpecial: true,
        renormalise: true,
        mass: 0.9,
        topK: 5,
        pairs: 'ab',
        step: 0,
      }),
      map,
    ),
    [
      'words',
      'max of 2 layers',
      'maximum of the heads',
      'special tokens hidden',
      'A → B',
      'rows renormalised',
      'strongest links covering 90 %',
      'top 5',
      'one step at a time',
    ],
  );
  assert.deepEqual(filterWords(options({ direction: 'from' }), frameOf('cat').map), ['token in focus as query']);
});

test('what a row may see follows its tokens, whatever rows and columns are left', () => {
  const pair = frameOf('pair');
  const causal = { ...pair, map: { ...pair.map, kind: 'causal' as const } };
  const across = new Scenes<Frame>().of(causal, options({ pairs: 'ba' })) ?? assert.fail();
  const cases = [
    pictureOf('causal', {}),
    pictureOf('causal', { unit: 'words', hidePunctuation: true }),
    pictureOf('cross', { unit: 'words' }, { map: 1, layer: 0 }),
    new Scenes<Frame>().of(causal, options({ pairs: 'ab' })) ?? assert.fail(),
    across,
  ];
  for (const picture of cases) {
    const [, , queries, keys] = picture.map.shape;
    const seen = seenColumns(picture) ?? assert.fail('causal');
    for (let query = 0; query < queries; query++) {
      const { first, end } = seen(query);
      for (let key = 0; key < keys; key++)
        assert.equal(first <= key && key < end, isSeen(picture, query, key), `${query}, ${key}`);
    }
  }
  const [, , , keys] = across.map.shape;
  assert.deepEqual(seenColumns(across)?.(0), { first: 0, end: keys }, 'the second text sees all of the first');
  assert.equal(seenColumns(pictureOf('cat', {})), null);
});
