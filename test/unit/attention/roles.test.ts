import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AttentionMap, MapKind } from '../../../src/core/attention/map.ts';
import { summariseHeads, type Role } from '../../../src/core/attention/roles.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';

/** A sequence of the ids given; -1 is a special token. */
function sequence(ids: readonly number[]): Sequence {
  const tokens = ids.map((id, index): Token => ({
    id: Math.max(0, id),
    text: String(id),
    start: index,
    end: index + 1,
    special: id < 0,
    word: id < 0 ? null : index,
    segment: 0,
  }));
  return { text: ids.map(() => 'x').join(''), tokens };
}

/** The role of one head whose query `i` puts `share` on `target(i)` and spreads the rest over what it may see. */
function roleOf(
  ids: readonly number[],
  kind: MapKind,
  target: (query: number) => number,
  share = 0.9,
  reach = ids.length,
): Role | null {
  const count = ids.length;
  const weights = new Float32Array(count * count);
  for (let query = 0; query < count; query++) {
    const first = Math.max(0, query - reach);
    const end = Math.min(count, kind === 'causal' ? query + 1 : query + reach + 1);
    for (let key = first; key < end; key++) weights[query * count + key] = (1 - share) / (end - first);
    const key = target(query);
    if (key >= first && key < end) weights[query * count + key] = (weights[query * count + key] ?? 0) + share;
  }
  const shape = [1, 1, count, count] as const;
  const masks = reach < count ? { masks: [{ kind: 'window', reach } as const] } : {};
  const map: AttentionMap = { name: 'attention', kind, queries: 0, keys: 0, shape, weights, ...masks };
  return summariseHeads(map, [sequence(ids)])[0]?.[0]?.role ?? null;
}

const plain = [-1, 10, 11, 12, 13, 14, 15, -1];

describe('head roles', () => {
  it('names the previous, the next and the own token', () => {
    assert.equal(roleOf(plain, 'self', (query) => query - 1)?.name, 'previous');
    assert.equal(roleOf(plain, 'self', (query) => query + 1)?.name, 'next');
    assert.equal(roleOf(plain, 'self', (query) => query)?.name, 'self');
  });

  it('names the first token and the separators', () => {
    assert.equal(roleOf(plain, 'self', () => 0)?.name, 'first');
    assert.equal(roleOf(plain, 'self', () => 7)?.name, 'separator');
  });

  it('names no head after a token that a window hides from most rows', () => {
    const marked = [10, 11, 12, 13, 14, 15, 16, 17, 18, -1];
    for (const kind of ['self', 'causal'] as const)
      for (const reach of [2, 4, 5]) {
        const role = roleOf(marked, kind, () => 0, 0.9, reach);
        assert.equal(role?.name === 'first', reach >= 4, `${kind} ${reach}: ${role?.name}`);
      }
    assert.equal(roleOf(marked, 'self', () => 9, 0.9, 2)?.name === 'separator', false);
    assert.equal(roleOf(marked, 'self', () => 9, 0.9, 5)?.name, 'separator');
    // A causal model sees it late: that is no window.
    assert.equal(roleOf([10, 11, 12, 13, 14, 15, -1, 17, 18, 19], 'causal', () => 6)?.name, 'separator');
  });

  it('names a head that looks for the same token, once there are repeats', () => {
    const repeated = [-1, 10, 11, 12, 10, 11, 12, -1];
    const other = (query: number): number =>
      query >= 1 && query <= 3 ? query + 3 : query >= 4 && query <= 6 ? query - 3 : 0;
    assert.equal(roleOf(repeated, 'self', other)?.name, 'same token');
    assert.notEqual(roleOf(plain, 'self', other)?.name, 'same token');
  });

  it('calls an even head broad and a head between everything nothing', () => {
    assert.equal(roleOf(plain, 'self', () => 0, 0)?.name, 'broad');
    assert.equal(
      roleOf(plain, 'self', (query) => (query * 3 + 2) % 8, 0.9),
      null,
    );
  });

  it('scores the share of attention on the pattern', () => {
    const role = roleOf(plain, 'self', (query) => query - 1, 0.8);
    assert.ok(role && Math.abs(role.score - (0.8 + 0.2 / 8)) < 1e-6);
  });

  it('leaves the first row of a causal map out, since it sees only itself', () => {
    const role = roleOf(plain, 'causal', (query) => query - 1, 1);
    assert.deepEqual(role, { name: 'previous', score: 1 });
  });
});
