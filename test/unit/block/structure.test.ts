import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Block } from '../../../src/core/block/block.ts';
import { findBlocks } from '../../../src/core/block/find-blocks.ts';
import { findAttention } from '../../../src/core/onnx/find.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { english } from '../../../src/core/words/english.ts';

const root = join(import.meta.dirname, '..', '..', '..');

function blocksOf(file: string): readonly Block[] {
  const found = findAttention(readModel(readFileSync(join(root, file))));
  return findBlocks(found.map((one, layer) => ({ found: one, layer })));
}

const family = (name: string): readonly Block[] => blocksOf(`test/fixtures/graphs/families/${name}.onnx`);

/**
 * A block in a line: norms, places, biases of q, k, v and output, the steps of a score, what is added to the stream.
 */
function lineOf(block: Block): string {
  const { normBefore, places, projections, output, steps, attention, feedForward } = block;
  const counts = [projections.query, projections.key, projections.value, output].map(
    (part) => part?.biases.length ?? '-',
  );
  const stream = [attention, feedForward].map((part) => (part === null ? 'none' : (part.normAfter?.kind ?? 'plain')));
  const kinds = steps?.map((step) => (step.kind === 'bias' ? `${step.kind}:${step.source}` : step.kind)) ?? ['hidden'];
  return [normBefore?.kind ?? 'none', places, counts.join(''), kinds.join('+'), stream.join('+')].join(' ');
}

/** The blocks of each family; one line where all are alike. */
const expected: Readonly<Record<string, readonly string[]>> = {
  bert: ['none none 1111 scale+bias:given layer+layer'],
  roberta: ['none none 1111 scale+bias:given layer+layer'],
  distilbert: ['none none 1111 choice layer+layer'],
  albert: ['none none 1111 scale+bias:given layer+layer'],
  electra: ['none none 1111 scale+bias:given layer+layer'],
  deberta: ['none none 1111 bias:content+bias:content+choice layer+none'],
  modernbert: ['layer rotary 0000 scale+bias:given plain+plain'],
  gpt2: ['layer none 1111 scale+choice plain+none'],
  'gpt-neox': ['layer rotary 1111 scale+bias:places+choice+bias:given plain+plain'],
  llama: ['rms rotary 1110 scale+bias:given plain+plain'],
  qwen3: ['rms rotary 1110 scale+bias:given plain+plain'],
  gemma: ['rms rotary 1110 scale+scale+tanh+scale+bias:given plain+plain'],
  bloom: ['none none 1111 scale+bias:given+choice plain+none'],
  bigcode: ['none none 1111 scale+bias:places+choice plain+none'],
  sinks: ['rms rotary 1110 scale+bias:given+further plain+none'],
  't5-encoder': ['rms none 0000 bias:places+bias:given plain+plain'],
  't5-decoder': [
    'rms none 0000 bias:places+bias:places plain+none',
    'rms none 0000 bias:given plain+plain',
    'rms none 0000 bias:places+bias:places plain+none',
    'rms none 0000 bias:given plain+plain',
  ],
  marian: [
    'none none 1111 bias:given layer+plain',
    'none none 1111 bias:given layer+plain',
    'none none 1111 bias:places layer+none',
    'none none 1111 bias:given layer+plain',
    'none none 1111 bias:places layer+none',
    'none none 1111 bias:given layer+plain',
  ],
};

describe('the block around an attention', () => {
  for (const [name, lines] of Object.entries(expected)) {
    it(`of ${name} is found by its structure`, () => {
      const blocks = family(name);
      const told = blocks.map(lineOf);
      assert.deepEqual(told, lines.length === 1 ? blocks.map(() => lines[0]) : lines);
    });
  }

  it('follows the residual stream: each part reads what the part before it wrote', () => {
    for (const name of ['bert', 'llama', 'gpt-neox', 'modernbert', 't5-encoder']) {
      const blocks = family(name);
      for (const [at, { attention, feedForward }] of blocks.entries()) {
        const next = blocks[at + 1];
        const streamOf = (part: Block['feedForward']) => part?.normAfter?.output ?? part?.sum;
        assert.ok(attention !== null && feedForward !== null, name);
        assert.equal(feedForward.stream, streamOf(attention), `${name} ${at}`);
        if (next) assert.equal(next.attention?.stream, streamOf(feedForward), `${name} ${at}`);
      }
    }
  });

  it('says by name what it lacks, and keeps the rest', () => {
    const [, last] = family('gpt2');
    assert.deepEqual(last?.missing, [{ part: 'feed-forward', why: english.details.block.noFeedForward }]);
    assert.ok(last.output !== null && last.attention !== null && last.steps !== null);
  });

  it('is found in the branches of a merged decoder, and in the models that ship', () => {
    const wanted = {
      'masked-lm-small/onnx/model': 5,
      'masked-lm-medium/onnx/model': 6,
      'causal-lm-small/onnx/model': 4,
      'translation-small/onnx/encoder_model': 2,
      'translation-small/onnx/decoder_model_merged': 4,
    };
    for (const [file, count] of Object.entries(wanted)) {
      const blocks = blocksOf(`models/${file}.onnx`);
      assert.equal(blocks.length, count, file);
      assert.deepEqual(
        blocks.flatMap(({ missing }) => missing),
        [],
        file,
      );
    }
  });
});
