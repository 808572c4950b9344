import * as vscode from 'vscode';

/** Registers a table of commands by their ids; disposing of what it gives takes all of them back. */
export function registerTable(table: Readonly<Record<string, (...values: unknown[]) => unknown>>): vscode.Disposable {
  return vscode.Disposable.from(...Object.entries(table).map(([id, run]) => vscode.commands.registerCommand(id, run)));
}
