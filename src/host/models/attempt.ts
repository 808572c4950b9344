import * as vscode from 'vscode';
import { reasonOf, type Reason } from '../../core/errors/reason.ts';
import { lineOf } from '../../core/errors/sentence.ts';
import { actionOf, perform } from '../window/messages.ts';
import { showError } from '../window/window.ts';
import type { AccessToken } from './access-token.ts';

/**
 * Does something with a hub or the store until it succeeds or the person gives up: a failure is told with one button,
 * which tries again, or asks for a token and then tries again, or leads to what helps. Resolves with null when it was
 * given up. `cancelled` is asked whether a cancelled attempt begins anew; without it the cancel is the end.
 */
export async function attempt<T>(
  token: AccessToken,
  action: () => Promise<T>,
  cancelled?: () => Promise<boolean>,
): Promise<T | null> {
  for (;;) {
    try {
      return await action();
    } catch (thrown) {
      const reason = reasonOf(thrown);
      const again = reason.code === 'cancelled' ? (await cancelled?.()) === true : await isResolved(reason, token);
      if (!again) return null;
    }
  }
}

async function isResolved(reason: Reason, token: AccessToken): Promise<boolean> {
  const action = isTransient(reason) ? null : actionOf(reason);
  const label = action?.label ?? vscode.l10n.t('Retry');
  if ((await showError(lineOf(reason), label)) !== label) return false;
  if (!action) return true;
  if (action.command === 'token') return token.ask();
  perform(action.command, reason);
  return false;
}

/** Whether trying again may help without anything else being changed. */
function isTransient({ code }: Reason): boolean {
  switch (code) {
    case 'hub-unreachable':
    case 'hub-busy':
    case 'hub-refused':
    case 'download-corrupt':
    case 'download-interrupted':
    case 'model-locked':
    case 'engine-died':
    case 'analysis-gone':
      return true;
    default:
      return false;
  }
}
