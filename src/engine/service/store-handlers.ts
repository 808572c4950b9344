import type { Handlers } from '../../protocol/contract.ts';
import type { EngineContract } from '../../protocol/engine.ts';
import type { HubRequest } from '../../protocol/hub.ts';
import { parseHubId } from '../../core/catalogue/hub-id.ts';
import type { Analyser } from '../run/analyser.ts';
import { taskModels } from '../store/tasks.ts';
import { inventoryOf } from '../store/inventory.ts';
import type { ModelPlaces } from '../store/models.ts';
import { downloadModel } from '../hub/download.ts';
import { Hub } from '../hub/hub.ts';
import { placesOf } from '../store/layout.ts';
import { deleteModel, discardFiles, verifyModel } from '../store/library.ts';
import { planDownload } from '../hub/plan.ts';
import { redacted } from '../hub/redact.ts';

/** The requests of {@link EngineContract} that are about models, not texts. */
type StoreHandlers = Pick<
  Handlers<EngineContract>,
  'plan' | 'download' | 'models' | 'taskModels' | 'deleteModel' | 'verifyModel'
>;

/** The answers about models: what is here, what a hub has, downloading, checking and deleting. */
export function storeHandlers(places: ModelPlaces, analyser: Pick<Analyser, 'leave'>): StoreHandlers {
  const { store } = places;
  return {
    models: () => inventoryOf(places),
    taskModels: ({ also }) => taskModels(places, also),
    plan: ({ model, dtype, hub }, { signal }) =>
      asking(hub, (host) => planDownload(host, { model, store, dtype }, signal)),
    download: ({ plan, hub, whenLocked }, { signal, report }) =>
      asking(hub, (host) => downloadModel(plan, { hub: host, store, signal, report, whenLocked })),
    deleteModel: async ({ model }, { signal }) => {
      await analyser.leave(placesOf(store, parseHubId(model)).folder);
      await deleteModel(store, model, signal);
      return null;
    },
    verifyModel: async ({ model }, work) => {
      const damaged = await verifyModel(store, model, work);
      if (damaged.length > 0) await discardFiles(store, model, damaged, work.signal);
      return { damaged };
    },
  };
}

/** Talks to a host; nothing that is thrown meanwhile tells a secret. */
async function asking<T>(hub: HubRequest, talk: (host: Hub) => Promise<T>): Promise<T> {
  try {
    const { host, token, proxy, offline } = hub;
    return await talk(
      new Hub({ host: host ?? undefined, token: token ?? undefined, proxy: proxy ?? undefined, offline }),
    );
  } catch (thrown) {
    throw redacted(thrown, hub);
  }
}
