import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { bundle, startEngine } from './support/engine-process.ts';
import { refusal } from './support/hub.ts';
import { analyse, fixture, reasonFor } from './support/models.ts';

const text = 'the cat ate';
const folder = mkdtempSync(join(tmpdir(), 'weights-'));
after(() => rmSync(folder, { recursive: true }));

const usual = 'model.onnx_data';

/** A copy of the model whose weights lie in `model.onnx_data`, spoiled. */
function spoiled(name: string, spoil: (onnx: string, model: string) => void): string {
  const model = join(folder, name);
  cpSync(fixture('tiny-external'), model, { recursive: true });
  spoil(join(model, 'onnx'), model);
  return model;
}

/** The graph with another name for its weights, of the same length so that nothing else changes. */
function rename(onnx: string, name: string): void {
  assert.equal(name.length, usual.length, name);
  const file = join(onnx, 'model.onnx');
  const graph = readFileSync(file).toString('latin1');
  assert.ok(graph.includes(usual));
  writeFileSync(file, Buffer.from(graph.replaceAll(usual, name), 'latin1'));
}

/** What config.json of a large model says: the library then fetches the files of weights by itself. */
function announced(model: string, chunks: unknown): void {
  const file = join(model, 'config.json');
  writeFileSync(
    file,
    JSON.stringify({
      ...JSON.parse(readFileSync(file, 'utf8')),
      'transformers.js_config': { use_external_data_format: chunks },
    }),
  );
}

describe('weights beside the graph', () => {
  it('are named when they are missing, whatever config.json announces', async () => {
    for (const [name, chunks] of [
      ['silent', null],
      ['announced', true],
      ['many', 40],
      ['strange', { 'model.onnx': 'x' }],
    ] as const) {
      const model = spoiled(name, (onnx, at) => {
        rmSync(join(onnx, usual));
        announced(at, chunks);
      });
      assert.deepEqual(
        await reasonFor({ model, text }),
        { code: 'model-file-missing', model, file: `onnx/${usual}` },
        name,
      );
    }
  });

  it('are read where config.json announces them, and more of them than there are', async () => {
    const whole = await analyse({ model: fixture('tiny-external'), text });
    for (const chunks of [1, 3]) {
      const model = spoiled(`whole-${chunks}`, (_, at) => announced(at, chunks));
      assert.deepEqual(
        (await analyse({ model, text })).maps.map(({ weights }) => weights),
        whole.maps.map(({ weights }) => weights),
      );
    }
  });

  it('are found in a folder below the graph, and by a link', async () => {
    const below = spoiled('below', (onnx) => {
      mkdirSync(join(onnx, 'data'));
      renameSync(join(onnx, usual), join(onnx, 'data', 'model.bin1'));
      rename(onnx, 'data/model.bin1');
    });
    assert.equal((await analyse({ model: below, text })).maps.length, 1);
    rmSync(join(below, 'onnx', 'data', 'model.bin1'));
    assert.deepEqual(await reasonFor({ model: below, text }), {
      code: 'model-file-missing',
      model: below,
      file: 'onnx/data/model.bin1',
    });
    if (process.platform === 'win32') return;
    const linked = spoiled('linked', (onnx) => {
      renameSync(join(onnx, usual), join(onnx, 'blob'));
      symlinkSync('blob', join(onnx, usual));
    });
    assert.equal((await analyse({ model: linked, text })).maps.length, 1);
  });

  it('lead nowhere but into the folder of the graph', async () => {
    for (const name of [
      '../../../passwd',
      '/etc/./hostname',
      '..\\..\\xx\\passwd',
      'C:\\x\\weights.bi',
      'data/../../pass',
    ]) {
      const model = spoiled(`outside ${name.replace(/\W/g, '-')}`, (onnx) => rename(onnx, name));
      const reason = await reasonFor({ model, text });
      assert.equal(reason.code, 'model-file-invalid', name);
      assert.match(sentenceOf(reason).what, /refers to weights outside its own folder/);
    }
  });

  it('that cannot be weights are told as what they are', async () => {
    const cases: [string, string | Buffer, RegExp][] = [
      [
        'lfs',
        'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n',
        /onnx_data .* Git LFS pointer.*git lfs pull/,
      ],
      ['page', '<!DOCTYPE html><html></html>', /onnx_data .* a web page/],
      ['empty', '', /onnx_data .* it is empty/],
      ['short', Buffer.alloc(50), /onnx_data .* ends after 50 bytes, but the graph needs \d+/],
    ];
    for (const [name, content, says] of cases) {
      const model = spoiled(name, (onnx) => writeFileSync(join(onnx, usual), content));
      assert.match(sentenceOf(await reasonFor({ model, text })).what, says);
    }
  });

  it('missing: the command line says one sentence, the engine answers and lives', async () => {
    const model = spoiled('processes', (onnx, at) => {
      rmSync(join(onnx, usual));
      announced(at, true);
    });
    const child = spawn(process.execPath, [bundle('cli.cjs'), '--model', model, text], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [errors, [status]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
    assert.equal(status, 1);
    assert.match(errors, /^The model “.*processes” has no file onnx\/model\.onnx_data\. [^\n]*\n$/);
    const engine = startEngine();
    assert.deepEqual(await refusal(engine.peer.ask('analyse', { analysis: 'a', model, text })), {
      code: 'model-file-missing',
      model,
      file: `onnx/${usual}`,
    });
    assert.equal((await engine.peer.ask('analyse', { analysis: 'a', model: 'tiny-encoder', text })).maps.length, 1);
    engine.child.disconnect();
    assert.equal(await engine.exited, 0);
  });
});
