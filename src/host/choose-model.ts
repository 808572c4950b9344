import * as vscode from 'vscode';
import { section, settings } from './settings.ts';

interface Choice extends vscode.QuickPickItem {
  /** What the setting becomes; null for the choice that asks for a folder. */
  readonly model: string | null;
}

/** Lets the person choose a built-in model or the folder of another. Resolves with the setting, or null when they left it. */
export async function chooseModel(extension: vscode.Uri): Promise<string | null> {
  const now = settings.model;
  const builtIn = await builtInModels(extension);
  const known = builtIn.includes(now) ? builtIn : [...builtIn, now];
  const choices: Choice[] = [
    ...known.map((model) => ({ model, label: model, description: model === now ? 'current' : '' })),
    { model: null, label: '$(folder-opened) Browse for a folder…', description: 'a model on this machine in the layout of the hub: config.json, tokenizer.json, onnx/' },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { title: 'Attention: Choose Model', placeHolder: 'The model that reads the text' });
  const model = chosen?.model === null ? await browse() : chosen?.model;
  if (!model) return null;
  await vscode.workspace.getConfiguration(section).update('model', model, target());
  return model;
}

async function browse(): Promise<string | null> {
  const [folder] = await vscode.window.showOpenDialog({
    canSelectFolders: true, canSelectFiles: false, canSelectMany: false, openLabel: 'Use Model', title: 'The folder of a model',
  }) ?? [];
  return folder?.fsPath ?? null;
}

/** Changes the setting where it is already set, so that the change is not hidden behind a nearer one. */
function target(): vscode.ConfigurationTarget {
  const found = vscode.workspace.getConfiguration(section).inspect('model');
  return found?.workspaceValue === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
}

async function builtInModels(extension: vscode.Uri): Promise<string[]> {
  const folder = vscode.Uri.joinPath(extension, 'models');
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.filter(([, type]) => type === vscode.FileType.Directory).map(([name]) => name).sort();
  } catch {
    // An extension without models has none to offer; a folder can still be chosen.
    return [];
  }
}
