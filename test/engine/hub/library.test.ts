import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { deleteModel, listModels, verifyModel } from '../../../src/engine/store/library.ts';
import type { DownloadProgress } from '../../../src/protocol/hub.ts';
import { assertStored, modelId, reasonFor, scene, weights } from './scene.ts';

const { signal } = new AbortController();
const quiet = { signal, report: () => undefined };

describe('the library', () => {
  it('is empty where there is none, and lists what has arrived and what has not', async (test) => {
    const s = await scene(test);
    assert.deepEqual(await listModels(s.store), []);
    s.server.pages.set(modelId, { licence: 'mit' });
    const plan = await s.plan();
    await s.download(plan);
    s.server.faults = [{ path: /model\.onnx/, fault: { kind: 'cut', after: 20_000 } }];
    await reasonFor(s.download(await s.plan({ model: `${modelId}@${plan.commit}` })));
    await writeFile(join(s.store, 'stray.txt'), 'x');
    await mkdir(join(s.store, 'other', 'not-a-model', '.git'), { recursive: true });
    const models = await listModels(s.store);
    assert.deepEqual(
      models.map(({ id, revision, state }) => ({ id, revision, state })),
      [
        { id: modelId, revision: plan.commit, state: 'unfinished' },
        { id: modelId, revision: 'main', state: 'complete' },
      ],
    );
    const complete = models[1];
    assert.ok(
      complete && complete.bytes > plan.totalBytes && complete.bytes < plan.totalBytes + 4000,
      'files and manifest',
    );
    assert.equal(complete.licence, 'mit');
    assert.equal(complete.modelType, 'bert');
    assert.deepEqual(complete.dtypes, ['fp32']);
    assert.ok((models[0]?.bytes ?? 0) > 1000);
  });

  it('tells a damaged model, finds the wrong files, and a download mends it', async (test) => {
    const s = await scene(test);
    await s.download(await s.plan());
    assert.deepEqual(await verifyModel(s.store, modelId, quiet), []);
    const path = join(s.store, modelId, 'main', weights);
    await writeFile(path, Buffer.alloc(200_000));
    assert.equal((await listModels(s.store))[0]?.state, 'complete', 'a size tells nothing of that');
    const heard: DownloadProgress[] = [];
    assert.deepEqual(await verifyModel(s.store, modelId, { signal, report: (progress) => heard.push(progress) }), [
      weights,
    ]);
    assert.equal(heard.at(-1)?.done, heard.at(-1)?.total);
    await truncate(path, 5);
    await rm(join(s.store, modelId, 'main', 'tokenizer.json'));
    assert.equal((await listModels(s.store))[0]?.state, 'damaged');
    assert.deepEqual(await verifyModel(s.store, modelId, quiet), ['tokenizer.json', weights]);
    const plan = await s.plan();
    assert.deepEqual(
      plan.files.filter((file) => !file.here).map((file) => file.path),
      ['tokenizer.json', weights],
    );
    await s.download(plan);
    assert.deepEqual(await verifyModel(s.store, modelId, quiet), []);
  });

  it('does not trust a manifest: a broken or lying one makes a damaged model, which a download mends without loading all again', async (test) => {
    const s = await scene(test);
    await s.download(await s.plan());
    const manifest = join(s.store, modelId, 'main', '.text-attention.json');
    for (const content of [
      '{',
      '[]',
      JSON.stringify({ version: 1, id: modelId, files: [{ path: '../../../secret' }] }),
    ]) {
      await writeFile(manifest, content);
      assert.equal((await listModels(s.store))[0]?.state, 'damaged', content);
      assert.equal((await reasonFor(verifyModel(s.store, modelId, quiet))).code, 'model-not-found');
      const asked = s.server.bytesSent(weights);
      await s.download(await s.plan());
      assert.equal(s.server.bytesSent(weights), asked, 'files that can be told to be right are kept');
      assert.equal((await listModels(s.store))[0]?.state, 'complete');
    }
  });

  it('deletes a model wholly, with what is unfinished, and its empty folders', async (test) => {
    const s = await scene(test);
    await s.download(await s.plan());
    s.server.faults = [{ path: /quantized/, fault: { kind: 'cut', after: 100 } }];
    await reasonFor(s.download(await s.plan({ dtype: 'q8' })));
    await deleteModel(s.store, modelId, signal);
    assert.deepEqual(await readdir(s.store), []);
    assert.deepEqual(await reasonFor(deleteModel(s.store, modelId, signal)), {
      code: 'model-not-found',
      model: modelId,
    });
    s.server.faults = [];
    await s.download(await s.plan());
    await assertStored(s, [weights]);
  });

  it('deletes one revision and leaves the other', async (test) => {
    const s = await scene(test);
    const plan = await s.plan();
    await s.download(plan);
    const pinned = `${modelId}@${plan.commit}`;
    await s.download(await s.plan({ model: pinned }));
    await deleteModel(s.store, pinned, signal);
    assert.deepEqual(
      (await listModels(s.store)).map(({ revision, state }) => [revision, state]),
      [['main', 'complete']],
    );
  });

  it('deletes nothing that is locked, and nothing outside', async (test) => {
    const s = await scene(test);
    await s.download(await s.plan());
    const lock = join(s.store, modelId, 'main.lock');
    await writeFile(lock, JSON.stringify({ pid: process.pid, machine: hostname(), key: 'x' }));
    assert.deepEqual(await reasonFor(deleteModel(s.store, modelId, signal)), {
      code: 'model-locked',
      model: modelId,
      by: `another window (process ${process.pid})`,
    });
    await assertStored(s, [weights]);
    await rm(lock);
    for (const name of ['../hub/x', '..', 'tiny/../..', 'tiny'])
      assert.equal((await reasonFor(deleteModel(s.store, name, signal))).code, 'argument-invalid');
    assert.ok(existsSync(join(s.folder, modelId)));
  });

  it('stops checking when it is cancelled', async (test) => {
    const s = await scene(test);
    await s.download(await s.plan());
    assert.equal(
      (await reasonFor(verifyModel(s.store, modelId, { signal: AbortSignal.abort(), report: () => undefined }))).code,
      'cancelled',
    );
  });
});
