import type { Selection } from '../../src/core/attention/selection.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import type { ViewName } from '../../src/core/views/table.ts';
import type { ScrollState } from '../../src/protocol/layout.ts';
import type { Shown } from '../../src/protocol/panel.ts';
import { firstPane } from '../controls/pane-edge.ts';
import type { Frame } from './frame.ts';
import type { VsCodeApi } from './port.ts';
import { initialScroll, readSaved, writeSaved, type Saved } from './saved.ts';

/** What of the panel's state is saved. */
interface Looked {
  readonly shown: Shown | null;
  readonly frame: Frame | null;
  readonly view: ViewState;
  readonly selection: Selection | null;
}

/** The layout as it was saved last: of one analysis, that which is shown. */
export class SavedLayout {
  readonly #api: VsCodeApi;
  #saved: Saved | null;

  /** Reads what was saved before the window was reloaded. */
  constructor(api: VsCodeApi) {
    this.#api = api;
    this.#saved = readSaved(api);
  }

  /** The view that was shown; null when none was saved. */
  get view(): ViewState | null {
    return this.#saved?.view ?? null;
  }

  /** From where a view of an analysis was looked at. */
  scrollStateOf(analysis: string, view: ViewName): ScrollState {
    return (this.#saved?.analysis === analysis && this.#saved.scrollStates[view]) || initialScroll;
  }

  /** What the inspector takes of the room that it shares with the view. */
  get pane(): number {
    return this.#saved?.pane ?? firstPane;
  }

  /** Keeps what the inspector is to take. */
  keepPane(looked: Looked, pane: number): void {
    const { analysis } = looked.frame ?? {};
    if (analysis === undefined || !looked.selection) return;
    const { selection, view } = looked;
    const scrollStates = this.#saved?.analysis === analysis ? this.#saved.scrollStates : {};
    this.#saved = writeSaved(this.#api, { analysis, selection, scrollStates, view, pane });
  }

  /** Saves what is looked at, and from where when that has changed. */
  save({ shown, frame, view, selection }: Looked, from: ScrollState | null): void {
    if (!frame || !selection || frame.analysis !== shown?.analysis) return;
    const { analysis } = frame;
    const before = this.#saved?.analysis === analysis ? this.#saved : null;
    if (before && from === null && before.view === view && before.selection === selection) return;
    const scrollStates = { ...before?.scrollStates, ...(from === null ? {} : { [view.view]: from }) };
    const pane = this.#saved?.pane;
    this.#saved = writeSaved(this.#api, {
      analysis,
      selection,
      scrollStates,
      view,
      ...(pane === undefined ? {} : { pane }),
    });
  }
}
