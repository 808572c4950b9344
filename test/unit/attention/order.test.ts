import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderHeads } from '../../../src/core/attention/order.ts';
import { roleNames, summariseHeads } from '../../../src/core/attention/roles.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';

const analysis = analyses.cat();
const map = analysis.maps[0] ?? assert.fail();
const summaries = summariseHeads(map, analysis.sequences);

test('by layer there is a group a layer; without summaries there is no other order', () => {
  const groups = orderHeads(6, 8, 'layer', summaries);
  assert.equal(groups.length, 6);
  assert.deepEqual(groups[2]?.[5], { layer: 2, head: 5 });
  assert.deepEqual(orderHeads(6, 8, 'entropy', null), groups);
});

test('by a metric the highest comes first', () => {
  for (const metric of ['entropy', 'distance', 'special'] as const) {
    const values = orderHeads(6, 8, metric, summaries)
      .flat()
      .map(({ layer, head }) => summaries[layer]?.[head]?.[metric] ?? NaN);
    assert.equal(values.length, 48);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => b - a),
    );
  }
});

test('by role the heads of a role stand together, the clearest first, those without a role last', () => {
  const roles = orderHeads(6, 8, 'role', summaries)
    .flat()
    .map(({ layer, head }) => summaries[layer]?.[head]?.role ?? null);
  const ranks = roles.map((role) => (role ? roleNames.indexOf(role.name) : roleNames.length));
  assert.deepEqual(
    ranks,
    [...ranks].sort((a, b) => a - b),
  );
  roles.forEach((role, at) => {
    const next = roles[at + 1];
    if (role && next && role.name === next.name) assert.ok(role.score >= next.score);
  });
});
