import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { headCaption, headLine } from '../../../src/core/attention/metric-words.ts';
import { orderHeads } from '../../../src/core/attention/order.ts';
import type { HeadRelation } from '../../../src/core/attention/relations.ts';
import { headTitle, relationSentences, roleText } from '../../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../../src/core/attention/roles.ts';
import { configSchema } from '../../../src/engine/config/config.ts';
import '../support/vscode.ts';

const { headTooltip } = await import('../../../src/host/sidebar/row-words.ts');

const relation: HeadRelation = {
  layer: 0,
  head: 1,
  relation: 'modifier',
  origin: 'taught',
  scores: [
    { kind: 'determiner', words: 1200, share: 0.957, offsetShare: 0.76, apart: { words: 1, share: 1, offsetShare: 0 } },
    { kind: 'adjective', words: 30, share: 0.9, offsetShare: 0.5, apart: { words: 30, share: 0.9, offsetShare: 0.5 } },
  ],
};

const plain: HeadSummary = {
  layer: 0,
  head: 0,
  entropy: 1,
  maxEntropy: 2,
  distance: 1,
  special: 0.1,
  role: { name: 'previous', score: 0.9 },
};
const related: HeadSummary = { ...plain, head: 1, role: { name: 'separator', score: 0.7 }, relation };
const nameless: HeadSummary = { ...plain, head: 2, role: null };

test('a relation is told with its evidence; words that are not neighbours apart, unless all are', () => {
  assert.deepEqual(relationSentences(relation), [
    'This head was trained with an extra loss to know this relation; see the model card.',
    'On held-out text its strongest weight from a determiner was on its noun for 96 % of 1,200 words (the best ' +
      'fixed offset finds 76 %), and for 100 % of the 1 word whose partner is not next to it (0 %).',
    'On held-out text its strongest weight from an adjective was on its noun for 90 % of 30 words (the best ' +
      'fixed offset finds 50 %).',
  ]);
  assert.match(relationSentences({ ...relation, origin: 'emerged' })[0] ?? '', /emerged/);
});

const map = { kind: 'self', shape: [1, 3, 4, 4] } as const;

test('a relation names its head everywhere, before the pattern on this text', () => {
  assert.deepEqual([plain, related, nameless].map(roleText), ['previous 0.90', 'modifier → noun', null]);
  assert.deepEqual(
    [plain, related, nameless].map((head) => headCaption(map, head, head, 'layer')),
    [['pre\u00ADvious'], ['modi\u00ADfier → noun'], ['–']],
  );
  assert.match(headLine(map, related, related), /^Head 0\.1, modifier → noun, entropy/);
  assert.match(headTitle(related) ?? '', /^Measured on other texts.*\n.*trained with an extra loss.*\n.*96 %/);
  assert.equal(headTitle(nameless), null);
  assert.match(
    headTooltip(related, map).join('\n'),
    /\(0\.1\)\nThis head was trained.*\n.*\n.*\nOn this text: looks mostly at special tokens/,
  );
});

test('by role, heads with a relation come first', () => {
  assert.deepEqual(
    orderHeads(1, 3, 'role', [[plain, related, nameless]])
      .flat()
      .map(({ head }) => head),
    [1, 0, 2],
  );
});

test('what a config says of heads is read when it has the form, and else as if it were not there', () => {
  const heads = [relation];
  assert.deepEqual(v.parse(configSchema, { text_attention: { heads } }).text_attention, { heads });
  for (const broken of [
    7,
    { heads: 'x' },
    { heads: [{ ...relation, relation: '[x](command:y)' }] },
    { heads: [{ ...relation, layer: -1 }] },
    { heads: [{ ...relation, scores: [{ kind: 'subject', words: 1, share: 2, offsetShare: 0 }] }] },
    { heads: Array.from({ length: 1001 }, () => relation) },
  ]) {
    assert.equal(v.parse(configSchema, { text_attention: broken }).text_attention, undefined);
  }
});
