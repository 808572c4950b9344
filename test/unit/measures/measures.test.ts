import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seenKeys } from '../../../src/core/attention/map.ts';
import type { LocalWindow, MapKind } from '../../../src/core/attention/map.ts';
import { maxEntropy } from '../../../src/core/measures/entropy.ts';
import { headMeasures, headMetrics, measured } from '../../../src/core/measures/head-measures.ts';

const full = { kind: 'full' } as const;

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);

function headStatistics(weights: Float32Array, queries: number, keys: number, kind: MapKind, local?: LocalWindow) {
  const head = { weights, queries, keys, kind, mask: full, local, special: Array.from({ length: keys }, () => false) };
  return { ...measured(head), maxEntropy: maxEntropy(head) };
}

function specialShare(weights: Float32Array, special: readonly boolean[]): number {
  const [queries, keys] = [weights.length / special.length, special.length];
  return measured({ weights, queries, keys, kind: 'self', mask: full, special }).special;
}

describe('head measures', () => {
  it('gives a uniform head the highest entropy', () => {
    const { entropy, maxEntropy, distance } = headStatistics(new Float32Array(16).fill(0.25), 4, 4, 'self');
    close(entropy, Math.log(4));
    close(maxEntropy, Math.log(4));
    close(distance, (0 + 1 + 2 + 3 + 1 + 0 + 1 + 2 + 2 + 1 + 0 + 1 + 3 + 2 + 1 + 0) / 16);
  });

  it('gives a head that copies its own position none, at distance 0', () => {
    const { entropy, distance } = headStatistics(Float32Array.of(1, 0, 0, 1), 2, 2, 'self');
    close(entropy, 0);
    close(distance, 0);
  });

  it('measures a causal head against the keys that each query sees', () => {
    const { entropy, maxEntropy } = headStatistics(Float32Array.of(1, 0, 0.5, 0.5), 2, 2, 'causal');
    close(entropy, Math.LN2 / 2);
    close(maxEntropy, Math.LN2 / 2);
    assert.deepEqual(seenKeys({ kind: 'causal', mask: full }, 1, 4), { first: 0, end: 2 });
    assert.deepEqual(seenKeys({ kind: 'cross', mask: full }, 1, 4), { first: 0, end: 4 });
  });

  it('gives cross-attention no distance, since its positions belong to different texts', () => {
    close(headStatistics(Float32Array.of(0, 1, 1, 0), 2, 2, 'cross').distance, 0);
  });

  it('gives the share that lies on special tokens', () => {
    close(specialShare(Float32Array.of(0.5, 0.5, 0.25, 0.75), [true, false]), 0.375);
    close(specialShare(new Float32Array(4), [true, true]), 0);
  });

  it('counts the keys in the window of local attention, and takes the shares of a row that a Gaussian has thinned', () => {
    const local = { centres: [0.4, 3.2], halfWidth: 1, sigma: 0.5 };
    assert.deepEqual(seenKeys({ kind: 'cross', mask: full, local }, 0, 5), { first: 0, end: 2 });
    assert.deepEqual(seenKeys({ kind: 'cross', mask: full, local }, 1, 5), { first: 3, end: 5 });
    assert.deepEqual(seenKeys({ kind: 'cross', mask: full, local }, 1, 4), { first: 3, end: 4 });
    assert.deepEqual(
      seenKeys({ kind: 'cross', mask: full, local }, 1, 2),
      { first: 3, end: 3 },
      'a window behind the text holds nothing',
    );
    const { entropy, maxEntropy } = headStatistics(
      Float32Array.of(0.25, 0.25, 0, 0, 0, 0, 0, 0, 0.1, 0.1),
      2,
      5,
      'cross',
      local,
    );
    close(entropy, Math.log(2));
    close(maxEntropy, Math.log(2));
  });

  it('are read on an axis, in a list and among others, and have names of their own', () => {
    const texts = (value: number, kind: MapKind): (string | null)[][] =>
      headMetrics.map((metric) => {
        const measure = headMeasures[metric];
        return [measure.text(value, kind), measure.phrase(value, kind, 2), measure.tick(value)];
      });
    assert.deepEqual(texts(0.5, 'self'), [
      ['0.50 nats', 'entropy 0.50 of 2.00 nats', '0.5'],
      ['0.5 tokens', 'distance 0.5 tokens', '0.5'],
      ['50 %', '50 % on special tokens', '50 %'],
      ['0.50 nats', 'effect 0.50 nats', '0.5'],
    ]);
    assert.deepEqual(texts(0, 'cross')[1], ['no distance', null, '0']);
    for (const part of ['name', 'column', 'axis', 'meaning', 'order'] as const)
      assert.equal(new Set(headMetrics.map((metric) => headMeasures[metric].says()[part])).size, headMetrics.length);
  });
});
