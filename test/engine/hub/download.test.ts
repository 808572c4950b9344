import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findModel } from '../../../src/engine/store/models.ts';
import { storedModel } from '../../../src/engine/store/library.ts';
import type { DownloadPlan, DownloadProgress } from '../../../src/protocol/hub.ts';
import { encoderFiles, writeFiles } from '../../fixtures/hub-server/model.ts';
import { assertStored, cancelOnProgress, modelId, quick, reasonFor, scene, weights } from './scene.ts';

const main = { id: modelId, revision: 'main' };
const fp32Files = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', weights];

describe('a download', () => {
  it('brings exactly the planned files, in the hub’s layout, with a manifest', async (test) => {
    const s = await scene(test);
    const plan = await s.plan();
    const model = await s.download(plan);
    await assertStored(s, fp32Files);
    assert.deepEqual(
      (await s.storeFiles()).sort(),
      [...fp32Files, '.text-attention.json'].map((path) => join(modelId, 'main', path)).sort(),
    );
    assert.equal(model.state, 'complete');
    assert.deepEqual(model.dtypes, ['fp32']);
    assert.equal(model.commit, plan.commit);
    assert.equal(model.folder, join(s.store, modelId, 'main'));
    const found = await findModel(model.folder, { models: s.store, store: s.store });
    assert.deepEqual(
      found.graphs.map(({ file, dtype }) => ({ file, dtype })),
      [{ file: weights, dtype: 'fp32' }],
      'the engine finds it there',
    );
  });

  it('tells bytes and speed, upwards to the total', async (test) => {
    const s = await scene(test, encoderFiles(3_000_000));
    s.server.faults = [{ path: /model\.onnx/, fault: { kind: 'slow', piece: 500_000, pause: 60 } }];
    const heard: DownloadProgress[] = [];
    const plan = await s.plan();
    await s.download(plan, { report: (progress) => heard.push(progress) });
    assert.ok(
      heard.every(({ done, total }, index) => total === plan.totalBytes && done >= (heard[index - 1]?.done ?? 0)),
    );
    assert.equal(heard.at(-1)?.done, plan.totalBytes);
    assert.ok(
      heard.some(({ bytesPerSecond }) => bytesPerSecond !== null && bytesPerSecond > 100_000 && bytesPerSecond < 1e9),
    );
  });

  it('asks for nothing when all is here, and only for what another dtype adds', async (test) => {
    const s = await scene(test);
    await s.download(await s.plan());
    const again = await s.plan();
    assert.equal(again.missingBytes, 0);
    const asked = s.server.seen.length;
    await s.download(again);
    assert.equal(s.server.seen.length, asked);
    const other = await s.plan({ dtype: 'q8' });
    assert.deepEqual(
      other.files.filter((file) => !file.here).map((file) => file.path),
      ['onnx/model_quantized.onnx'],
    );
    const model = await s.download(other);
    assert.deepEqual(model.dtypes, ['q8', 'fp32']);
    assert.equal(model.state, 'complete');
    await assertStored(s, [...fp32Files, 'onnx/model_quantized.onnx']);
  });

  it('replaces what a new commit changes and drops what it does not have', async (test) => {
    const s = await scene(test);
    await s.download(await s.plan({ dtype: 'q8' }));
    await s.download(await s.plan());
    const fresh = randomBytes(180_000);
    await writeFiles(join(s.folder, modelId), { [weights]: fresh });
    const plan = await s.plan();
    assert.deepEqual(
      plan.files.filter((file) => !file.here).map((file) => file.path),
      [weights],
    );
    const model = await s.download(plan);
    assert.deepEqual(await s.stored(weights), fresh);
    assert.deepEqual(model.dtypes, ['fp32']);
    assert.ok(
      !(await s.storeFiles()).some((path) => path.includes('quantized')),
      'weights of another commit do not stay beside it',
    );
  });

  it('brings external data and both graphs of an encoder-decoder', async (test) => {
    const graph = (name: string): Record<string, Buffer> => ({
      [`onnx/${name}.onnx`]: randomBytes(3000),
      [`onnx/${name}.onnx_data`]: randomBytes(9000),
      [`onnx/${name}.onnx_data_1`]: randomBytes(500),
    });
    const s = await scene(test, { ...encoderFiles(), ...graph('encoder_model'), ...graph('decoder_model_merged') });
    const plan = await s.plan();
    assert.equal(plan.family, 'encoder-decoder');
    await s.download(plan);
    await assertStored(
      s,
      ['encoder_model', 'decoder_model_merged'].flatMap((name) => Object.keys(graph(name))),
    );
    assert.ok(!(await s.storeFiles()).includes(join(modelId, 'main', weights)));
  });
});

describe('an interrupted download', () => {
  it('goes on by itself where the connection was cut, without asking for a byte twice', async (test) => {
    const s = await scene(test);
    s.server.faults = [{ path: /model\.onnx/, fault: { kind: 'cut', after: 120_000 }, times: 1 }];
    await s.download(await s.plan());
    await assertStored(s, fp32Files);
    const [first, second] = s.server.requestsFor(weights);
    assert.equal(first?.range, null);
    assert.match(second?.range ?? '', /^bytes=\d+-$/);
    assert.match(second?.ifRange ?? '', /^"/);
    assert.equal(Number(/\d+/.exec(second?.range ?? '')?.[0]) + (second?.sent ?? 0), 200_000);
  });

  it('goes on after a cancel, in another run, with the bytes that are here', async (test) => {
    const s = await scene(test, encoderFiles(400_000));
    s.server.faults = [{ path: /model\.onnx/, fault: { kind: 'slow', piece: 50_000, pause: 30 } }];
    const plan = await s.plan();
    const cancel = cancelOnProgress(({ done }) => done > 120_000);
    assert.equal((await reasonFor(s.download(plan, cancel))).code, 'cancelled');
    assert.equal((await storedModel(s.store, main))?.state, 'unfinished');
    const part = (await readFile(join(s.store, modelId, 'main.part', weights))).length;
    assert.ok(part > 50_000 && part < 400_000, `${part} bytes are kept`);
    s.server.faults = [];
    await s.download(plan);
    await assertStored(s, fp32Files);
    assert.deepEqual(
      s.server.requestsFor(weights).map((seen) => seen.range),
      [null, `bytes=${part}-`],
    );
    assert.equal(s.server.requestsFor(weights).at(-1)?.sent, 400_000 - part);
    assert.ok(!(await s.storeFiles()).some((path) => path.includes('.part')), 'nothing is left beside the model');
  });

  it('stops at a cancel, long before the idle timeout, whether bytes come slowly or not at all', async (test) => {
    for (const fault of [
      { kind: 'slow', piece: 1000, pause: 50 },
      { kind: 'stall', after: 5000 },
    ] as const) {
      const s = await scene(test);
      s.server.faults = [{ path: /model\.onnx/, fault }];
      const cancel = cancelOnProgress(({ done, detail }) => detail === weights && done > 2000);
      const plan = await s.plan();
      const idleTimeout = 30_000;
      const hub = s.hub({}, { ...quick, idleTimeout });
      assert.equal((await reasonFor(s.download(plan, { ...cancel, hub }))).code, 'cancelled');
      const took = performance.now() - cancel.at();
      assert.ok(
        cancel.at() > 0 && took < idleTimeout / 2,
        `${fault.kind}: stopped ${took.toFixed(0)} ms after the cancel`,
      );
    }
  });

  it('does not join bytes of a part that is not of this file', async (test) => {
    const s = await scene(test);
    s.server.faults = [{ path: /model\.onnx/, fault: { kind: 'cut', after: 30_000 } }];
    const plan = await s.plan();
    assert.equal((await reasonFor(s.download(plan))).code, 'download-interrupted');
    const part = join(s.store, modelId, 'main.part', weights);
    await writeFile(part, randomBytes(130_000));
    s.server.faults = [];
    assert.deepEqual(await reasonFor(s.download(plan)), {
      code: 'download-corrupt',
      model: modelId,
      file: weights,
      detail: 'its checksum is not the one that the host lists',
    });
    await s.download(plan);
    await assertStored(s, fp32Files);
  });
});

describe('what is not begun', () => {
  it('a download that the disk has no room for', async (test) => {
    const s = await scene(test);
    const plan = await s.plan();
    const reason = await reasonFor(s.download(plan, { free: () => Promise.resolve(64_100_000) }));
    assert.equal(reason.code, 'disk-full');
    assert.equal(s.server.requestsFor(weights).length, 0);
    await s.download(plan, { free: () => Promise.resolve(65_000_000) });
    await assertStored(s, fp32Files);
  });

  it('a plan for another host, and anything while offline', async (test) => {
    const s = await scene(test);
    const plan = await s.plan();
    assert.equal((await reasonFor(s.download({ ...plan, host: 'elsewhere.test' }))).code, 'argument-invalid');
    const asked = s.server.seen.length;
    const offline = s.hub({ offline: true });
    assert.deepEqual(await reasonFor(s.download(plan, { hub: offline })), { code: 'offline', model: modelId });
    assert.deepEqual(await reasonFor(s.plan({}, offline)), { code: 'offline', model: modelId });
    assert.equal(s.server.seen.length, asked);
  });

  it('a plan whose files would lie elsewhere, or that cannot be right', async (test) => {
    const s = await scene(test);
    const plan = await s.plan();
    const [file, ...others] = plan.files;
    assert.ok(file);
    for (const path of [
      '../escaped',
      '/etc/passwd',
      'a/../../b',
      'a\\..\\b',
      'C:/x',
      'nul',
      'onnx/con.json',
      '.text-attention.json',
      'a//b',
      'a\0b',
      'x.',
    ]) {
      assert.equal(
        (await reasonFor(s.download({ ...plan, files: [{ ...file, path }, ...others] }))).code,
        'argument-invalid',
        path,
      );
    }
    const broken: DownloadPlan[] = [
      { ...plan, files: [file, ...plan.files] },
      { ...plan, totalBytes: plan.totalBytes + 1 },
      { ...plan, id: '../x/y' },
      { ...plan, revision: '../main' },
      { ...plan, commit: '../x' },
      { ...plan, files: [{ ...file, bytes: -1 }, ...others] },
    ];
    for (const bad of broken) assert.equal((await reasonFor(s.download(bad))).code, 'argument-invalid');
    assert.deepEqual(await s.storeFiles(), []);
  });
});
