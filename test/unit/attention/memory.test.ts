import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  attentionMemory,
  estimateMemory,
  weightsMemory,
  whatFits,
  type AttentionSize,
} from '../../../src/core/attention/memory.ts';

const bertBase: AttentionSize = { layers: 12, heads: 12, queries: 512, keys: 512 };
const graph = 438_000_000;

describe('memory of a run', () => {
  it('counts layers × heads × queries × keys float32 numbers, in the runtime and in the map', () => {
    assert.equal(attentionMemory([bertBase]), 2 * 4 * 12 * 12 * 512 * 512);
    assert.equal(attentionMemory([]), 0);
  });

  it('adds the stacks of an encoder-decoder, with queries and keys of different length', () => {
    const stack = { layers: 6, heads: 8 };
    const sizes = [
      { ...stack, queries: 30, keys: 30 },
      { ...stack, queries: 20, keys: 20 },
      { ...stack, queries: 20, keys: 30 },
    ];
    assert.equal(attentionMemory(sizes), 2 * 4 * 6 * 8 * (900 + 400 + 600));
  });

  it('adds weights and attention', () => {
    assert.deepEqual(estimateMemory(graph, [bertBase]), {
      weights: weightsMemory(graph),
      attention: attentionMemory([bertBase]),
      total: 2 * graph + attentionMemory([bertBase]),
    });
  });
});

describe('what fits', () => {
  it('says so when all of it does, to the last byte', () => {
    const { total } = estimateMemory(graph, [bertBase]);
    assert.deepEqual(whatFits(total, graph, [bertBase]), { fits: true, weightsFit: true, tokens: 512, layers: 12 });
    assert.equal(whatFits(total - 1, graph, [bertBase]).fits, false);
  });

  it('offers a shorter text or fewer layers that do fit, and no longer text or further layer that would not', () => {
    const budget = weightsMemory(graph) + attentionMemory([bertBase]) * 0.3;
    const fit = whatFits(budget, graph, [bertBase]);
    const shorter = (tokens: number): number =>
      estimateMemory(graph, [{ ...bertBase, queries: tokens, keys: tokens }]).total;
    const fewer = (layers: number): number => estimateMemory(graph, [{ ...bertBase, layers }]).total;
    assert.ok(shorter(fit.tokens) <= budget && shorter(fit.tokens + 1) > budget, `${fit.tokens} tokens`);
    assert.ok(fewer(fit.layers) <= budget && fewer(fit.layers + 1) > budget, `${fit.layers} layers`);
  });

  it('says when not even the weights fit', () => {
    assert.deepEqual(whatFits(graph, graph, [bertBase]), { fits: false, weightsFit: false, tokens: 0, layers: 0 });
  });

  it('needs no room for no attention', () => {
    assert.deepEqual(whatFits(2 * graph, graph, []), { fits: true, weightsFit: true, tokens: 0, layers: 0 });
  });
});
