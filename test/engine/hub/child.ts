import { reasonOf } from '../../../src/core/errors/reason.ts';
import { downloadModel } from '../../../src/engine/hub/download.ts';
import { Hub, type HubSettings } from '../../../src/engine/hub/hub.ts';
import { planDownload } from '../../../src/engine/hub/plan.ts';
import { quick } from './scene.ts';

/**
 * Downloads a model in a process of its own and tells the test, over the channel of `fork`, how far it is and how it
 * ended.
 */
export interface ChildTask {
  readonly settings: HubSettings;
  readonly model: string;
  readonly store: string;
  /** Whether the variables of this process name the proxy. */
  readonly proxyFromEnvironment?: boolean;
}

const tell = (message: object): void => void process.send?.(message);

async function run({ settings, model, store, proxyFromEnvironment }: ChildTask): Promise<void> {
  const { signal } = new AbortController();
  const hub = new Hub(settings, { ...quick, idleTimeout: 10_000 }, proxyFromEnvironment === true ? process.env : {});
  const plan = await planDownload(hub, { model, store, dtype: 'fp32' }, signal);
  const { state } = await downloadModel(plan, { hub, store, signal, report: (progress) => tell({ progress }) });
  tell({ state });
}

process.once('message', (task: ChildTask) => {
  run(task)
    .catch((thrown: unknown) => tell({ reason: reasonOf(thrown) }))
    .finally(() => process.disconnect());
});
