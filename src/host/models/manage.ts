import * as vscode from 'vscode';
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
type StoredAction = 'use' | 'download' | 'formats' | 'verify' | 'open' | 'delete';

interface ActionItem extends RowWords {
  readonly action: StoredAction;
}

/** A wish that goes beyond the store: to use a model or to download more of it. */
export interface ManageChoice {
  readonly kind: 'use' | 'download' | 'formats';
  readonly model: string;
}

/**
 * Shows what the downloaded models take of the disk, and does with them what the person wants, until they leave or want
 * to use one.
 */
export async function manageModels(store: ModelStore, token: AccessToken): Promise<ManageChoice | null> {
  for (;;) {
    const inventory = await attempt(token, () => store.inventory());
    const model = inventory && (await chooseStored(inventory));
    if (!model) return null;
    const action = await chooseAction(model);
    switch (action) {
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
        return { kind: action, model: nameOf(model) };
    }
  }
}

async function chooseStored({ stored, bytes, free, folder }: Inventory): Promise<StoredModel | null> {
  if (stored.length === 0) {
    void showInformation(
      vscode.l10n.t('No models have been downloaded. Choose Model downloads any model of the hub by its name.'),
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
    title:
      free === null
        ? vscode.l10n.t('Attention: Models on This Machine ({0})', sizeOf(bytes))
        : vscode.l10n.t('Attention: Models on This Machine ({0}, {1} free)', sizeOf(bytes), sizeOf(free)),
    placeholder: vscode.l10n.t('Models in {0}', folder),
    matchOnDescription: true,
  });
  return chosen?.model ?? null;
}

async function chooseAction(model: StoredModel): Promise<StoredAction | null> {
  const { state, bytes } = model;
  const complete: readonly ActionItem[] = [
    { action: 'use', icon: 'check', label: vscode.l10n.t('Use this model') },
    {
      action: 'verify',
      icon: 'verified',
      label: vscode.l10n.t('Verify'),
      description: vscode.l10n.t('compare all {0} with their checksums', sizeOf(bytes)),
    },
  ];
  const unfinished: ActionItem = {
    action: 'download',
    icon: 'cloud-download',
    label: vscode.l10n.t('Continue download'),
  };
  const damaged: ActionItem = {
    action: 'download',
    icon: 'tools',
    label: vscode.l10n.t('Repair'),
    description: vscode.l10n.t('download the missing files'),
  };
  const actions: readonly ActionItem[] = [
    ...(state === 'complete' ? complete : [state === 'damaged' ? damaged : unfinished]),
    { action: 'formats', icon: 'symbol-numeric', label: vscode.l10n.t('Other number formats…') },
    { action: 'open', icon: 'folder-opened', label: vscode.l10n.t('Open folder') },
    {
      action: 'delete',
      icon: 'trash',
      label: vscode.l10n.t('Delete'),
      description: vscode.l10n.t('frees {0}', sizeOf(bytes)),
    },
  ];
  return (
    (
      await pickRow(actions, {
        title: vscode.l10n.t({
          message: 'Attention: {0}',
          args: [nameOf(model)],
          comment: ['The name of a model'],
        }),
        placeholder: storedWords(model),
      })
    )?.action ?? null
  );
}

async function verify(store: ModelStore, token: AccessToken, model: StoredModel): Promise<void> {
  const name = nameOf(model);
  const damaged = await attempt(token, () =>
    withProgress(vscode.l10n.t('Verifying “{0}”', name), downloadWords, (options) => store.verify(name, options)),
  );
  if (damaged === null) return;
  void showInformation(
    damaged.length === 0
      ? vscode.l10n.t('All files of “{0}” verified.', name)
      : vscode.l10n.t(
          '{0} of “{1}” had changed and was removed. Choose Repair to download it again.',
          damaged.join(', '),
          name,
        ),
  );
}
