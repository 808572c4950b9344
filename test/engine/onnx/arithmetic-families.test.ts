import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCell } from '../../../src/core/block/explain.ts';
import type { DotProductExplanation } from '../../../src/core/block/explanation.ts';
import { floats } from '../../../src/core/block/numbers.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { chainOf } from '../../../src/core/views/arithmetic/chain.ts';
import { answerOf, familyNames, unpack } from '../support/graph-families.ts';
import { blocksOf, sizesOf } from './family-blocks.ts';

/** Pairs of each attention, the same on every run. */
const pairs = 10;

for (const name of familyNames())
  test(`${name}: what is displayed of ${pairs} pairs of each attention is the weight of torch within 1e-4`, async () => {
    const answer = answerOf(name);
    let compared = 0;
    for (const { block, given } of await blocksOf(name)) {
      const expected = answer.attention[block.kind]?.[block.layer];
      assert.ok(expected);
      const sizes = sizesOf(block, expected.dims);
      const weights = unpack(expected);
      for (let at = 0; at < pairs; at += 1) {
        const cell = {
          head: (3 * at) % sizes.heads,
          query: (at * 5 + 3) % sizes.queries,
          key: (at * 7 + 1) % sizes.keys,
        };
        const start = (cell.head * sizes.queries + cell.query) * sizes.keys;
        const row = weights.subarray(start, start + sizes.keys);
        // DeBERTa sets rows of padding to 0 behind the softmax.
        if (row.every((weight) => weight === 0)) continue;
        const { q, k, v, parts, scores } = readCell(block, given, cell, sizes);
        const told: DotProductExplanation = {
          kind: 'dot-product',
          ...{ map: 'attention', layer: block.layer },
          ...cell,
          ...{ q: floats(q), k: floats(k), v: floats(v), scores: floats(scores), weights: floats(row) },
          ...{ scale: parts.scale, softcap: parts.softCap, biases: [...parts.biases], sinks: [...parts.further] },
          output: null,
          recomputed: { score: parts.value, weight: 0, difference: 0 },
          missing: [],
        };
        const chain = chainOf(told);
        const where = `${name} ${block.kind} ${block.layer} ${JSON.stringify(cell)}`;
        assert.ok(Math.abs(chain.weight - itemAt(row, cell.key)) <= 1e-4, `${where}: ${chain.weight}`);
        for (const [key, weight] of chain.weights.entries())
          assert.ok(Math.abs(weight - itemAt(row, key)) <= 1e-4, `${where}: key ${key}`);
        compared += 1;
      }
    }
    assert.ok(compared >= pairs, `${compared} pairs`);
  });
