import * as vscode from 'vscode';
import { hubIdOf } from '../core/catalogue/hub-id.ts';
import { visibleName } from '../core/text/foreign.ts';
import type { Link } from '../protocol/link.ts';
import { fileOf } from './link-document.ts';
import { settings } from './settings.ts';
import { askModal } from './window.ts';

const open = 'Open';

/**
 * Asks before a link, which anybody may have written, opens a document outside the folders of the window or runs a model from a
 * folder that the person has not chosen. Resolves with whether the link is to be followed.
 */
export async function agreesTo(link: Link): Promise<boolean> {
  const concerns = concernsOf(link);
  if (concerns.length === 0) return true;
  const detail = [...concerns, 'Open it only if you trust where the link comes from.'].flatMap((line, at) => (at === 0 ? [line] : ['', line]));
  return (await askModal('warning', { question: 'Open this link to a text?', detail }, open)) === open;
}

function concernsOf(link: Link): string[] {
  const file = fileOf(link);
  const name = file.scheme === 'file' ? file.fsPath : file.toString(true);
  return [
    ...(vscode.workspace.getWorkspaceFolder(file) ? [] : [`It opens ${visibleName(name)}, which is in no folder of this window.`]),
    ...(isFolder(link.model) && link.model !== settings.model ? [`It runs the model in ${visibleName(link.model)}, which is not the one in the settings.`] : []),
  ];
}

/** Whether a model is named by where it lies; the others ship, or were downloaded from the hub after consent. */
function isFolder(model: string): boolean {
  return !/^\w[\w.-]*$/u.test(model) && hubIdOf(model) === null;
}
