import * as vscode from 'vscode';
import { kindOfModelName } from '../../core/catalogue/model-name.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { visibleName } from '../../core/text/foreign.ts';
import { modelsOf, type Link } from '../../protocol/link.ts';
import { fileOf } from './link-document.ts';
import { settings } from '../window/settings.ts';
import { askModal } from '../window/window.ts';

/**
 * Asks before a link, which anybody may have written, opens a document outside the folders of the window or runs a
 * model from a folder that the person has not chosen. Resolves with whether the link is to be followed. Rejects with
 * `link-invalid` for a model on another machine.
 */
export async function confirmLink(link: Link): Promise<boolean> {
  const warnings = warningsOf(link);
  if (warnings.length === 0) return true;
  const detail = [...warnings, vscode.l10n.t('Open it only if you trust its source.')].flatMap((line, at) =>
    at === 0 ? [line] : ['', line],
  );
  const open = vscode.l10n.t('Open');
  return (await askModal('warning', { question: vscode.l10n.t('Open this link to a text?'), detail }, open)) === open;
}

function warningsOf(link: Link): string[] {
  const file = fileOf(link);
  const name = file.scheme === 'file' ? file.fsPath : file.toString(true);
  const machine =
    file.scheme === 'file' && file.authority !== ''
      ? [vscode.l10n.t('The file is on another machine, {0}, which will be contacted.', visibleName(file.authority))]
      : [];
  return [
    ...(vscode.workspace.getWorkspaceFolder(file)
      ? []
      : [
          [vscode.l10n.t('It opens {0}, outside the folders of this window.', visibleName(name)), ...machine].join(' '),
        ]),
    ...modelsOf(link).flatMap(modelWarnings),
  ];
}

/**
 * Models that ship or were downloaded were agreed to already, and so was the one of the settings. Throws
 * `link-invalid`.
 */
function modelWarnings(model: string): string[] {
  if (model === settings.model) return [];
  switch (kindOfModelName(model)) {
    case 'built-in':
    case 'hub':
      return [];
    case 'folder':
      return [vscode.l10n.t('It runs the model in {0}, not the one in your settings.', visibleName(model))];
    // To look at such a path is to tell another machine who is asking.
    default:
      throw new AttentionError({
        code: 'link-invalid',
        detail: vscode.l10n.t('its model is on another machine; choose that model yourself if you trust it'),
      });
  }
}
