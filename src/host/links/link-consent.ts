import * as vscode from 'vscode';
import { kindOfModelName } from '../../core/catalogue/model-name.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { visibleName } from '../../core/text/foreign.ts';
import type { Link } from '../../protocol/link.ts';
import { fileOf } from './link-document.ts';
import { settings } from '../window/settings.ts';
import { askModal } from '../window/window.ts';

const open = 'Open';

/**
 * Asks before a link, which anybody may have written, opens a document outside the folders of the window or runs a
 * model from a folder that the person has not chosen. Resolves with whether the link is to be followed. Rejects with
 * `link-invalid` for a model on another machine.
 */
export async function agreesTo(link: Link): Promise<boolean> {
  const concerns = concernsOf(link);
  if (concerns.length === 0) return true;
  const detail = [...concerns, 'Open it only if you trust where the link comes from.'].flatMap((line, at) =>
    at === 0 ? [line] : ['', line],
  );
  return (await askModal('warning', { question: 'Open this link to a text?', detail }, open)) === open;
}

function concernsOf(link: Link): string[] {
  const file = fileOf(link);
  const name = file.scheme === 'file' ? file.fsPath : file.toString(true);
  const machine =
    file.scheme === 'file' && file.authority !== ''
      ? ` It lies on another machine, ${visibleName(file.authority)}, which will be asked for it.`
      : '';
  return [
    ...(vscode.workspace.getWorkspaceFolder(file)
      ? []
      : [`It opens ${visibleName(name)}, which is in no folder of this window.${machine}`]),
    ...modelConcerns(link.model),
  ];
}

/**
 * Models that ship or were downloaded were agreed to already, and so was the one of the settings. Throws
 * `link-invalid`.
 */
function modelConcerns(model: string): string[] {
  if (model === settings.model) return [];
  switch (kindOfModelName(model)) {
    case 'built-in':
    case 'hub':
      return [];
    case 'folder':
      return [`It runs the model in ${visibleName(model)}, which is not the one in the settings.`];
    // To look at such a path is to tell another machine who is asking.
    default:
      throw new AttentionError({
        code: 'link-invalid',
        detail: 'its model lies on another machine; choose that model yourself if you trust it',
      });
  }
}
