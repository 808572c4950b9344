import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headCaption } from '../../../src/core/attention/metric-words.ts';
import { orderHeads } from '../../../src/core/attention/order.ts';
import { headTitle, knownOf, roleText } from '../../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../../src/core/attention/roles.ts';
import type { Evidence, Found } from '../../../src/core/probe/evidence.ts';
import '../support/vscode.ts';

const { headTooltip, roleLabel } = await import('../../../src/host/sidebar/row-words.ts');

const found: Found = { cases: 320, score: 0.89, baseline: 0.4, offset: { by: -1, of: 'words' }, chance: 0.1 };
const subject: Evidence = {
  kind: 'grammar',
  name: 'verb-to-subject',
  ...found,
  notNeighbours: { ...found, cases: 90, score: 0.83, baseline: 0.3, offset: { by: -2, of: 'nouns' } },
  examples: [],
};
const separator: Evidence = {
  kind: 'pattern',
  name: 'separator',
  score: 0.75,
  baseline: 0.06,
  cases: 700,
  examples: [],
};
const induction: Evidence = { ...separator, name: 'induction', baseline: 0.02 };
const plain: HeadSummary = {
  layer: 0,
  head: 0,
  entropy: 1,
  maxEntropy: 2,
  distance: 1,
  special: 0.1,
  role: { name: 'separator', score: 0.7 },
};
const declared: HeadSummary = {
  ...plain,
  relation: { layer: 0, head: 0, relation: 'object', origin: 'taught', scores: [] },
};
const map = { kind: 'self', shape: [1, 3, 4, 4] } as const;

test('a measured role names its head before what the model says, and before the role on this text', () => {
  assert.equal(roleText({ ...plain, measured: [subject, separator] }), 'verb → subject');
  assert.equal(roleText({ ...declared, measured: [subject] }), 'verb → subject');
  assert.equal(roleText({ ...plain, measured: [induction] }), 'induction');
  assert.equal(roleText(declared), 'verb → object');
  assert.deepEqual(headCaption(map, plain, { ...plain, measured: [subject] }, 'layer'), ['verb → sub\u00ADject']);
});

test('without a measured role of its own a head has that of this text, whatever the model says', () => {
  assert.equal(roleText({ ...plain, measured: [separator] }), 'separator 0.70');
  assert.equal(roleText({ ...declared, measured: [separator] }), 'separator 0.70');
  assert.match(
    knownOf({ ...declared, measured: [separator] })?.sentences.at(-1) ?? '',
    /^The authors of the model call it verb → object; the measurement .* does not show that\.$/,
  );
  const confirmed: Evidence = { ...subject, name: 'verb-to-object' };
  assert.equal(knownOf({ ...declared, measured: [confirmed] })?.sentences.length, 1);
});

test('the evidence is told with its baselines', () => {
  assert.deepEqual(knownOf({ ...plain, measured: [subject, induction] })?.sentences, [
    'On English test sentences its strongest weight from a verb was on its subject for 89 % of 320 words (best fixed ' +
      'offset, the previous word: 40 %), and for 83 % of the 90 whose partner is not next to it (30 %).',
    'On repeated random tokens 75 % of its attention goes to the token after the earlier occurrence of the same token ' +
      '(equal weights: 2 %).',
  ]);
  assert.deepEqual(knownOf({ ...plain, measured: [] })?.sentences, [
    'On English test sentences no role was found for this head.',
  ]);
  assert.equal(knownOf(plain), null);
  assert.match(headTitle({ ...plain, measured: [subject] }) ?? '', /^Measured on English sentences.*\n.*89 %/);
  assert.match(headTitle({ ...plain, measured: [] }) ?? '', /^A role names.*\nOn English test sentences no role/);
});

test('the side bar shows the measured role, and that of this text beside it', () => {
  assert.equal(roleLabel({ ...plain, measured: [subject] }), 'verb → subject · separator 0.70');
  assert.equal(roleLabel({ ...plain, measured: [] }), 'separator 0.70');
  assert.match(
    headTooltip({ ...plain, measured: [subject] }, map).join('\n'),
    /89 % of 320[^\n]*\nOn this text: looks/,
  );
});

test('heads with a measured role of grammar come first when ordered by role, the best of each first', () => {
  const heads: HeadSummary[] = [
    { ...plain, head: 0, measured: [separator] },
    { ...plain, head: 1, measured: [subject] },
    { ...plain, head: 2, measured: [{ ...subject, score: 0.95 }] },
  ];
  const [group] = orderHeads(1, 3, 'role', [heads]);
  assert.deepEqual(
    group?.map(({ head }) => head),
    [2, 1, 0],
  );
});
