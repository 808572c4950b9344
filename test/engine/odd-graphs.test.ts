import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { checkCommand } from '../../src/engine/terminal/check-command.ts';
import type { Terminal } from '../../src/engine/terminal/terminal.ts';
import { dataFile, difference, ints, numbers, openLiteral, withCopies } from './onnx/session.ts';
import { analyse, idsOf, mapNamed, places, root, worstRow } from './support/models.ts';

const text = 'the cat ate fish';

/** The folder of a model that is odd in one way; null, after saying so, when this machine has none. */
function odd(name: string, context: TestContext): string | null {
  const folder = join(root, '..', 'shared', 'data', 'odd', name);
  if (existsSync(folder)) return folder;
  context.skip(`../shared/data/odd/${name} is not on this machine`);
  return null;
}

async function check(args: readonly string[]): Promise<{ status: number; out: string }> {
  const output = new PassThrough();
  const pieces: Buffer[] = [];
  output.on('data', (piece: Buffer) => pieces.push(piece));
  const status = await checkCommand(args, { places, signal: new AbortController().signal, env: {}, output } as unknown as Terminal);
  return { status, out: Buffer.concat(pieces).toString() };
}

/** What tensors of a model's graph hold for some tokens, without anything of this project. */
async function tensorsOf(name: string, ids: readonly number[], tensors: readonly string[]): Promise<Float32Array[]> {
  const session = await openLiteral(withCopies(dataFile(`odd/${name}/onnx/model.onnx`), tensors));
  const feeds = { input_ids: ints(ids), attention_mask: ints(ids.map(() => 1)), token_type_ids: ints(ids.map(() => 0)) };
  const results = await session.run(Object.fromEntries(Object.entries(feeds).filter(([input]) => session.inputNames.includes(input))));
  return tensors.map((tensor) => numbers(results, `copy.${tensor}`));
}

test('odd/gated: the weights shown are those behind the gate, and the check says so', async (context) => {
  const model = odd('gated', context);
  if (model === null) return;
  const analysis = await analyse({ model, text });
  const map = mapNamed(analysis, 'attention');
  const [used = [], softmax = []] = await tensorsOf('gated', idsOf(analysis, 0), ['pp', 'p']);
  assert.ok(difference(map.weights, used) < 1e-6);
  assert.ok(difference(map.weights, softmax) > 0.9);
  assert.equal(map.normalised, false);
  assert.match(analysis.notes.join('\n'), /in 1 layer Mul \(“pp”\) changes the weights after the softmax: shown are the changed ones/);
  const { status, out } = await check(['--model', model, text]);
  assert.equal(status, 0);
  assert.match(out, /Mul \(“pp”\) changes the weights after the softmax/);
});

test('odd/softmax-in-double: read, whatever float type the softmax has', async (context) => {
  const model = odd('softmax-in-double', context);
  if (model === null) return;
  const analysis = await analyse({ model, text });
  const map = mapNamed(analysis, 'attention');
  // The casts back to 32 bits, behind the softmaxes.
  const layers = await tensorsOf('softmax-in-double', idsOf(analysis, 0), ['Cast_27', 'Cast_51']);
  assert.deepEqual(map.shape.slice(0, 2), [2, 2]);
  assert.ok(difference(map.weights, layers.flatMap((layer) => [...layer])) < 1e-6);
  assert.ok(worstRow(map) < 1e-5);
  assert.equal((await check(['--model', model, text])).status, 0);
});
