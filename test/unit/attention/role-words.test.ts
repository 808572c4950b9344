import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LayerKind } from '../../../src/core/attention/layers.ts';
import { headCaption, headLine, metricText } from '../../../src/core/attention/metric-words.ts';
import { roleMeaning, roleSentence } from '../../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../../src/core/attention/roles.ts';
import '../support/vscode.ts';

const { headTooltip, roleLabel } = await import('../../../src/host/sidebar/row-words.ts');

const head: HeadSummary = {
  layer: 3,
  head: 7,
  entropy: 0.003,
  maxEntropy: 2,
  distance: 0.04,
  special: 0.996,
  role: { name: 'previous', score: 0.42 },
};

const map = { kind: 'self', shape: [4, 8, 4, 4] } as const;

test('a role says “mostly” of more than half of the attention alone, and its meaning promises no more than its threshold', () => {
  assert.equal(roleSentence({ name: 'previous', score: 0.51 }), 'Looks mostly at the previous token (previous 0.51).');
  for (const score of [0.5, 0.503])
    assert.equal(roleSentence({ name: 'first', score }), '50 % of its attention goes to the first token (first 0.50).');
  assert.equal(
    roleSentence({ name: 'broad', score: 1 }),
    'Spreads its attention: its entropy is 100 % of the maximum (broad 1.00).',
  );
  assert.equal(
    roleMeaning('separator'),
    'At least 40 % of its attention on this text goes to special tokens other than the first.',
  );
});

test('what is said of a head holds at the ends of the scales', () => {
  assert.equal(
    headTooltip(head, map).join('\n'),
    'Layer 3, head 7 (3.7)\n42 % of its attention goes to the previous token (previous 0.42).\n' +
      'Entropy <0.01 of at most 2.00 nats: like equal weights on 1.0 tokens.\nMean distance: <0.1 tokens.',
  );
  assert.equal(
    headTooltip({ ...head, entropy: 0, maxEntropy: 0, distance: 0, role: null }, map).join('\n'),
    'Layer 3, head 7 (3.7)\nNo named pattern.\nEvery token sees only one token.',
  );
  assert.equal(roleLabel({ ...head, role: { name: 'self', score: 0.9971 } }), 'self >0.99');
  assert.equal(
    headLine(map, head, head),
    'Head 3.7, previous 0.42, entropy <0.01 of 2.00 nats, distance <0.1 tokens, >99 % on special tokens',
  );
});

test('a head of a hybrid is called by the number that its layer has in the model', () => {
  const layers = Array.from({ length: 12 }, (_, at): LayerKind => (at % 4 === 2 ? 'attention' : 'convolution'));
  const hybrid = { ...map, shape: [3, 8, 4, 4], layers } as const;
  const last = { ...head, layer: 2 };
  assert.match(headLine(hybrid, last, last), /^Head 10\.7, previous/);
  assert.deepEqual(headCaption(hybrid, last, last, 'role'), ['10.7', 'pre\u00ADvious']);
  assert.equal(headTooltip(last, hybrid)[0], 'Layer 10, head 7 (10.7)');
});

test('between two sequences there is no distance', () => {
  assert.equal(
    headLine({ ...map, kind: 'cross' }, { layer: 0, head: 0 }, { ...head, distance: 0 }),
    'Head 0.0, previous 0.42, entropy <0.01 of 2.00 nats, >99 % on special tokens',
  );
  assert.equal(metricText({ ...head, distance: 0 }, 'distance', 'cross'), 'no distance');
});
