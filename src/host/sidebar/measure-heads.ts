import * as vscode from 'vscode';
import { reasonOf } from '../../core/errors/reason.ts';
import type { Progress } from '../../protocol/contract.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { tell } from '../window/messages.ts';
import { settings } from '../window/settings.ts';
import { showInformation, withProgress } from '../window/window.ts';

/**
 * Measures what the heads of the model on show do, under a notification that tells how far it is and can cancel it. A
 * failure has been told.
 */
export async function measureHeads(analyses: Analyses): Promise<void> {
  const name = analyses.current?.modelName ?? settings.model;
  try {
    await withProgress(vscode.l10n.t('Measuring the heads of “{0}”', name), progressWords, (options) =>
      analyses.measure(settings.model, options),
    );
    void showInformation(
      vscode.l10n.t('The heads of “{0}” are measured: their roles are shown with the evidence.', name),
    );
  } catch (thrown) {
    tell(reasonOf(thrown));
  }
}

function progressWords({ done = 0, total = 0 }: Progress): string {
  return total > 0 ? vscode.l10n.t('{0} of {1} runs', done, total) : '';
}
