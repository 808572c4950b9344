import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import { editName } from '../../src/core/attention/edit-names.ts';
import { withoutEdit } from '../../src/core/run/edit-list.ts';
import { editText, type Edit } from '../../src/core/run/edits.ts';
import { words } from '../../src/core/words/words.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import type { Acting } from '../act.ts';
import { KeyboardWatch, withKey } from '../state/keyboard.ts';
import { term } from '../controls/term.ts';
import { sharedStyles } from '../styles/shared.ts';
import { effectOf, effectStyles } from './effect.ts';
import type { Masking } from './masking.ts';
import { stripStyles } from './strip-styles.ts';
import { NarrowWatch } from '../state/narrow.ts';

/**
 * The strip of an edited run: its edits, each of which can be taken back, and what they did to the prediction. While
 * another run of the text is under way it shows the edits of that one, how far it is, and a way to stop it.
 */
export class EditStrip extends LitElement {
  static override readonly styles = [sharedStyles, stripStyles, effectStyles];
  static override readonly properties = {
    info: { attribute: false },
    masking: { attribute: false },
    trying: { attribute: false },
    busy: { attribute: false },
    act: { attribute: false },
    isFolded: { state: true },
    isShort: { state: true },
  };

  declare info: AnalysisInfo;
  /** How the token in focus is masked; null where none is. */
  declare masking: Masking | null;
  /** The edits of the run that is under way; null while there is none. */
  declare trying: readonly Edit[] | null;
  declare busy: Progress | null;
  declare act: Acting;
  declare protected isFolded: boolean;
  /** In a narrow panel: one line with the number of edits, until they are wanted. */
  declare protected isShort: boolean;
  protected readonly keyboard = new KeyboardWatch(this);
  readonly #narrow = new NarrowWatch(this);

  constructor() {
    super();
    this.isFolded = false;
    this.isShort = true;
  }

  protected override render(): TemplateResult {
    const { info, trying } = this;
    const says = words().experiment;
    const edits = trying ?? info.edits ?? [];
    const isEdited = (info.edits ?? []).length > 0;
    if (this.#narrow.isNarrow && this.isShort && !trying && isEdited) return this.#short(edits.length);
    return html`
      <section aria-label=${says.name}>
        <div class="line">
          <strong>${term('ablation', says.name, this.act, says.meaning)}</strong>${
            this.#narrow.isNarrow && !trying && isEdited
              ? html`<button class="fold" aria-expanded="true" aria-label=${says.fold} title=${says.fold}
                  @click=${() => this.#fold(true)}><span aria-hidden="true">▾</span></button>`
              : nothing
          }
          <ul class="edits" aria-label=${says.edits}>${edits.map((edit) => this.#chip(edits, edit))}</ul>
          <span class="ways">${this.#ways(isEdited)}</span>
        </div>
        ${isEdited && !this.isFolded ? effectOf(info, this.masking, this.act) : nothing}
      </section>
    `;
  }

  /** The strip in one line: how many edits there are, the way back, and all of it. */
  #short(count: number): TemplateResult {
    const says = words().experiment;
    return html`<section aria-label=${says.name}><div class="line short"><button aria-expanded="false"
      title=${says.unfoldMeaning} @click=${() => this.#fold(false)}><strong>${says.name}</strong> ${says.count(count)}
      <span aria-hidden="true">▸</span></button><button class="link" title=${withKey(says.undoMeaning, words().help.undoKey)}
      @click=${() => this.act({ type: 'undo' })}>${says.undo}</button></div></section>`;
  }

  /** Shows the strip whole or in a line; the keyboard stays with the button that did it. */
  #fold(isShort: boolean): void {
    this.isShort = isShort;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-expanded]')?.focus());
  }

  #chip(edits: readonly Edit[], edit: Edit): TemplateResult {
    const name = editName(edit, this.info);
    const says = words().experiment;
    // No whitespace: it would be nodes more.
    return html`<li title=${editText(edit)}><span>${name}</span><button ?disabled=${this.trying !== null}
      aria-label=${says.remove(name)} title=${says.remove(name)}
      @click=${() => this.act({ type: 'edit', edits: withoutEdit(edits, edit) })}>×</button></li>`;
  }

  #ways(isEdited: boolean): TemplateResult {
    const { experiment: says, notices } = words();
    const button = (name: string, meaning: string, click: () => void): TemplateResult =>
      html`<button class="link" title=${meaning} @click=${click}>${name}</button>`;
    if (this.trying) {
      const { stage = '', done, total } = this.busy ?? {};
      const known = done !== undefined && total !== undefined && total > 0;
      return html`<span role="status">${known ? notices.percent(stage, done / total) : stage}</span>${button(
        notices.cancel,
        notices.cancelMeaning,
        () => this.act({ type: 'command', command: 'cancel' }),
      )}`;
    }
    return html`${button(says.add, withKey(says.addMeaning, 't'), () => this.act({ type: 'try', token: null }))}${
      isEdited
        ? html`${button(says.undo, withKey(says.undoMeaning, words().help.undoKey), () => this.act({ type: 'undo' }))}${button(
            says.reset,
            says.resetMeaning,
            () => this.act({ type: 'edit', edits: [] }),
          )}<button class="link" title=${says.effectMeaning} aria-expanded=${!this.isFolded} @click=${() => {
            this.isFolded = !this.isFolded;
          }}>${this.isFolded ? says.show : says.hide}</button>`
        : nothing
    }`;
  }
}
