import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handedOver, type HandedOver } from '../../../src/core/probe/handed-over.ts';
import { HeadProbe } from '../../../src/core/probe/probe.ts';
import type { Evidence } from '../../../src/core/probe/evidence.ts';
import { evenly, mapOf, onto, sequenceOf, shipped, type Rows } from './support.ts';

const few = shipped.slice(0, 12);

/** The vectors that a head hands over with a weight of 1, `[key][2]`: of a sink so long, of other tokens 1. */
const vectors = (count: number, sink: number): number[] =>
  Array.from({ length: count }, (_, key) => (key === 0 || key === count - 1 ? [sink, 0] : [0, 1])).flat();

function rolesOf(heads: readonly Rows[], sinks: readonly number[], isRead = true): readonly (readonly Evidence[])[] {
  let probe: HeadProbe | null = null;
  for (const sentence of few) {
    const sequence = sequenceOf(sentence);
    const map = mapOf(sequence, 'self', heads);
    probe ??= new HeadProbe(map);
    const count = sequence.tokens.length;
    const size = count * count;
    const read = sinks.map((sink, head): HandedOver =>
      handedOver(vectors(count, sink), map.weights.subarray(head * size, (head + 1) * size), count),
    );
    probe.addHandedOver(sequence, map, [isRead ? read : null]);
  }
  const result = probe?.result() ?? assert.fail();
  assert.deepEqual(result.unread, isRead ? [] : [0]);
  return result.heads[0] ?? assert.fail();
}

/** Most of the weight on [CLS], the rest on the token itself. */
const resting =
  (share: number): Rows =>
  (query) =>
    query === 0
      ? new Map([[0, 1]])
      : new Map([
          [0, share],
          [query, 1 - share],
        ]);

test('a head whose weight is on a sink without length does nothing; one that hands over much from there does', () => {
  const [empty, full, partly, even] = rolesOf(
    [onto(() => 0), onto(() => 0), resting(0.8), evenly('self')],
    [0, 1, 0, 0],
  );
  const cases = few.reduce((sum, { words }) => sum + words.length, 0);
  const [role, ...others] = empty ?? [];
  assert.deepEqual(others, []);
  assert.ok(role?.kind === 'no-op');
  assert.deepEqual([role.score, role.normShare, role.length, role.cases], [1, 0, 0, cases]);
  // Of a head with equal weights: two of the tokens of each sentence, a row each.
  const baseline = few.reduce((sum, { words }) => sum + (words.length * 2) / (words.length + 2), 0) / cases;
  assert.equal(role.baseline.toFixed(6), baseline.toFixed(6));
  assert.equal(role.examples.length, 3);
  assert.equal(role.examples[0]?.key.token, '[CLS]');
  assert.deepEqual(full, []);
  assert.ok(partly?.[0]?.kind === 'no-op');
  assert.equal(partly[0].score.toFixed(4), '0.8000');
  assert.equal(partly[0].length.toFixed(4), '0.2000');
  assert.deepEqual(even, []);
});

test('where it cannot be read how much heads hand over, none is called a no-op, and the layer is named', () => {
  assert.deepEqual(rolesOf([onto(() => 0)], [0], false), [[]]);
});

test('lengths are those of the projected values, and of their sum by weights', () => {
  // Two keys, three features; two queries.
  const { values, outputs } = handedOver([3, 4, 0, 0, 0, 2], Float32Array.from([0.5, 0.5, 1, 0]), 2);
  assert.deepEqual([...values], [5, 2]);
  assert.deepEqual([...outputs], [Math.hypot(1.5, 2, 1), 5]);
});
