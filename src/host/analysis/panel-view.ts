import * as vscode from 'vscode';
import { sameView, type ViewState } from '../../core/attention/view.ts';
import type { WeightSymbol } from '../../core/views/arithmetic/symbols.ts';

/** A changed view; `requested` when it was not the panel that changed it. */
export interface ViewChange {
  readonly view: ViewState;
  readonly requested: boolean;
}

/** The part of the arithmetic that is pointed at; `requested` when a word of a lesson names it. */
export interface SymbolChange {
  readonly symbol: WeightSymbol | null;
  readonly requested: boolean;
}

/** Which picture the panel shows: what the panel last said, or what it is asked to show. */
export class PanelView implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ViewChange>();
  readonly #pointed = new vscode.EventEmitter<SymbolChange>();
  #view: ViewState | null = null;
  #symbol: WeightSymbol | null = null;
  #named: WeightSymbol | null = null;

  readonly onDidChange = this.#changed.event;
  readonly onDidPoint = this.#pointed.event;

  /** Null until the panel of this window has said what it shows. */
  get now(): ViewState | null {
    return this.#view;
  }

  /** The part of the arithmetic that is pointed at, here or there; null while none is. */
  get symbol(): WeightSymbol | null {
    return this.#symbol ?? this.#named;
  }

  /** The part that a word of a lesson names, as long as the cursor is in it. */
  get named(): WeightSymbol | null {
    return this.#named;
  }

  /** A word of a lesson names a part of the arithmetic, which the panel marks; null when none does any more. */
  nameSymbol(symbol: WeightSymbol | null): void {
    if (symbol === this.#named) return;
    this.#named = symbol;
    this.#pointed.fire({ symbol, requested: true });
  }

  /** A part of the arithmetic is pointed at in the panel; null when none is any more. */
  reportSymbol(symbol: WeightSymbol | null): void {
    if (symbol === this.#symbol) return;
    this.#symbol = symbol;
    this.#pointed.fire({ symbol, requested: false });
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
    this.#pointed.dispose();
  }

  #set(view: ViewState, requested: boolean): void {
    if (this.#view && sameView(this.#view, view)) return;
    this.#view = view;
    this.#changed.fire({ view, requested });
  }
}
