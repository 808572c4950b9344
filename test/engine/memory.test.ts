import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { attentionMemory, weightsMemory } from '../../src/core/attention/memory.ts';
import { AttentionError, type Reason } from '../../src/core/errors/reason.ts';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { usualBudget } from '../../src/engine/process/machine-memory.ts';
import { fixture, noWork, places } from './support/models.ts';
import { large, paddedModel } from './support/padded.ts';

const folder = mkdtempSync(join(tmpdir(), 'memory-'));
after(() => rmSync(folder, { recursive: true }));

const text = 'the cat that was hungry ate the fish';
const bytesOf = (model: string, ...files: string[]): number =>
  files.reduce((sum, file) => sum + statSync(join(fixture(model), 'onnx', file)).size, 0);

/** What comes of a request where a model may take so many bytes. */
async function within(memory: number, request: RunSpec): Promise<Reason | number[]> {
  const analyser = new Analyser(places, () => undefined, memory);
  try {
    return (await analyser.analyse(request, noWork)).sequences.map((sequence) => sequence.tokens.length);
  } catch (thrown) {
    if (thrown instanceof AttentionError) return thrown.reason;
    throw thrown;
  } finally {
    await analyser.dispose();
  }
}

/** The tokens that a refusal says fit. */
function fitting(reason: Reason | number[]): number {
  assert.ok(!Array.isArray(reason) && reason.code === 'memory-too-small', JSON.stringify(reason));
  return Number(/^a text of at most (\d+) tokens fits$/.exec(reason.fits)?.[1]);
}

test('a model whose weights do not fit is refused before it is opened', async () => {
  const reason = await within(1000, { model: 'tiny-encoder', text });
  const weights = weightsMemory(bytesOf('tiny-encoder', 'model.onnx'));
  assert.deepEqual(reason, {
    code: 'memory-too-small',
    model: 'tiny-encoder',
    needed: `${Math.round(weights / 1000)} kB`,
    budget: '1 kB',
    fits: `its weights alone need ${Math.round(weights / 1000)} kB`,
  });
});

test('weights in a file beside the graph count', async () => {
  const graph = weightsMemory(bytesOf('tiny-external', 'model.onnx'));
  assert.ok(!Array.isArray(await within(graph + 1, { model: 'tiny-external', text })));
});

test('a text whose attention does not fit is refused with the length that does, and that length runs', async () => {
  const weights = weightsMemory(bytesOf('tiny-encoder', 'model.onnx'));
  const attention = (tokens: number): number =>
    attentionMemory([{ layers: 2, heads: 2, queries: tokens, keys: tokens }]);
  const budget = weights + attention(7) + 10;
  assert.equal(fitting(await within(budget, { model: 'tiny-encoder', text })), 7);
  assert.deepEqual(await within(budget, { model: 'tiny-encoder', text: 'the cat that was hungry' }), [7]);
  assert.deepEqual(await within(weights + attention(10), { model: 'tiny-encoder', text }), [10]);
});

test('a model that is edited counts twice; a run without edits has the room back', async () => {
  const weights = weightsMemory(bytesOf('tiny-encoder', 'model.onnx'));
  const off: RunSpec['edits'] = [{ kind: 'off', layer: 0, head: 0 }];
  const replaced: RunSpec['edits'] = [{ kind: 'replace', side: 'source', token: 1, by: 'dog' }];
  const attention = attentionMemory([{ layers: 2, heads: 2, queries: 10, keys: 10 }]);
  const budget = weights + attention;
  assert.deepEqual(await within(budget, { model: 'tiny-encoder', text }), [10]);
  assert.deepEqual(await within(budget, { model: 'tiny-encoder', text, edits: replaced }), [10]);
  const refused = await within(budget, { model: 'tiny-encoder', text, edits: off });
  assert.ok(!Array.isArray(refused) && refused.code === 'memory-too-small');
  const both = weightsMemory(2 * bytesOf('tiny-encoder', 'model.onnx'));
  const small = attentionMemory([{ layers: 2, heads: 2, queries: 7, keys: 7 }]);
  const analyser = new Analyser(places, () => undefined, both + small);
  try {
    const model = 'tiny-encoder';
    await analyser.analyse({ model, text: 'the cat that was hungry', edits: off }, noWork);
    // Longer than what fits beside two open graphs.
    const { sequences } = await analyser.analyse({ model, text }, noWork);
    assert.equal(sequences[0]?.tokens.length, 10);
    await assert.rejects(analyser.analyse({ model, text, edits: off }, noWork));
  } finally {
    await analyser.dispose();
  }
});

test('the tokens that a decoder is to write count too', async () => {
  const weights = weightsMemory(bytesOf('tiny-decoder', 'model.onnx'));
  const budget = weights + attentionMemory([{ layers: 2, heads: 2, queries: 10, keys: 10 }]);
  assert.deepEqual(await within(budget, { model: 'tiny-decoder', text }), [9]);
  assert.equal(fitting(await within(budget, { model: 'tiny-decoder', text, continue: { tokens: 4 } })), 10);
});

test('an encoder-decoder writes as far as fits, and a target that does not fit is refused', async () => {
  const weights = weightsMemory(bytesOf('tiny-encoder-decoder', 'encoder_model.onnx', 'decoder_model_merged.onnx'));
  const stack = { layers: 2, heads: 2 };
  const sizes = (target: number) => [
    { ...stack, queries: 9, keys: 9 },
    { ...stack, queries: target, keys: target },
    { ...stack, queries: target, keys: 9 },
  ];
  const budget = weights + attentionMemory(sizes(4));
  assert.deepEqual(await within(budget, { model: 'tiny-encoder-decoder', text }), [9, 4]);
  const reason = await within(budget, { model: 'tiny-encoder-decoder', text, target: 'a dog ate the cat' });
  assert.ok(!Array.isArray(reason) && reason.code === 'memory-too-small');
});

test('without a choice of one’s own there is room for more than a small model', () => {
  assert.ok(usualBudget() > 100_000_000);
});

test('the bytes of a file of weights are let go once its model is open', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = async (): Promise<number> => {
    // Buffers are given back a turn after they are found to be unused.
    for (let turn = 0; turn < 5; turn++) {
      collect();
      await setImmediate();
    }
    return process.memoryUsage().arrayBuffers;
  };
  const first = new Analyser(places, () => undefined);
  await first.analyse({ model: 'tiny-encoder', text }, noWork);
  await first.dispose();
  // One that is read whole, and one whose weights stay in its file.
  for (const size of [8 << 20, large]) {
    const model = paddedModel(fixture('tiny-encoder'), join(folder, String(size)), size, 'model.onnx');
    const before = await held();
    const analyser = new Analyser(places, () => undefined);
    await analyser.analyse({ model, text }, noWork);
    const more = (await held()) - before;
    await analyser.dispose();
    assert.ok(more < size / 4, `${more} bytes more`);
  }
});
