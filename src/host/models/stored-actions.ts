import * as vscode from 'vscode';
import { nameOf } from '../../core/catalogue/hub-id.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import type { StoredModel } from '../../protocol/hub.ts';
import { tell } from '../window/messages.ts';
import { askModal } from '../window/window.ts';
import type { ModelStore } from './model-store.ts';

/** Deletes a downloaded model once the person has agreed. Resolves with whether it is gone; a failure has been told. */
export async function deleteAfterAsking(store: ModelStore, model: StoredModel): Promise<boolean> {
  const name = nameOf(model);
  const button = vscode.l10n.t('Delete');
  const question = vscode.l10n.t('Delete “{0}” from this machine?', name);
  const detail = [
    vscode.l10n.t(
      'This frees {0} in {1}. To use the model again, download it again.',
      sizeOf(model.bytes),
      model.folder,
    ),
  ];
  if ((await askModal('warning', { question, detail }, button)) !== button) return false;
  try {
    await store.remove(name);
    return true;
  } catch (thrown) {
    tell(reasonOf(thrown));
    return false;
  }
}

/** Shows the files of a downloaded model in the file manager of the system. */
export async function openFolder({ folder, state }: StoredModel): Promise<void> {
  // What has not arrived as a whole lies beside the folder that the model gets in the end.
  const place = vscode.Uri.file(folder);
  await vscode.commands.executeCommand(
    'revealFileInOS',
    state === 'unfinished' ? vscode.Uri.joinPath(place, '..') : place,
  );
}
