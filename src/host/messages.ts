import * as vscode from 'vscode';
import type { Reason } from '../core/errors/reason.ts';
import { lineOf, sentenceOf } from '../core/errors/sentence.ts';
import type { Failure } from '../protocol/panel.ts';

/** What a person can do about a failure: the label of its one button and what the button does. */
type Action = NonNullable<Failure['action']>;

/** The commands behind the buttons, here and in the panel. */
export const actionCommands: Readonly<Record<Action['command'], string>> = {
  rerun: 'textAttention.rerun',
  log: 'textAttention.showLog',
  settings: 'textAttention.chooseModel',
};

/** Milliseconds that the status bar says that a picture was copied. */
const copiedFor = 4000;

/** Tells the person why something could not be done, with one button. A run that they cancelled needs no message. */
export function tell(reason: Reason): void {
  if (reason.code !== 'cancelled') void show(lineOf(reason), actionOf(reason));
}

async function show(line: string, action: Action | null): Promise<void> {
  if (!action) return void vscode.window.showInformationMessage(line);
  const chosen = await vscode.window.showErrorMessage(line, action.label);
  if (chosen === action.label) await vscode.commands.executeCommand(actionCommands[action.command]);
}

/** Tells whether the picture is on the clipboard now; where it is not, `failed` says why. */
export function tellCopied(failed: string | null): void {
  if (failed === null) vscode.window.setStatusBarMessage('Attention: the picture is on the clipboard.', copiedFor);
  else void offerPng(failed);
}

async function offerPng(failed: string): Promise<void> {
  const instead = 'Export as PNG';
  const chosen = await vscode.window.showWarningMessage(`The picture could not be copied: ${failed}. Export it to a file instead.`, instead);
  if (chosen === instead) await vscode.commands.executeCommand('textAttention.export', 'png');
}

/** A reason as the panel shows it. */
export function failureOf(reason: Reason): Failure {
  return { ...sentenceOf(reason), action: actionOf(reason) };
}

function actionOf(reason: Reason): Action | null {
  switch (reason.code) {
    case 'text-empty': case 'text-too-short': case 'export-too-large': case 'panel-needed': case 'picture-failed':
      return null;
    case 'model-not-downloaded': case 'model-damaged': case 'model-not-found': case 'model-file-missing': case 'model-file-invalid': case 'model-unsupported':
    case 'tokenizer-unsupported': case 'attention-not-found': case 'argument-invalid': case 'memory-too-small':
      return { label: 'Choose Model', command: 'settings' };
    case 'run-failed': case 'analysis-gone': case 'engine-died': case 'cancelled':
      return { label: 'Run Again', command: 'rerun' };
    default:
      return { label: 'Show Log', command: 'log' };
  }
}
