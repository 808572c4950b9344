import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import type { Act, Acting } from '../act.ts';
import { partOf } from '../part.ts';
import { cellOfFocus, type Focus } from '../state/focus.ts';
import type { Picture } from '../state/frame.ts';
import type { Store } from '../state/store.ts';
import { headsAt, selectHeads } from '../views/head-places.ts';
import { TryBox } from './box.ts';
import type { HandRow } from '../../src/core/scene/try.ts';
import type { Masking } from './masking.ts';
import { pullOf, type Pull } from './pull.ts';
import type { NamedToken } from './token-part.ts';

/** What is asked of an experiment. */
export type ExperimentAct = Extract<Act, { readonly type: 'edit' | 'undo' | 'try' | 'hand' }>;

/** The panel that experiments are made in. */
export interface Bench {
  readonly store: Store;
  readonly act: Acting;
  readonly panel: LitElement;
}

/** The parts of the panel in which edits are tried, and the row that is set by hand. */
export class Experiment {
  readonly #bench: Bench;
  readonly #named: NamedToken;
  #hand: HandRow | null = null;
  /** What the box is to be opened for, as soon as that is shown. */
  #offered: Pick<Extract<Act, { readonly type: 'try' }>, 'token' | 'at'> | null = null;

  constructor(bench: Bench) {
    this.#bench = bench;
    this.#named = (name) => bench.store.host.token(name);
  }

  /** The edits that are being tried: of the run under way, or of the one that is shown. */
  get edits(): readonly Edit[] {
    const { store } = this.#bench;
    return store.trying ?? store.edits;
  }

  /** The row that is set by hand; null while none is. */
  get hand(): HandRow | null {
    return this.#hand;
  }

  /** Does what is asked. */
  take(act: ExperimentAct): void {
    const { store, panel } = this.#bench;
    switch (act.type) {
      case 'edit':
        return store.edit(act.edits);
      case 'undo':
        return store.undo();
      case 'try':
        return this.#offer(act);
      case 'hand':
        this.#hand = act.row;
        return panel.requestUpdate();
    }
  }

  /**
   * A right click on the sentence or on a picture, or the menu key there: offers edits of what is in focus, or of the
   * head or layer that is meant where all of them are shown.
   */
  menu(event: MouseEvent, focus: Focus | null): void {
    const isOnPicture = event
      .composedPath()
      .some((part) => part instanceof Element && part.matches('ta-sentence, .view'));
    if (!isOnPicture) return;
    event.preventDefault();
    const at = { x: event.clientX, y: event.clientY };
    const of = headsAt(event);
    this.take({ type: 'try', token: of ? null : cellOfFocus(focus), at, of });
  }

  /** Opens the box that waits for the head that was gone to, once its weights are here. */
  settled(): void {
    const offer = this.#offered;
    this.#offered = null;
    if (offer) void partOf(this.#bench.panel, 'ta-try', TryBox).open(offer.token, offer.at ?? null);
  }

  #offer({ of, ...offer }: Extract<Act, { readonly type: 'try' }>): void {
    const { store, panel, act } = this.#bench;
    const { frame, view } = store;
    this.#offered = offer;
    if (of && frame) act(selectHeads(frame, view, of));
    else panel.requestUpdate();
  }

  /** How cells of the matrix are dragged. */
  pull(frame: Picture): Pull {
    return pullOf(frame, { edits: this.edits, hand: this.#hand, act: this.#bench.act });
  }

  /** The strip of an edited run, or of one under way; `masking` masks the token in focus. */
  strip(info: AnalysisInfo, masking: Masking | null = null): TemplateResult | typeof nothing {
    const { store, act } = this.#bench;
    const { trying, busy } = store;
    if (!trying && !info.edits) return nothing;
    return html`<ta-edits .info=${info} .masking=${masking} .trying=${trying} .busy=${busy} .act=${act}></ta-edits>`;
  }

  /** The row that is set by hand, as long as the picture has it. */
  row(frame: Picture): TemplateResult | typeof nothing {
    const { act } = this.#bench;
    const hand = this.#hand;
    if (!hand || hand.query >= frame.map.shape[2]) return nothing;
    return html`<ta-hand .frame=${frame} .hand=${hand} .edits=${this.edits} .act=${act}></ta-hand>`;
  }

  /** The box that offers edits. */
  box(frame: Picture | null): TemplateResult {
    const { act } = this.#bench;
    return html`<ta-try .frame=${frame} .edits=${this.edits} .named=${this.#named} .act=${act}></ta-try>`;
  }
}
