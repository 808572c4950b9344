import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { analyse, builtInModels, fixture, noWork, places, reasonFor } from './support/models.ts';
import { large, paddedModel } from './support/padded.ts';

const text = 'the cat that was hungry ate the fish';
const folder = mkdtempSync(join(tmpdir(), 'reference-'));
after(() => rmSync(folder, { recursive: true }));
const onPosix = process.platform === 'win32' ? 'links and holes in files are matters of their own on Windows' : false;

/** The same model with graph files so large that their weights stay in them. */
function enlarged(from: string, name: string, bytes = large): string {
  const graphs = readdirSync(join(from, 'onnx')).filter((file) => file.endsWith('.onnx'));
  return paddedModel(from, join(folder, name), bytes, ...graphs);
}

async function weightsOf(model: string): Promise<readonly Float32Array[]> {
  return (await analyse({ model, text })).maps.map(({ weights }) => weights);
}

describe('a model whose weights stay in its files', () => {
  it('gives the numbers of the one that is read whole: graphs of every kind', async () => {
    for (const from of [
      join(builtInModels, 'masked-lm-small'),
      join(builtInModels, 'translation-small'),
      join(builtInModels, 'recurrent-dot'),
      fixture('tiny-external'),
    ])
      assert.deepEqual(await weightsOf(enlarged(from, basename(from))), await weightsOf(from), from);
  });

  it('may lie in a folder and have a name of any characters', async () => {
    const from = join(builtInModels, 'masked-lm-small');
    assert.deepEqual(await weightsOf(enlarged(from, "ü 日本 #%&'+ (1)")), await weightsOf(from));
  });

  it('may lie beyond 2 and 4 GB', { skip: onPosix }, async () => {
    const from = join(builtInModels, 'masked-lm-small');
    for (const bytes of [2 ** 31 + large, 2 ** 32 + large]) {
      const model = enlarged(from, `beyond-${bytes}`, bytes);
      // What it takes of memory is not what this test is about.
      const analyser = new Analyser(places, () => undefined, 2 ** 40);
      const { maps } = await analyser.analyse({ model, text }, noWork);
      await analyser.dispose();
      assert.deepEqual(
        maps.map(({ weights }) => weights),
        await weightsOf(from),
      );
      rmSync(model, { recursive: true });
    }
  });

  it('may be a link, also out of its folder, and can be taken apart', { skip: onPosix }, async () => {
    const from = join(builtInModels, 'masked-lm-small');
    const model = enlarged(from, 'linked');
    mkdirSync(join(folder, 'blobs'));
    renameSync(join(model, 'onnx', 'model.onnx'), join(folder, 'blobs', 'abc'));
    symlinkSync('../../blobs/abc', join(model, 'onnx', 'model.onnx'));
    const analyser = new Analyser(places, () => undefined);
    const analysis = await analyser.analyse({ model, text }, noWork);
    assert.deepEqual(
      analysis.maps.map(({ weights }) => weights),
      await weightsOf(from),
    );
    const cell = { map: 0, layer: 1, head: 0, query: 2, key: 1 };
    const { recomputed } = await analyser.explain({ model, text }, analysis, cell, noWork);
    assert.ok(recomputed.difference < 1e-5);
    await analyser.dispose();
  });

  it('may be a link while further weights lie beside it', { skip: onPosix }, async () => {
    const model = enlarged(fixture('tiny-external'), 'linked-external');
    mkdirSync(join(folder, 'elsewhere'));
    renameSync(join(model, 'onnx', 'model.onnx'), join(folder, 'elsewhere', 'abc'));
    symlinkSync('../../elsewhere/abc', join(model, 'onnx', 'model.onnx'));
    assert.deepEqual(await weightsOf(model), await weightsOf(fixture('tiny-external')));
  });

  it('is refused where the file ends before its weights do', async () => {
    const model = enlarged(join(builtInModels, 'masked-lm-small'), 'cut');
    truncateSync(join(model, 'onnx', 'model.onnx'), large + (2 << 20));
    const reason = await reasonFor({ model, text });
    assert.equal(reason.code, 'model-file-invalid');
    assert.match(sentenceOf(reason).what, /model\.onnx/);
  });

  it('can be replaced while it is open', { skip: onPosix }, async () => {
    const model = enlarged(join(builtInModels, 'masked-lm-small'), 'replaced');
    const other = enlarged(fixture('tiny-encoder'), 'other');
    const analyser = new Analyser(places, () => undefined);
    await analyser.analyse({ model, text }, noWork);
    for (const file of readdirSync(other)) {
      rmSync(join(model, file), { recursive: true, force: true });
      renameSync(join(other, file), join(model, file));
    }
    const { maps } = await analyser.analyse({ model, text }, noWork);
    await analyser.dispose();
    assert.deepEqual(
      maps.map(({ weights }) => weights),
      await weightsOf(fixture('tiny-encoder')),
    );
  });

  it('can be deleted once it was left', async () => {
    const model = enlarged(join(builtInModels, 'masked-lm-small'), 'left');
    const analyser = new Analyser(places, () => undefined);
    await analyser.analyse({ model, text }, noWork);
    await analyser.leave(model);
    rmSync(model, { recursive: true });
    cpSync(fixture('tiny-encoder'), model, { recursive: true });
    const { maps } = await analyser.analyse({ model, text }, noWork);
    await analyser.dispose();
    assert.deepEqual(
      maps.map(({ weights }) => weights),
      await weightsOf(fixture('tiny-encoder')),
    );
  });
});
