import { nameOf } from '../../core/catalogue/hub-id.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import type { Inventory, StoredModel } from '../../protocol/hub.ts';
import type { AccessToken } from './access-token.ts';
import { attempt } from './attempt.ts';
import type { ModelStore } from './model-store.ts';
import { deleteAfterAsking, openFolder } from './stored-actions.ts';
import { downloadWords, storedIcon, storedWords } from './descriptions.ts';
import type { RowWords } from '../window/inert.ts';
import { pickRow, showInformation, withProgress } from '../window/window.ts';

/** What can be done with a downloaded model. */
type Deed = 'use' | 'download' | 'formats' | 'verify' | 'open' | 'delete';

interface DeedItem extends RowWords {
  readonly deed: Deed;
}

/** A wish that goes beyond the store: to use a model or to download more of it. */
export interface ManageWish {
  readonly kind: 'use' | 'download' | 'formats';
  readonly model: string;
}

/**
 * Shows what the downloaded models take of the disk, and does with them what the person wants, until they leave or want
 * to use one.
 */
export async function manageModels(store: ModelStore, token: AccessToken): Promise<ManageWish | null> {
  for (;;) {
    const inventory = await attempt(token, () => store.inventory());
    const model = inventory && (await chooseStored(inventory));
    if (!model) return null;
    const deed = await chooseDeed(model);
    switch (deed) {
      case null:
        break;
      case 'verify':
        await verify(store, token, model);
        break;
      case 'open':
        await openFolder(model);
        return null;
      case 'delete':
        await deleteAfterAsking(store, model);
        break;
      default:
        return { kind: deed, model: nameOf(model) };
    }
  }
}

async function chooseStored({ stored, bytes, free, folder }: Inventory): Promise<StoredModel | null> {
  if (stored.length === 0) {
    void showInformation(
      'No models have been downloaded. Choose Model offers some, and any other of the hub by its name.',
    );
    return null;
  }
  const items = stored.map((model) => ({
    model,
    icon: storedIcon(model),
    label: nameOf(model),
    description: storedWords(model),
  }));
  const chosen = await pickRow(items, {
    title: `Attention: Models on This Machine (${sizeOf(bytes)}${free === null ? '' : `, ${sizeOf(free)} free`})`,
    placeholder: `A model in ${folder}`,
    matchOnDescription: true,
  });
  return chosen?.model ?? null;
}

async function chooseDeed(model: StoredModel): Promise<Deed | null> {
  const { state, bytes } = model;
  const complete: readonly DeedItem[] = [
    { deed: 'use', icon: 'check', label: 'Use this model' },
    {
      deed: 'verify',
      icon: 'verified',
      label: 'Verify',
      description: `read all ${sizeOf(bytes)} and compare them with what arrived`,
    },
  ];
  const unfinished: DeedItem = { deed: 'download', icon: 'cloud-download', label: 'Continue the download' };
  const damaged: DeedItem = {
    deed: 'download',
    icon: 'tools',
    label: 'Repair',
    description: 'download what is missing',
  };
  const deeds: readonly DeedItem[] = [
    ...(state === 'complete' ? complete : [state === 'damaged' ? damaged : unfinished]),
    { deed: 'formats', icon: 'symbol-numeric', label: 'Other number formats…' },
    { deed: 'open', icon: 'folder-opened', label: 'Open the folder' },
    { deed: 'delete', icon: 'trash', label: 'Delete', description: `free ${sizeOf(bytes)}` },
  ];
  return (
    (await pickRow(deeds, { title: `Attention: ${nameOf(model)}`, placeholder: storedWords(model) }))?.deed ?? null
  );
}

async function verify(store: ModelStore, token: AccessToken, model: StoredModel): Promise<void> {
  const name = nameOf(model);
  const damaged = await attempt(token, () =>
    withProgress(`Verifying “${name}”`, downloadWords, (options) => store.verify(name, options)),
  );
  if (damaged === null) return;
  void showInformation(
    damaged.length === 0
      ? `Every file of “${name}” is as it arrived.`
      : `${damaged.join(', ')} of “${name}” had changed and was taken away. Choose Repair to download it again.`,
  );
}
