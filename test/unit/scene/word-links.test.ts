import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MapInfo } from '../../../src/core/attention/map.ts';
import type { LayerChoice } from '../../../src/core/attention/merge.ts';
import { firstSelection, type TokenFocus } from '../../../src/core/attention/selection.ts';
import { plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { frameFrom } from '../../../src/core/scene/frame.ts';
import { Scenes } from '../../../src/core/scene/scene.ts';
import { linkLists, linksElsewhere, type LinkList } from '../../../src/core/scene/word-links.ts';
import { unhappyCats as sequence } from '../support/unhappy-cats.ts';

const weights = Float32Array.from(
  [
    [0.2, 0.2, 0.2, 0.2, 0.2],
    [0.1, 0.2, 0.3, 0.4, 0.0],
    [0.3, 0.0, 0.1, 0.6, 0.0],
    [0.0, 0.25, 0.5, 0.25, 0.0],
    [1.0, 0.0, 0.0, 0.0, 0.0],
  ].flat(),
);
const [unhappy, cats, separator] = [1, 3, 4];

/** The lists of a token, as words with weights. */
function listsOf(
  { side = 'query', index }: Partial<TokenFocus> & { index: number },
  change: Partial<ViewOptions> = {},
  { count = 9, kind = 'self' }: { count?: number; kind?: MapInfo['kind'] } = {},
): { side: LinkList['side']; links: [string, number][]; why?: string }[] {
  const map: MapInfo = { name: 'attention', kind, queries: 0, keys: 0, shape: [1, 1, 5, 5] };
  const model = { id: 'made-up', family: 'encoder', layers: 1, heads: 1 } as const;
  const info = { model, sequences: [sequence], maps: [map], timing: { load: 0, run: 0 }, notes: [] };
  const frame = frameFrom({ info, map, selection: firstSelection(info), layer: 0, headMerge: 'mean', weights });
  const scene = new Scenes().of(frame, { ...plainOptions, unit: 'words', ...change }) ?? assert.fail();
  return linkLists(scene, { side, index }, count).map(({ links, ...list }) => ({
    ...list,
    links: links.map(({ unit: { first, end }, weight }) => [
      sequence.tokens
        .slice(first, end)
        .map(({ text }) => text)
        .join(''),
      Number(weight.toFixed(4)),
    ]),
  }));
}

test('weighs words by the mean over pieces that look of the sum over pieces looked at, strongest first', () => {
  assert.deepEqual(listsOf({ index: unhappy }), [
    {
      side: 'query',
      links: [
        ['cats', 0.5],
        ['un##happy', 0.3],
        ['[CLS]', 0.2],
      ],
    },
    {
      side: 'key',
      links: [
        ['cats', 0.75],
        ['[CLS]', 0.4],
        ['un##happy', 0.3],
      ],
    },
  ]);
});

test('leaves out what would be written as 0.00, and shows so many at most', () => {
  assert.deepEqual(listsOf({ index: separator })[1], { side: 'key', links: [['[CLS]', 0.2]] });
  assert.deepEqual(listsOf({ index: cats }, {}, { count: 2 })[1], {
    side: 'key',
    links: [
      ['un##happy', 0.5],
      ['cats', 0.25],
    ],
  });
});

test('obeys filters, thresholds, directions and steps as every view does', () => {
  assert.deepEqual(listsOf({ index: unhappy }, { hideSpecial: true, renormalise: true })[0], {
    side: 'query',
    links: [
      ['cats', 0.625],
      ['un##happy', 0.375],
    ],
  });
  assert.deepEqual(listsOf({ index: unhappy }, { topK: 1, direction: 'from' }), [
    { side: 'query', links: [['cats', 0.5]] },
  ]);
  assert.deepEqual(
    listsOf({ index: unhappy }, { direction: 'to' }).map(({ side }) => side),
    ['key'],
  );
  assert.deepEqual(listsOf({ index: separator }, { hideSpecial: true })[0], {
    side: 'query',
    links: [],
    why: 'hidden by the filters of the panel',
  });
  assert.deepEqual(listsOf({ index: cats }, { step: 1 }, { kind: 'causal' })[0], {
    side: 'query',
    links: [],
    why: 'another step is shown',
  });
});

test('a row without a choice says so, and is in no column', () => {
  const [looks, lookedAt] = listsOf({ index: 0 }, {}, { kind: 'causal' });
  assert.equal(looks?.why, 'can look at nothing else');
  assert.ok(!lookedAt?.links.some(([word]) => word === '[CLS]'));
});

test('elsewhere is every head but those that are spoken of; merged layers speak of none alone', () => {
  const links = [
    { layer: 1, head: 2, token: 0, weight: 0.9 },
    { layer: 1, head: 3, token: 0, weight: 0.8 },
    { layer: 0, head: 2, token: 0, weight: 0.7 },
    { layer: 0, head: 3, token: 0, weight: 0.004 },
  ];
  const weightsOf = (layer: LayerChoice, heads: number[], head: number | null, count = 9): number[] =>
    linksElsewhere(links, { layer, selection: { map: 0, layer: 1, heads, head, token: null } }, count).map(
      ({ weight }) => weight,
    );
  assert.deepEqual(weightsOf(1, [2, 3], null), [0.7]);
  assert.deepEqual(weightsOf(1, [2, 3], 3), [0.9, 0.7]);
  assert.deepEqual(weightsOf('mean', [2, 3], null), [0.9, 0.8, 0.7]);
  assert.deepEqual(weightsOf('mean', [2, 3], 2, 2), [0.9, 0.8]);
});
