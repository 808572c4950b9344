import type { Selection, TokenFocus } from '../src/core/attention/selection.ts';
import type { ViewState } from '../src/core/attention/view.ts';
import type { Act } from './act.ts';
import type { Experiment } from './experiment/experiment.ts';
import { actInTokens, explaining } from './state/act-in-tokens.ts';
import type { Announcements } from './state/announcements.ts';
import { refocusedBy } from './state/direct.ts';
import { cellOfFocus, type Focus } from './state/focus.ts';
import type { Picture } from './state/frame.ts';
import { isTakenByControl, sideWithKeyboard } from './state/keyboard.ts';
import { actionOf, askedBy, viewOf, type KeyAction } from './state/keys.ts';
import { lockToken, moveInPicture } from './state/moves.ts';
import type { SavedLayout } from './state/saved-layout.ts';
import type { Store } from './state/store.ts';
import { writeOnBy } from './predictions/writing.ts';
import { headsAt } from './views/head-places.ts';

/** What acts are done to: the parts of the panel that hold something, and what the panel itself has to do. */
export interface PanelParts {
  readonly store: Store;
  readonly layout: SavedLayout;
  readonly announcements: Announcements;
  readonly experiment: Experiment;
  /** The picture that is drawn, and what is in focus there. */
  readonly drawn: () => { readonly picture: Picture | null; readonly focused: Focus | null };
  readonly draw: () => void;
  readonly copy: () => void;
  readonly help: () => void;
}

/** Does what the parts of the panel, and the keys, ask for. */
export class Acts {
  readonly #parts: PanelParts;

  constructor(parts: PanelParts) {
    this.#parts = parts;
  }

  /** Does an act that speaks of tokens. */
  readonly take = (act: Act): void => {
    const { store, layout, experiment } = this.#parts;
    const { selection, frame } = store;
    switch (act.type) {
      case 'select':
        return this.#announced(() => store.select(act.selection, act.step ? 'step' : 'move'));
      case 'lock':
        return this.#announced(() => selection && store.select(lockToken(selection, act.token)));
      case 'point':
        return act.say ? this.#announced(() => store.point(act.token)) : store.point(act.token);
      case 'reveal':
        return frame ? store.host.reveal(frame.map, act.token) : undefined;
      case 'command':
        return store.host.give('command', act.command);
      case 'write':
      case 'accept':
      case 'fill':
        return store.host.write(act);
      case 'view':
        return this.#announced(() => this.#show(act.view, act.selection));
      case 'back':
      case 'forward':
        return this.#announced(() => (act.type === 'back' ? store.goBack() : store.goForward()));
      case 'looked':
        return layout.save(store, act.from);
      case 'pane':
        layout.keepPane(store, act.share);
        return this.#parts.draw();
      case 'export':
      case 'example':
      case 'glossary':
      case 'link':
        return store.host.want(act);
      case 'explain':
        return this.take(explaining(act.token, store, act.view));
      case 'weight':
      case 'logit':
        return store.ofWeight.take(act, store.view.view);
      case 'effects':
        return void store.ofWeight.effects[act.ask]();
      case 'side':
        return store.compared[act.ask](act.index);
      case 'copy':
        return this.#parts.copy();
      case 'edit':
      case 'undo':
      case 'try':
      case 'hand':
        return experiment.take(act);
      case 'help':
        return this.#parts.help();
    }
  };

  /** Does an act that speaks of the units of the picture, which are words where pieces are joined. */
  readonly takeInUnits = (act: Act): void => {
    const { picture } = this.#parts.drawn();
    const wanted = picture && actInTokens(act, picture);
    if (wanted) this.take(wanted);
  };

  /** Does what a key asks for; one that a control or a dialog takes is left to it. */
  press(event: KeyboardEvent): void {
    const { store } = this.#parts;
    const action = actionOf(event);
    const chosen = viewOf(event);
    if ((!action && !chosen) || event.defaultPrevented || isTakenByControl(event)) return;
    const asked =
      action && (askedBy(action, cellOfFocus(this.#parts.drawn().focused), headsAt(event)) ?? writeOnBy(action, store));
    if (asked) {
      // Neither the browser nor the editor is to do the same as well.
      event.preventDefault();
      event.stopPropagation();
      return asked.type === 'explain' ? this.takeInUnits(asked) : this.take(asked);
    }
    if (chosen) return this.take({ type: 'view', view: { ...store.view, view: chosen } });
    if (action && this.#move(action, sideWithKeyboard(event))) event.preventDefault();
  }

  /** Moves the focus, or what is pointed at; false when a key moves nothing. */
  #move(action: KeyAction, sideOfKeyboard: TokenFocus['side'] | null): boolean {
    const { store } = this.#parts;
    const { frame, selection, pointer } = store;
    const { picture } = this.#parts.drawn();
    if (!frame || !picture || !selection || frame.selection.map !== selection.map) return false;
    const move = moveInPicture(action, picture, { selection, pointer }, sideOfKeyboard);
    if (!move) return false;
    this.#announced(() => ('pointer' in move ? store.point(move.pointer) : store.select(move.selection, move.gesture)));
    return true;
  }

  /** Shows a view; what its options want of the token in focus follows. */
  #show(view: ViewState, chosen?: Selection): void {
    const { store } = this.#parts;
    store.showView(view, chosen);
    const { selection, frame } = store;
    const next = selection && frame && refocusedBy(store.view.options, selection, frame.map);
    if (next && next !== selection) store.select(next);
  }

  #announced(change: () => void): void {
    this.#parts.announcements.after(change, () => this.#parts.store.view);
  }
}
