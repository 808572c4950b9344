import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import type { Tensor } from 'onnxruntime-node';
import { layerOf } from '../../src/core/attention/map.ts';
import { readModel } from '../../src/core/onnx/read.ts';
import { checkCommand } from '../../src/engine/terminal/check-command.ts';
import type { Terminal } from '../../src/engine/terminal/terminal.ts';
import { dataFile, difference, ints, ints32, numbers, openLiteral, withCopies } from './onnx/session.ts';
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
  const status = await checkCommand(args, {
    places,
    signal: new AbortController().signal,
    env: {},
    output,
  } as unknown as Terminal);
  return { status, out: Buffer.concat(pieces).toString() };
}

/** What a tensor of a model's graph holds for feeds of our own, without anything of this project. */
async function tensorFor(name: string, tensor: string, feeds: Readonly<Record<string, Tensor>>): Promise<Float32Array> {
  const session = await openLiteral(withCopies(dataFile(`odd/${name}/onnx/model.onnx`), [tensor]));
  return numbers(await session.run(feeds), `copy.${tensor}`);
}

/** What tensors of a model's graph hold for some tokens, without anything of this project. */
async function tensorsOf(name: string, ids: readonly number[], tensors: readonly string[]): Promise<Float32Array[]> {
  const session = await openLiteral(withCopies(dataFile(`odd/${name}/onnx/model.onnx`), tensors));
  const feeds = {
    input_ids: ints(ids),
    attention_mask: ints(ids.map(() => 1)),
    token_type_ids: ints(ids.map(() => 0)),
  };
  const results = await session.run(
    Object.fromEntries(Object.entries(feeds).filter(([input]) => session.inputNames.includes(input))),
  );
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
  assert.match(
    analysis.notes.join('\n'),
    /in 1 layer Mul \(“pp”\) changes the weights after the softmax: the changed weights are shown/,
  );
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
  assert.ok(
    difference(
      map.weights,
      layers.flatMap((layer) => [...layer]),
    ) < 1e-6,
  );
  assert.ok(worstRow(map) < 1e-5);
  assert.equal((await check(['--model', model, text])).status, 0);
});

test('odd/int32: ids, mask and segments are fed in the type that the graph asks for', async (context) => {
  const model = odd('int32', context);
  if (model === null) return;
  const analysis = await analyse({ model, text });
  const map = mapNamed(analysis, 'attention');
  const ids = idsOf(analysis, 0);
  const row = (values: readonly number[]): Tensor => ints32(values, [1, values.length]);
  const feeds = { input_ids: row(ids), attention_mask: row(ids.map(() => 1)), token_type_ids: row(ids.map(() => 0)) };
  const first = await tensorFor('int32', softmaxesOf('int32')[0] ?? '', feeds);
  assert.ok(difference(layerOf(map, 0), first) < 1e-6);
  assert.equal((await check(['--model', model, text])).status, 0);
});

test('odd/fixed-16: a short text is filled up behind a mask and shown alone, a longer one is cut and told', async (context) => {
  const model = odd('fixed-16', context);
  if (model === null) return;
  const analysis = await analyse({ model, text });
  const map = mapNamed(analysis, 'attention');
  const ids = idsOf(analysis, 0);
  const tokens = ids.length;
  const upTo = (values: readonly number[]): Tensor => ints(Array.from({ length: 16 }, (_, at) => values[at] ?? 0));
  const feeds = { input_ids: upTo(ids), attention_mask: upTo(ids.map(() => 1)), token_type_ids: upTo([]) };
  const filled = await tensorFor('fixed-16', softmaxesOf('fixed-16')[0] ?? '', feeds);
  const expected = Array.from({ length: 2 * tokens * tokens }, (_, at) => {
    const [head, query, key] = [Math.floor(at / tokens / tokens), Math.floor(at / tokens) % tokens, at % tokens];
    return filled[(head * 16 + query) * 16 + key] ?? NaN;
  });
  assert.deepEqual(map.shape, [2, 2, tokens, tokens]);
  assert.ok(difference(layerOf(map, 0), expected) < 1e-6);
  assert.ok(worstRow(map) < 1e-5);
  assert.equal((await check(['--model', model, text])).status, 0);
  const long = await analyse({ model, text: `${text} `.repeat(6) });
  assert.equal(long.sequences[0]?.tokens.length, 16);
  assert.match(long.notes.join('\n'), /The text was shortened: the model takes 16 tokens\./);
});

/** The softmaxes of a graph, in its order. */
function softmaxesOf(name: string): string[] {
  return readModel(dataFile(`odd/${name}/onnx/model.onnx`))
    .graph.nodes.filter(({ op }) => op === 'Softmax')
    .map(({ outputs }) => outputs[0] ?? '');
}
