import * as vscode from 'vscode';
import { sameView, type ViewState } from '../../core/attention/view.ts';

/** A changed view; `requested` when it was not the panel that changed it. */
export interface ViewChange {
  readonly view: ViewState;
  readonly requested: boolean;
}

/** Which picture the panel shows: what the panel last said, or what it is asked to show. */
export class PanelView implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ViewChange>();
  #view: ViewState | null = null;

  readonly onDidChange = this.#changed.event;

  /** Null until the panel of this window has said what it shows. */
  get now(): ViewState | null {
    return this.#view;
  }

  /** The panel shows `view`. */
  report(view: ViewState): void {
    this.#set(view, false);
  }

  /** Asks the panel to show `view`, now or when it is opened. */
  request(view: ViewState): void {
    this.#set(view, true);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(view: ViewState, requested: boolean): void {
    if (this.#view && sameView(this.#view, view)) return;
    this.#view = view;
    this.#changed.fire({ view, requested });
  }
}
