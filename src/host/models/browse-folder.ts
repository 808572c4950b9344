import * as vscode from 'vscode';

/** Lets the person choose the folder of a model. Resolves with its path; null when they left. */
export async function browseFolder(): Promise<string | null> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      canSelectMany: false,
      openLabel: vscode.l10n.t('Use Model'),
      title: vscode.l10n.t('Select a model folder'),
    })) ?? [];
  return folder?.fsPath ?? null;
}
