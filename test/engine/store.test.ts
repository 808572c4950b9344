import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Progress } from '../../src/protocol/contract.ts';
import { inventoryOf } from '../../src/engine/store/inventory.ts';
import { until } from '../harness/until.ts';
import { graph, hubModel, hubScene, refusal } from './support/hub.ts';
import { analyse, builtInModels, fixture, mapNamed } from './support/models.ts';

const text = 'the cat that was hungry ate the fish';
const slowly = (pause: number) => [{ path: /model\.onnx/, fault: { kind: 'slow', piece: 1500, pause } as const }];

describe('a model of the hub', () => {
  it('is planned, downloaded with progress, listed, run by its name, and deleted', async (test) => {
    const s = await hubScene(test);
    s.server.pages.set(hubModel, { licence: 'mit' });
    s.server.faults = slowly(60);
    const engine = s.engine();
    const { peer } = engine;
    assert.deepEqual(await refusal(peer.ask('analyse', { analysis: 'a', model: hubModel, text })), {
      code: 'model-not-downloaded',
      model: hubModel,
    });
    const plan = await s.plan(engine);
    assert.deepEqual(
      { host: plan.host, licence: plan.licence, family: plan.family, dtypes: plan.dtypes.map(({ dtype }) => dtype) },
      { host: `127.0.0.1:${s.server.port}`, licence: 'mit', family: 'encoder', dtypes: ['fp32'] },
    );
    const heard: Progress[] = [];
    const stored = await peer.ask(
      'download',
      { plan, hub: s.hub() },
      { onProgress: (progress) => heard.push(progress) },
    );
    assert.equal(stored.state, 'complete');
    assert.equal(stored.folder, s.folder);
    assert.ok(heard.every(({ stage, total }) => stage === 'downloading' && total === plan.totalBytes));
    assert.equal(heard.at(-1)?.done, plan.totalBytes);
    assert.ok(heard.some(({ detail, bytesPerSecond }) => detail === graph && (bytesPerSecond ?? 0) > 0));

    const info = await peer.ask('analyse', { analysis: 'a', model: hubModel, text, dtype: 'fp32' });
    assert.equal(info.model.id, hubModel);
    const expected = mapNamed(await analyse({ model: fixture('tiny-encoder'), text }), 'attention');
    const { weights } = await peer.ask('weights', { analysis: 'a', map: 0, layer: 1 });
    assert.deepEqual(new Float32Array(weights), expected.weights.slice(expected.weights.length / 2));
    const missing = await refusal(peer.ask('analyse', { analysis: 'a', model: hubModel, text, dtype: 'q8' }));
    assert.deepEqual(missing, {
      code: 'argument-invalid',
      argument: 'dtype',
      detail: `“${hubModel}” is not available as q8, only as fp32`,
    });

    const here = await peer.ask('models', {});
    assert.deepEqual(
      here.stored.map(({ id, revision, state, dtypes, licence, family }) => ({
        id,
        revision,
        state,
        dtypes,
        licence,
        family,
      })),
      [{ id: hubModel, revision: 'main', state: 'complete', dtypes: ['fp32'], licence: 'mit', family: 'encoder' }],
    );
    assert.equal(here.folder, s.store);
    assert.equal(here.bytes, await bytesBelow(s.store));
    assert.ok((here.free ?? 0) > 0);
    for (const [id, family] of [
      ['tiny-decoder', 'decoder'],
      ['tiny-encoder', 'encoder'],
      ['tiny-encoder-decoder', 'encoder-decoder'],
    ]) {
      assert.deepEqual(
        here.builtIn.filter((model) => model.id === id).map((model) => [model.family, model.dtypes]),
        [[family, ['fp32']]],
      );
    }

    assert.equal(await peer.ask('deleteModel', { model: hubModel }), null);
    assert.deepEqual((await peer.ask('models', {})).stored, []);
    assert.equal(
      (await refusal(peer.ask('analyse', { analysis: 'b', model: hubModel, text }))).code,
      'model-not-downloaded',
    );
    assert.equal((await refusal(peer.ask('deleteModel', { model: hubModel }))).code, 'model-not-found');
    assert.equal((await refusal(peer.ask('deleteModel', { model: '../hub/tiny' }))).code, 'argument-invalid');
    assert.ok(existsSync(s.source));
  });

  it('does not hold up a text while it arrives; a cancel stops it within a second, and it goes on where it stopped', async (test) => {
    const s = await hubScene(test);
    s.server.faults = [{ path: /model\.onnx/, fault: { kind: 'stall', after: 4000 } }];
    const engine = s.engine();
    const plan = await s.plan(engine);
    const cancel = new AbortController();
    const arriving = new AbortController();
    const download = refusal(
      engine.peer.ask(
        'download',
        { plan, hub: s.hub() },
        {
          signal: cancel.signal,
          onProgress: ({ detail }) => {
            if (detail === graph) arriving.abort();
          },
        },
      ),
    );
    await once(arriving.signal, 'abort');
    await engine.peer.ask('analyse', { analysis: 'a', model: 'tiny-encoder', text });
    const sent = s.server.bytesSent(graph);
    assert.ok(sent < (await stat(join(s.source, graph))).size, 'the text was analysed while the model arrived');
    cancel.abort();
    assert.deepEqual(await download, { code: 'cancelled' });
    await until('the download has let go', async () => !existsSync(`${s.folder}.lock`), 10_000);
    assert.ok(!existsSync(s.folder), 'half a model is no model');
    assert.deepEqual(
      (await engine.peer.ask('models', {})).stored.map(({ state }) => state),
      ['unfinished'],
    );
    assert.equal(
      (await refusal(engine.peer.ask('analyse', { analysis: 'b', model: hubModel, text }))).code,
      'model-not-downloaded',
    );
    s.server.faults = [];
    await engine.peer.ask('download', { plan: await s.plan(engine), hub: s.hub() });
    assert.match(s.server.requestsFor(graph).at(-1)?.range ?? '', /^bytes=[1-9]\d*-$/);
    assert.deepEqual(await readFile(join(s.folder, graph)), await readFile(join(s.source, graph)));
  });

  it('that needs a token is refused without it and arrives with it; the token is told to nobody else', async (test) => {
    const s = await hubScene(test);
    const token = 'hf_theSecretOfTheTest';
    s.server.pages.set(hubModel, { gated: true, token });
    const engine = s.engine();
    const logged: string[] = [];
    engine.peer.on('log', ({ message }) => logged.push(message));
    const gated = { code: 'hub-gated', host: `127.0.0.1:${s.server.port}`, model: hubModel };
    assert.deepEqual(await refusal(s.plan(engine)), gated);
    assert.deepEqual(await refusal(s.plan(engine, s.hub({ token: 'hf_another' }))), gated);
    s.server.faults = [{ path: /config\.json/, fault: { kind: 'status', status: 403 }, times: 1 }];
    assert.deepEqual(await refusal(s.plan(engine, s.hub({ token }))), gated);
    const hub = s.hub({ token });
    await engine.peer.ask('download', { plan: await s.plan(engine, hub), hub });
    await engine.peer.ask('analyse', { analysis: 'a', model: hubModel, text });
    assert.ok(logged.some((line) => line.includes(hubModel)));
    assert.ok(!logged.join('\n').includes(token));
    for (const entry of await filesBelow(s.store)) assert.ok(!(await readFile(entry)).includes(token), entry);
    if (process.platform !== 'linux') return;
    for (const name of ['cmdline', 'environ'])
      assert.ok(!readFileSync(`/proc/${engine.child.pid}/${name}`).includes(token), name);
  });

  it('is not asked for while working offline, but what is here runs', async (test) => {
    const s = await hubScene(test);
    const engine = s.engine();
    const offline = s.hub({ offline: true });
    const plan = await s.plan(engine);
    const asked = s.server.seen.length;
    assert.deepEqual(await refusal(s.plan(engine, offline)), { code: 'offline', model: hubModel });
    assert.deepEqual(await refusal(engine.peer.ask('download', { plan, hub: offline })), {
      code: 'offline',
      model: hubModel,
    });
    assert.equal(s.server.seen.length, asked);
    await engine.peer.ask('download', { plan, hub: s.hub() });
    await s.server.stop();
    assert.equal((await engine.peer.ask('analyse', { analysis: 'a', model: hubModel, text })).model.id, hubModel);
  });

  it('that was damaged is told by a check, refused by a run, and mended by a download of just that file', async (test) => {
    const s = await hubScene(test);
    const engine = s.engine();
    const { peer } = engine;
    await peer.ask('download', { plan: await s.plan(engine), hub: s.hub() });
    const heard: Progress[] = [];
    assert.deepEqual(
      await peer.ask('verifyModel', { model: hubModel }, { onProgress: (progress) => heard.push(progress) }),
      { damaged: [] },
    );
    assert.equal(heard.at(-1)?.stage, 'checking');
    assert.equal(heard.at(-1)?.done, heard.at(-1)?.total);
    const { size } = await stat(join(s.folder, graph));
    await writeFile(join(s.folder, graph), Buffer.alloc(size, 7));
    assert.deepEqual(await peer.ask('verifyModel', { model: hubModel }), { damaged: [graph] });
    assert.deepEqual(
      (await peer.ask('models', {})).stored.map(({ state }) => state),
      ['damaged'],
    );
    assert.deepEqual(await refusal(peer.ask('analyse', { analysis: 'a', model: hubModel, text })), {
      code: 'model-damaged',
      model: hubModel,
    });
    const plan = await s.plan(engine);
    assert.deepEqual(
      plan.files.filter(({ here }) => !here).map(({ path }) => path),
      [graph],
    );
    await peer.ask('download', { plan, hub: s.hub() });
    assert.deepEqual(await peer.ask('verifyModel', { model: hubModel }), { damaged: [] });
    await peer.ask('analyse', { analysis: 'a', model: hubModel, text });
  });
});

it('the models that ship are listed with family, licence and size', async () => {
  const { builtIn, stored } = await inventoryOf({
    models: builtInModels,
    store: join(builtInModels, 'nothing-downloaded'),
  });
  const small = builtIn.find(({ id }) => id === 'masked-lm-small');
  assert.deepEqual(
    { ...small, bytes: 0 },
    { id: 'masked-lm-small', family: 'encoder', modelType: 'bert', licence: 'apache-2.0', dtypes: ['fp32'], bytes: 0 },
  );
  assert.equal(small?.bytes, await bytesBelow(join(builtInModels, 'masked-lm-small')));
  assert.deepEqual(stored, []);
});

describe('two model processes', () => {
  it('download a model once: the second waits and says for whom, or refuses when it is told to', async (test) => {
    const s = await hubScene(test);
    s.server.faults = slowly(150);
    const [first, second] = [s.engine(), s.engine()];
    const plan = await s.plan(first);
    const arriving = new AbortController();
    const one = first.peer.ask(
      'download',
      { plan, hub: s.hub() },
      {
        onProgress: ({ detail }) => {
          if (detail === graph) arriving.abort();
        },
      },
    );
    await once(arriving.signal, 'abort');
    const by = `another window (process ${first.child.pid})`;
    assert.deepEqual(await refusal(second.peer.ask('download', { plan, hub: s.hub(), whenLocked: 'refuse' })), {
      code: 'model-locked',
      model: hubModel,
      by,
    });
    assert.deepEqual(await refusal(second.peer.ask('deleteModel', { model: hubModel })), {
      code: 'model-locked',
      model: hubModel,
      by,
    });
    const heard: Progress[] = [];
    const other = await second.peer.ask(
      'download',
      { plan, hub: s.hub() },
      { onProgress: (progress) => heard.push(progress) },
    );
    assert.deepEqual(heard[0], { stage: 'waiting', detail: by, done: 0, total: plan.totalBytes, bytesPerSecond: null });
    assert.deepEqual(await one, other);
    assert.equal(s.server.requestsFor(graph).length, 1);
  });

  it('stays for a download, however little it may be idle, and ends after it', async (test) => {
    const s = await hubScene(test);
    const plan = await s.plan(s.engine());
    s.server.faults = slowly(600);
    const { peer, exited } = s.engine({ idle: '0.005' });
    assert.equal((await peer.ask('download', { plan, hub: s.hub() })).state, 'complete');
    assert.equal(await exited, 0);
  });
});

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function bytesBelow(folder: string): Promise<number> {
  const sizes = await Promise.all((await filesBelow(folder)).map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
