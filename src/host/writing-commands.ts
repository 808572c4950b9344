import * as vscode from 'vscode';
import type { Analyses } from './analysis/analyses.ts';
import type { Writing } from './analysis/writing.ts';
import { opening } from './commands.ts';
import { ContinueText, type ContinueServices } from './editor/continue-text.ts';
import type { Panel } from './panel/panel.ts';
import { registerTable } from './window/register.ts';

/** What the commands of writing work on. */
export interface WritingServices extends ContinueServices {
  readonly analyses: Analyses;
  readonly panel: Panel;
  readonly writing: Writing;
}

/** Registers the commands with which models write. */
export function registerWritingCommands(services: WritingServices): vscode.Disposable {
  const { analyses, writing } = services;
  const continueText = new ContinueText(services);
  const table: Readonly<Record<string, () => unknown>> = {
    'textAttention.continueText': () => opening(services, continueText.run(vscode.window.activeTextEditor)),
    'textAttention.accept': () => analyses.current && writing.accept(analyses.current),
  };
  return vscode.Disposable.from(continueText, registerTable(table));
}
