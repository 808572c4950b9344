import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { bundle } from './support/engine-process.ts';
import { analyse, builtInModels, mapNamed } from './support/models.ts';

const text = 'The black cat sees the small dog .';
const target = 'el gato negro ve el perro .';

/** What the command line writes about one sentence and a built-in model. */
function written(kind: string, format: string): Buffer {
  const args = ['--model', `recurrent-${kind}`, '--target', target, '--format', format, text];
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle('cli.cjs'), ...args], {
    env: { ...process.env, TEXT_ATTENTION_MODELS: builtInModels },
  });
  assert.equal(stderr.toString(), '');
  assert.equal(status, 0);
  return stdout;
}

function floats(base64: string): number[] {
  const bytes = Buffer.from(base64, 'base64');
  return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
}

test('JSON has weights, scores and windows as the engine has them', async () => {
  const {
    model,
    sequences,
    maps: [map],
  } = JSON.parse(written('local-p', 'json').toString());
  const expected = mapNamed(await analyse({ model: `${builtInModels}/recurrent-local-p`, text, target }), 'cross');
  assert.deepEqual(model, {
    id: 'recurrent-local-p',
    family: 'recurrent',
    layers: 1,
    heads: 1,
    formats: ['encoder_model', 'decoder_model'].map((graph) => ({ graph, format: 'fp32' })),
  });
  assert.deepEqual(
    sequences.map((sequence: { tokens: unknown[] }) => sequence.tokens.length),
    [8, 8],
  );
  assert.deepEqual(map.shape, [1, 1, 8, 8]);
  assert.deepEqual([map.normalised, map.scoring, map.local], [false, 'general', expected.local]);
  assert.deepEqual(floats(map.weights), [...expected.weights]);
  assert.deepEqual(floats(map.scores), [...(expected.scores ?? [])]);
});

test('NPZ has an array for each of them', () => {
  const shapes = (kind: string): (readonly [string, string | undefined])[] =>
    Object.entries(unzipSync(written(kind, 'npz'))).map(
      ([name, bytes]) => [name, /'shape': (\(.*?\))/.exec(Buffer.from(bytes).toString('latin1', 0, 128))?.[1]] as const,
    );
  assert.deepEqual(shapes('local-m'), [
    ['cross.npy', '(1, 1, 8, 8)'],
    ['cross_scores.npy', '(1, 1, 8, 8)'],
    ['cross_centres.npy', '(8,)'],
  ]);
  assert.deepEqual(shapes('bahdanau'), [
    ['cross.npy', '(1, 1, 8, 8)'],
    ['cross_scores.npy', '(1, 1, 8, 8)'],
  ]);
});

test('the table says in words how the kind attends, and shows centre and sum of every row', () => {
  const table = written('local-p', 'table').toString();
  assert.match(table, /^recurrent-local-p · recurrent · fp32 · 1 layer × 1 head · 8 and 8 tokens/);
  assert.match(table, /Luong, Pham and Manning 2015/);
  assert.match(table, /not normalised again/);
  assert.match(table, /^2 gato ▸ negro +centre \d\.\d ± 4 +sum 0\.\d\d +1 black 0\.\d\d/m);
  const additive = written('bahdanau', 'table').toString();
  assert.match(additive, /Additive attention \(Bahdanau, Cho and Bengio 2015\)/);
  assert.doesNotMatch(additive, /centre/);
});

test('the picture has the lines of the one head and the centres of the windows', () => {
  assert.match(
    written('local-p', 'svg').toString(),
    /cross \(cross\), layer 0, head 0; dotted: centre of the window, ± 4/,
  );
  assert.doesNotMatch(written('dot', 'svg').toString(), /dotted/);
});
