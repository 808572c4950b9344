import type { Dtype } from '../../core/catalogue/dtype.ts';
import type { TaskModel } from '../../core/catalogue/task.ts';
import type { DownloadPlan, HubRequest, Inventory, StoredModel } from '../../protocol/hub.ts';
import type { AskOptions } from '../../protocol/peer.ts';
import { isDtypeRefusal, type EngineClient } from '../process/engine-client.ts';
import type { ModelProcesses } from '../process/model-processes.ts';
import { settings } from '../window/settings.ts';
import type { AccessToken } from './access-token.ts';

/**
 * The models of this machine and of the hub, as the settings of this moment let them be reached. Rejects with
 * AttentionErrors.
 */
export class ModelStore {
  readonly #engine: EngineClient;
  readonly #library: EngineClient;
  readonly #token: AccessToken;

  constructor({ engine, library }: Pick<ModelProcesses, 'engine' | 'library'>, token: AccessToken) {
    this.#engine = engine;
    this.#library = library;
    this.#token = token;
  }

  /** The id of the process that downloads and checks; undefined while there is none. */
  get pid(): number | undefined {
    return this.#library.pid;
  }

  inventory(): Promise<Inventory> {
    return this.#library.ask('models', {});
  }

  /** The models of this machine that do a task, with that in the folder `also`, and what they do. */
  taskModels(also: string): Promise<readonly TaskModel[]> {
    return this.#library.ask('taskModels', { also });
  }

  /**
   * What a download would bring: in the requested number format, else in that of the settings where there is one, else
   * the best.
   */
  async plan(model: string, dtype: Dtype | undefined, options: AskOptions): Promise<DownloadPlan> {
    const hub = await this.#hub();
    const ask = (requested: Dtype | undefined): Promise<DownloadPlan> =>
      this.#library.ask('plan', { model, dtype: requested, hub }, options);
    if (dtype !== undefined) return ask(dtype);
    return ask(settings.dtype).catch((thrown: unknown) => {
      if (!isDtypeRefusal(thrown)) throw thrown;
      return ask(undefined);
    });
  }

  async download(plan: DownloadPlan, options: AskOptions): Promise<StoredModel> {
    return this.#library.ask('download', { plan, hub: await this.#hub() }, options);
  }

  /** Deletes a model, or what has arrived of it. */
  async remove(model: string): Promise<void> {
    await this.#engine.ask('deleteModel', { model });
  }

  /** Reads a model and names the files that are not as they arrived; those are taken away. */
  async verify(model: string, options: AskOptions): Promise<readonly string[]> {
    return (await this.#library.ask('verifyModel', { model }, options)).damaged;
  }

  async #hub(): Promise<HubRequest> {
    return { host: settings.hubHost, token: await this.#token.get(), proxy: settings.proxy, offline: settings.offline };
  }
}
