import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridOf, orderHeads, type HeadsPlace } from '../../../src/core/attention/order.ts';
import { hasRole, roleCounts, roleFilterText, rolesOf } from '../../../src/core/attention/role-filter.ts';
import { summariseHeads, type HeadSummary } from '../../../src/core/attention/roles.ts';
import { modelSvgOf } from '../../../src/core/views/model/paper.ts';
import { firstView } from '../../../src/core/attention/view.ts';
import { measuredOf } from '../../ui/panel/page/measured.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';

const analysis = analyses.cat();
const [map = assert.fail()] = analysis.maps;
const probe = measuredOf(map);
const plain = summariseHeads(map, analysis.sequences);
const measured = summariseHeads(map, analysis.sequences, [], probe);
const places = (groups: readonly (readonly HeadsPlace[])[]): string[] =>
  groups.flat().map(({ layer, head }) => `${layer}.${head}`);

test('a head is found by the roles that it was measured to have, else by those of this text and of the model', () => {
  const [head = assert.fail()] = plain.flat().filter(({ role }) => role?.name === 'previous');
  assert.deepEqual(rolesOf(head), ['previous']);
  const relation = { layer: 0, head: 0, relation: 'subject', origin: 'taught', scores: [] } as const;
  assert.deepEqual(rolesOf({ ...head, relation }), ['verb-to-subject', 'previous']);
  assert.deepEqual(rolesOf({ ...head, relation, measured: [] }), []);
  assert.equal(hasRole(head, null), true);
  assert.equal(hasRole(undefined, 'previous'), false);
});

test('roles are offered with the number of heads that have them, and a filter leaves exactly these', () => {
  const counts = roleCounts(measured);
  const [layers, heads] = map.shape;
  // Of every four heads one has a subject, one is an induction head, one a no-op, and two look at separators.
  const each = (layers * heads) / 4;
  assert.deepEqual(counts, [
    { role: 'verb-to-subject', heads: each },
    { role: 'separator', heads: 2 * each },
    { role: 'induction', heads: each },
    { role: 'no-op', heads: each },
  ]);
  for (const { role, heads: count } of counts) {
    const shown = gridOf(map, 'layer', measured, role);
    assert.equal(shown.groups.length, 1);
    assert.equal(places(shown.groups).length, count);
    const has = (one: HeadSummary): boolean => one.measured?.some(({ name }) => name === role) ?? false;
    assert.deepEqual(places(shown.groups), places([measured.flat().filter(has)]));
    assert.deepEqual(
      places(orderHeads(layers, heads, 'entropy', measured, role)).toSorted(),
      places(shown.groups).toSorted(),
    );
  }
  assert.deepEqual(places(gridOf(map, 'layer', measured, 'self').groups), []);
  assert.equal(gridOf(map, 'layer', measured).groups.length, layers);
  assert.equal(roleFilterText(measured, 'induction'), `induction: ${each} of ${layers * heads} heads`);
});

test('a picture of all heads has those that the filter leaves, by their names, and says so', () => {
  const view = { ...firstView, view: 'model', role: 'induction' } as const;
  const svg = modelSvgOf({ ...analysis, probe }, { map: 0, layer: null, heads: null }, view);
  const [layers, heads] = map.shape;
  assert.ok(svg.includes(`induction: ${(layers * heads) / 4} of ${layers * heads} heads`));
  assert.ok(svg.includes('>0.1<') && !svg.includes('>0.2<'));
});
