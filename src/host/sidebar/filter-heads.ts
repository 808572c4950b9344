import { l10n } from 'vscode';
import { roleCounts } from '../../core/attention/role-filter.ts';
import { firstView } from '../../core/attention/view.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { words } from '../../core/words/words.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import type { Selections } from '../analysis/selections.ts';
import { tell } from '../window/messages.ts';
import { pickRow } from '../window/window.ts';

/**
 * Asks for the role that heads have to have to be shown in the side bar and among all heads of the panel. A failure has
 * been told.
 */
export async function filterHeads(analyses: Analyses, selections: Selections, view: PanelView): Promise<void> {
  const { current } = analyses;
  if (!current) {
    tell({ code: 'analysis-gone' });
    return;
  }
  try {
    const summaries = await analyses.source.heads(current.id, selections.of(current).map);
    const { names, heads: countText } = words().probe;
    const chosen = await pickRow(
      [
        { role: null, label: l10n.t('All heads'), description: countText(summaries.flat().length) },
        ...roleCounts(summaries).map(({ role, heads }) => ({
          role,
          label: names[role],
          description: countText(heads),
        })),
      ],
      { title: l10n.t('Attention: Filter Heads by Role'), placeholder: l10n.t('Role of the heads') },
    );
    if (chosen) view.request({ ...(view.now ?? firstView), role: chosen.role });
  } catch (thrown) {
    tell(reasonOf(thrown));
  }
}
