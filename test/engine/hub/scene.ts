import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Reason } from '../../../src/core/errors/reason.ts';
import { reasonOf } from '../../../src/core/errors/reason.ts';
import { sentenceOf } from '../../../src/core/errors/sentence.ts';
import { downloadModel, type DownloadRequest } from '../../../src/engine/hub/download.ts';
import { Hub, type HubSettings } from '../../../src/engine/hub/hub.ts';
import type { Patience } from '../../../src/engine/process/patience.ts';
import { planDownload, type PlanRequest } from '../../../src/engine/hub/plan.ts';
import type { DownloadPlan, DownloadProgress, StoredModel } from '../../../src/protocol/hub.ts';
import { encoderFiles, writeFiles } from '../../fixtures/hub-server/model.ts';
import { HubServer } from '../../fixtures/hub-server/server.ts';

/** Short waits: the tests are about what happens, not about how long it takes. */
export const quick: Patience = { attempts: 3, firstWait: 1, longestWait: 2_000, idleTimeout: 400 };
export const modelId = 'tiny/bert';
export const weights = 'onnx/model.onnx';

/** A server with one model, an empty store, and a client. */
export interface Scene {
  readonly server: HubServer;
  readonly folder: string;
  readonly store: string;
  readonly files: Record<string, Buffer>;
  hub(settings?: HubSettings, patience?: Patience): Hub;
  plan(request?: Partial<PlanRequest>, hub?: Hub): Promise<DownloadPlan>;
  download(plan: DownloadPlan, request?: Partial<DownloadRequest>): Promise<StoredModel>;
  /** What the store holds of a file of the model, complete. */
  stored(path: string): Promise<Buffer>;
  /** Every file below the store, relative to it. */
  storeFiles(): Promise<string[]>;
}

/** Builds a scene that goes away with its test. */
export async function scene(test: TestContext, files: Record<string, Buffer> = encoderFiles()): Promise<Scene> {
  const root = await mkdtemp(join(tmpdir(), 'hub-test-'));
  const folder = join(root, 'hub');
  const store = join(root, 'store');
  await writeFiles(join(folder, ...modelId.split('/')), files);
  const server = await HubServer.start(folder);
  test.after(async () => {
    await server.stop();
    await rm(root, { recursive: true, force: true });
  });
  const { signal } = new AbortController();
  const hub = (settings: HubSettings = {}, patience = quick): Hub =>
    new Hub({ host: server.address, ...settings }, patience, {});
  return {
    server,
    folder,
    store,
    files,
    hub,
    plan: (request = {}, from = hub()) =>
      planDownload(from, { model: modelId, store, dtype: 'fp32', ...request }, signal),
    download: (plan, request = {}) =>
      downloadModel(plan, { hub: hub(), store, signal, report: () => undefined, ...request }),
    stored: (path) => readFile(join(store, modelId, 'main', path)),
    storeFiles: async () =>
      (existsSync(store) ? await readdir(store, { recursive: true, withFileTypes: true }) : [])
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(store.length + 1))
        .sort(),
  };
}

/** The reason that a promise is rejected with; fails when it is not, or when no sentence can be made of it. */
export async function reasonFor(promise: Promise<unknown>): Promise<Reason> {
  const reason = await promise.then(() => assert.fail('it succeeded'), reasonOf);
  const { what, next } = sentenceOf(reason);
  assert.ok(what.length > 10 && next.length > 10);
  return reason;
}

/** Checks that the model in the store is complete and its files are the server's. */
export async function assertStored({ stored, files }: Scene, paths: readonly string[]): Promise<void> {
  for (const path of paths) assert.deepEqual(await stored(path), files[path], `${path} has arrived unchanged`);
}

/** A signal that is aborted as soon as something of a download has arrived, and when that was. */
export function cancelOnProgress(enough: (progress: DownloadProgress) => boolean): {
  signal: AbortSignal;
  report(progress: DownloadProgress): void;
  at(): number;
} {
  const controller = new AbortController();
  let at = 0;
  return {
    signal: controller.signal,
    report: (progress) => {
      if (at !== 0 || !enough(progress)) return;
      at = performance.now();
      controller.abort();
    },
    at: () => at,
  };
}
