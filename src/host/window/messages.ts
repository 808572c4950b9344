import * as vscode from 'vscode';
import type { Reason } from '../../core/errors/reason.ts';
import { lineOf, sentenceOf } from '../../core/errors/sentence.ts';
import type { Failure, FailureCommand } from '../../protocol/panel.ts';
import { flash, showError, showInformation, showWarning } from './window.ts';

/** What a person can do about a failure: the label of its one button and what the button does. */
type Action = NonNullable<Failure['action']>;

/** Does what a button says, here or in the panel; `reason` is the failure that the button belongs to. */
export function perform(command: FailureCommand, reason: Reason | null): void {
  const run = (id: string, ...values: readonly unknown[]): void => void vscode.commands.executeCommand(id, ...values);
  switch (command) {
    case 'rerun':
      return run('textAttention.rerun');
    case 'log':
      return run('textAttention.showLog');
    case 'settings':
      return run('textAttention.chooseModel');
    case 'download':
      return run('textAttention.downloadModel', reason && 'model' in reason ? reason.model : null);
    case 'token':
      return run('textAttention.setToken');
    case 'manage':
      return run('textAttention.manageModels');
    case 'dismiss':
      return;
    case 'preferences':
      return run('workbench.action.openSettings', settingsOf(reason));
  }
}

/** Milliseconds that the status bar says that a picture was copied. */
const copiedFor = 4000;

/** Tells the person why something could not be done, with one button. A run that they cancelled needs no message. */
export function tell(reason: Reason): void {
  if (reason.code !== 'cancelled') void show(reason, actionOf(reason));
}

async function show(reason: Reason, action: Action | null): Promise<void> {
  const line = lineOf(reason);
  if (!action) return void showInformation(line);
  const chosen = await showError(line, action.label);
  if (chosen === action.label) perform(action.command, reason);
}

/** Tells whether the picture is on the clipboard now; where it is not, `failed` says why. */
export function tellCopied(failed: string | null): void {
  if (failed === null) flash(vscode.l10n.t('Attention: picture copied to the clipboard.'), copiedFor);
  else void offerPng(failed);
}

async function offerPng(failed: string): Promise<void> {
  const instead = vscode.l10n.t('Export as PNG');
  const chosen = await showWarning(
    vscode.l10n.t('The picture could not be copied: {0}. Export it to a file instead.', failed),
    instead,
  );
  if (chosen === instead) await vscode.commands.executeCommand('textAttention.export', 'png');
}

/** A reason as the panel shows it. */
export function failureOf(reason: Reason): Failure {
  const { what, next } = sentenceOf(reason);
  const isEdit = reason.code === 'argument-invalid' && reason.argument === 'edit';
  return { what, next: isEdit ? vscode.l10n.t('The edit was not made.') : next, action: actionOf(reason) };
}

/** The one thing to do about a reason; null when there is nothing to press. */
export function actionOf(reason: Reason): Action | null {
  switch (reason.code) {
    case 'text-empty':
    case 'pair-missing':
    case 'chat-missing':
    case 'text-too-short':
    case 'export-too-large':
    case 'panel-needed':
    case 'picture-failed':
    case 'link-invalid':
    case 'link-impossible':
    case 'link-lost':
    case 'link-changed':
      return null;
    case 'model-not-downloaded':
    case 'model-damaged':
    case 'task-missing':
      return { label: vscode.l10n.t('Download…'), command: 'download' };
    case 'hub-gated':
      return { label: vscode.l10n.t('Set Access Token…'), command: 'token' };
    case 'disk-full':
      return { label: vscode.l10n.t('Manage Models…'), command: 'manage' };
    case 'memory-too-small':
    case 'offline':
    case 'hub-unreachable':
    case 'hub-invalid':
      return { label: vscode.l10n.t('Open Settings'), command: 'preferences' };
    case 'model-not-found':
    case 'model-file-missing':
    case 'model-file-invalid':
    case 'model-unsupported':
    case 'tokenizer-unsupported':
    case 'attention-not-found':
    case 'length-fixed':
    case 'operator-missing':
    case 'hub-not-found':
    case 'hub-unsuitable':
      return { label: vscode.l10n.t('Choose Model'), command: 'settings' };
    case 'edit-impossible':
      return { label: vscode.l10n.t('Dismiss'), command: 'dismiss' };
    case 'argument-invalid':
      if (reason.argument === 'edit') return { label: vscode.l10n.t('Dismiss'), command: 'dismiss' };
      return isSetting(reason.argument)
        ? { label: vscode.l10n.t('Open Settings'), command: 'preferences' }
        : { label: vscode.l10n.t('Choose Model'), command: 'settings' };
    case 'run-failed':
    case 'analysis-gone':
    case 'engine-died':
    case 'cancelled':
      return { label: vscode.l10n.t('Run Again'), command: 'rerun' };
    default:
      return { label: vscode.l10n.t('Show Log'), command: 'log' };
  }
}

/** Whether a wrong value comes from the settings of the hub, as the model process names them. */
function isSetting(argument: string): boolean {
  return argument === 'http.proxy' || argument.startsWith('HTTPS_PROXY ') || argument.startsWith('host ');
}

/** What the settings are searched for. */
function settingsOf(reason: Reason | null): string {
  switch (reason?.code) {
    case 'memory-too-small':
      return '@id:textAttention.memory';
    case 'offline':
      return '@id:textAttention.hub.offline';
    default:
      return '@id:textAttention.hub.host,http.proxy';
  }
}
