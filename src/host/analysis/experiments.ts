import { l10n } from 'vscode';
import type { Selection } from '../../core/attention/selection.ts';
import { sameEdits } from '../../core/run/edit-list.ts';
import type { Edit } from '../../core/run/edits.ts';
import type { Analyses } from './analyses.ts';
import type { LiveAnalysis } from './live-analysis.ts';
import type { Selections } from './selections.ts';
import type { ShowAttention } from './show-attention.ts';

/** Runs the texts of an analysis under edits: what is tried in the panel, in a hover or by a command. */
export class Experiments {
  readonly #analyses: Analyses;
  readonly #selections: Selections;
  readonly #show: ShowAttention;

  constructor(analyses: Analyses, selections: Selections, show: ShowAttention) {
    this.#analyses = analyses;
    this.#selections = selections;
    this.#show = show;
  }

  /**
   * Shows the texts of an analysis run with these edits and no others, the focus where it is, or as it is said. What
   * lives is shown at once. Resolves with null where it failed or was cancelled: what was shown stays, and the panel
   * says why.
   */
  async show(
    analysis: LiveAnalysis,
    edits: readonly Edit[],
    selection: Selection = this.#selections.of(analysis),
  ): Promise<LiveAnalysis | null> {
    if (analysis.stale) {
      const detail = l10n.t('the text has changed since it was analysed; run it again first');
      this.#show.failQuietly({ code: 'argument-invalid', argument: 'edit', detail });
      return null;
    }
    const known = this.#analyses.all.find((other) => other.origin === analysis.origin && sameEdits(other.edits, edits));
    if (!known) return this.#show.edited(analysis, edits, selection);
    this.#show.cancel();
    this.#show.forgetFailure();
    this.#selections.set(known, selection, 'command');
    this.#analyses.show(known);
    return known;
  }
}
