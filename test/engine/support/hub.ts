import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { reasonOf, type Reason } from '../../../src/core/errors/reason.ts';
import type { DownloadPlan, HubRequest } from '../../../src/protocol/hub.ts';
import { HubServer } from '../../fixtures/hub-server/server.ts';
import { startEngine, type EngineProcess } from './engine-process.ts';
import { fixtureModels } from './models.ts';

/** The one model that the server of {@link hubScene} has: the tiny encoder, whose file of weights is {@link graph}. */
export const hubModel = 'tiny/encoder';
export const graph = 'onnx/model.onnx';

/** A server with a model that runs, an empty store, and engines that use both. */
export interface HubScene {
  readonly server: HubServer;
  readonly store: string;
  /** The folder of the model's files on the server. */
  readonly source: string;
  /** The folder of the model in the store once it is downloaded. */
  readonly folder: string;
  hub(changes?: Partial<HubRequest>): HubRequest;
  /** Starts a model process that goes away with the test. */
  engine(options?: Parameters<typeof startEngine>[0]): EngineProcess;
  plan(engine: EngineProcess, hub?: HubRequest): Promise<DownloadPlan>;
}

export async function hubScene(test: TestContext): Promise<HubScene> {
  const root = await mkdtemp(join(tmpdir(), 'store-test-'));
  const source = join(root, 'hub', ...hubModel.split('/'));
  const store = join(root, 'store');
  await cp(join(fixtureModels, 'tiny-encoder'), source, { recursive: true });
  const server = await HubServer.start(join(root, 'hub'));
  const engines: EngineProcess[] = [];
  test.after(async () => {
    for (const { child } of engines) child.kill('SIGKILL');
    await Promise.all(engines.map(({ exited }) => exited));
    await server.stop();
    await rm(root, { recursive: true, force: true });
  });
  const hub = (changes: Partial<HubRequest> = {}): HubRequest => ({
    host: server.address,
    token: null,
    proxy: null,
    offline: false,
    ...changes,
  });
  return {
    server,
    store,
    source,
    folder: join(store, ...hubModel.split('/'), 'main'),
    hub,
    engine: (options = {}) => {
      const engine = startEngine({ store, ...options });
      engines.push(engine);
      return engine;
    },
    plan: ({ peer }, settings = hub()) => peer.ask('plan', { model: hubModel, dtype: 'fp32', hub: settings }),
  };
}

/** The reason that a request is refused with; fails when it is answered. */
export async function refusal(asked: Promise<unknown>): Promise<Reason> {
  return asked.then(() => assert.fail('it was answered'), reasonOf);
}
