import * as vscode from 'vscode';
import { section } from '../window/settings.ts';

/** Changes a setting where it is already set, so that the change is not hidden behind a nearer one. */
export async function changeSetting(name: 'model' | 'dtype', value: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  const nearer = configuration.inspect(name)?.workspaceValue !== undefined;
  await configuration.update(
    name,
    value,
    nearer ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}
