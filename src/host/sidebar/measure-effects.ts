import * as vscode from 'vscode';
import { firstView } from '../../core/attention/view.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { positionInFocus } from '../../core/prediction/predicted-place.ts';
import type { Progress } from '../../protocol/contract.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import type { Selections } from '../analysis/selections.ts';
import { tell } from '../window/messages.ts';
import { showInformation, withProgress } from '../window/window.ts';

/**
 * Measures what switching off each head does to the prediction in focus, under a notification that tells how far it is
 * and can cancel it, and shows all heads by their effect. True when it was measured; a failure has been told.
 */
export async function measureEffects(analyses: Analyses, selections: Selections, view: PanelView): Promise<boolean> {
  const { current } = analyses;
  if (!current) {
    void showInformation(vscode.l10n.t('Show the attention of a text first.'));
    return false;
  }
  try {
    await withProgress(vscode.l10n.t('Running without each head'), progressWords, (options) =>
      analyses.effects(current.id, positionInFocus(current.info, selections.of(current)), options),
    );
    view.request({ ...(view.now ?? firstView), view: 'model', order: 'effect' });
    return true;
  } catch (thrown) {
    tell(reasonOf(thrown));
    return false;
  }
}

function progressWords({ done = 0, total = 0 }: Progress): string {
  return total > 0 ? vscode.l10n.t('{0} of {1} runs', done, total) : '';
}
