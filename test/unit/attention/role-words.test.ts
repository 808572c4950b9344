import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headLine, metricText } from '../../../src/core/attention/metric-words.ts';
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
    headTooltip(head).join('\n'),
    'Layer 3, head 7 (3.7)\n42 % of its attention goes to the previous token (previous 0.42).\n' +
      'Entropy <0.01 of at most 2.00 nats: like equal weights on 1.0 tokens.\nMean distance: <0.1 tokens.',
  );
  assert.equal(
    headTooltip({ ...head, entropy: 0, maxEntropy: 0, distance: 0, role: null }).join('\n'),
    'Layer 3, head 7 (3.7)\nNo named pattern.\nEvery token sees only one token.',
  );
  assert.equal(roleLabel({ ...head, role: { name: 'self', score: 0.9971 } }), 'self >0.99');
  assert.equal(
    headLine(3, 7, head, 'self'),
    'Head 3.7, previous 0.42, entropy <0.01 of 2.00 nats, distance <0.1 tokens, >99 % on special tokens',
  );
});

test('between two sequences there is no distance', () => {
  assert.equal(
    headLine(0, 0, { ...head, distance: 0 }, 'cross'),
    'Head 0.0, previous 0.42, entropy <0.01 of 2.00 nats, >99 % on special tokens',
  );
  assert.equal(metricText({ ...head, distance: 0 }, 'distance', 'cross'), 'no distance');
});
