import * as vscode from 'vscode';
import { openingSelection, type Opening } from '../../core/attention/opening.ts';
import { fitSelection, type Selection } from '../../core/attention/selection.ts';
import type { Analyses } from './analyses.ts';
import type { LiveAnalysis } from './live-analysis.ts';

/** Where a change of the selection came from, so that nobody hears their own echo. */
export type Origin = 'panel' | 'heads' | 'editor' | 'command';

/** A changed selection. */
export interface SelectionChange {
  readonly analysis: LiveAnalysis;
  readonly selection: Selection;
  readonly origin: Origin;
}

/** The selection of every analysis: the one place that all views read it from and change it through. */
export class Selections implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #selections = new WeakMap<LiveAnalysis, Selection>();
  readonly #opened = new WeakSet<LiveAnalysis>();
  readonly #changed = new vscode.EventEmitter<SelectionChange>();
  #last: SelectionChange | null = null;

  readonly onDidChange = this.#changed.event;

  constructor(analyses: Analyses) {
    this.#analyses = analyses;
  }

  /**
   * The selection of an analysis. A fresh one begins where it was told to, else it goes on with the layer and heads that
   * were last looked at in its model, else it opens with the head that stands out.
   */
  of(analysis: LiveAnalysis): Selection {
    const known = this.#selections.get(analysis);
    if (known) return known;
    const last = this.#last?.analysis.info.model.id === analysis.info.model.id ? this.#last.selection : null;
    const before = analysis.selection ?? (last && { ...last, token: null });
    const goesOn = analysis.selection !== undefined || (before !== null && before.heads.length > 0);
    const selection =
      goesOn && before
        ? fitSelection(before, analysis.info)
        : openingSelection(analysis.info, analysis.opening ?? null);
    if (!goesOn) this.#opened.add(analysis);
    this.#selections.set(analysis, selection);
    return selection;
  }

  /** The head that an analysis opened with, null where none stood out; undefined where it went on from before. */
  openingOf(analysis: LiveAnalysis): Opening | null | undefined {
    this.of(analysis);
    return this.#opened.has(analysis) ? analysis.opening : undefined;
  }

  /** Changes the selection of an analysis, as far as it has what is selected. */
  set(analysis: LiveAnalysis, wanted: Selection, origin: Origin): void {
    if (this.#analyses.byId(analysis.id) !== analysis) return;
    const selection = fitSelection(wanted, analysis.info);
    if (JSON.stringify(selection) === JSON.stringify(this.of(analysis))) return;
    this.#selections.set(analysis, selection);
    this.#last = { analysis, selection, origin };
    this.#changed.fire(this.#last);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
