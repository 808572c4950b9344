import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ViewState } from '../../src/core/attention/view.ts';
import { writtenIds, writtenTextOf, type PredictedPlace } from '../../src/core/prediction/drawn-place.ts';
import {
  isPlainDrawing,
  plainSampling,
  samplingOf,
  type SamplingSettings,
} from '../../src/core/prediction/sampling-settings.ts';
import { spellingOf, visibleText } from '../../src/core/text/label.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { term } from '../controls/term.ts';
import type { KnownDistribution } from '../state/distributions.ts';
import type { Frame } from '../state/frame.ts';
import { sharedStyles } from '../styles/shared.ts';
import { labelAt, quoted } from '../words/label.ts';
import { settingsRow, writingRow } from './controls.ts';
import { actualLine, candidateList, candidateTable } from './list.ts';
import { rowsOf, type PredictionRow } from './rows.ts';
import { predictionStyles } from './styles.ts';

/**
 * What the model predicts at the pinned token, or where it would write on, beside the sentence: the likeliest tokens with
 * their probabilities under the settings, and the buttons with which it writes on.
 */
export class PredictionsElement extends LitElement {
  static override readonly styles = [sharedStyles, predictionStyles];
  static override readonly properties = {
    frame: { attribute: false },
    place: { attribute: false },
    known: { attribute: false },
    view: { attribute: false },
    inEditor: { attribute: false },
    isWriting: { attribute: false },
    act: { attribute: false },
  };

  declare frame: Frame;
  declare place: PredictedPlace;
  declare known: KnownDistribution;
  declare view: ViewState;
  /** Whether the given text stands in a document. */
  declare inEditor: boolean;
  declare isWriting: boolean;
  declare act: Acting;

  #hasSettings = false;

  protected override render(): TemplateResult {
    const { place, view, known } = this;
    const says = words().written;
    const isOpen = view.predictions;
    const rows = rowsOf(place, known.distribution, place.kind === 'masked' ? plainSampling : view.sampling);
    return html`
      <section class="told ${isOpen ? '' : 'closed'}" aria-label=${says.name}>
        <div class="head">
          <button class="toggle" aria-expanded=${isOpen ? 'true' : 'false'} title=${isOpen ? says.hide : says.show}
            @click=${() => this.act({ type: 'view', view: { ...view, predictions: !isOpen } })}
          ><span class="sign" aria-hidden="true">${isOpen ? '▾' : '▸'}</span>${this.#heading()}</button>
          ${isOpen ? this.#kept() : nothing}
        </div>
        ${
          isOpen
            ? html`${candidateList(rows, this.#choice())}${actualLine(rows, this.act)}${candidateTable(rows, this.#heading())}`
            : nothing
        }
      </section>
      ${isOpen && place.kind === 'next' ? html`<div class="controls">${this.#controls()}</div>` : nothing}
    `;
  }

  /** Where the prediction is. */
  #heading(): string {
    const says = words().written;
    const { token, kind, sequence: index } = this.place;
    const sequence = this.frame.info.sequences[index];
    if (kind === 'masked' || !sequence) return says.mask(token);
    const prediction = this.frame.info.predictions?.find((one) => one.kind === 'next');
    if (prediction?.kind === 'next' && prediction.ahead === 0) return says.inPlaceOf(quoted(labelAt(sequence, token)));
    return token === sequence.tokens.length ? says.next : says.after(quoted(labelAt(sequence, token - 1)));
  }

  /** How many tokens can be drawn; that the settings have no effect, where the logits are gone. */
  #kept(): TemplateResult | typeof nothing {
    const says = words().written;
    const { distribution, isWaiting } = this.known;
    if (distribution && this.place.kind === 'masked') return nothing;
    if (distribution)
      return html`<span class="kept">${term('vocabulary', says.kept(distribution.kept, distribution.vocabulary), this.act, says.keptMeaning)}</span>`;
    return isWaiting || isPlainDrawing(this.view.sampling) ? nothing : html`<span class="kept">${says.notKept}</span>`;
  }

  /** What a press on a candidate does; null where there is nothing to do with it. */
  #choice(): { readonly says: string; readonly choose: (row: PredictionRow) => void } | null {
    const { place, frame, inEditor, act, view } = this;
    const says = words().written;
    if (place.kind === 'masked')
      return inEditor
        ? { says: says.fillIt, choose: ({ text }) => act({ type: 'fill', token: place.token, text }) }
        : null;
    const ids = writtenIds(frame.info);
    const prediction = frame.info.predictions?.find((one) => one.kind === 'next');
    const length =
      (frame.info.sequences[place.sequence]?.tokens.length ?? 0) -
      (prediction?.kind === 'next' && prediction.ahead === 0 ? 1 : 0);
    // Tokens that were given stay: a choice is what the model writes.
    const kept = ids.length - (length - place.token);
    if (kept < 0) return null;
    return {
      says: says.writeIt,
      choose: ({ id }) =>
        act({ type: 'write', written: [...ids.slice(0, kept), id], tokens: 0, sampling: samplingOf(view.sampling) }),
    };
  }

  #controls(): TemplateResult {
    const { view, frame, act, isWriting, inEditor } = this;
    const ids = writtenIds(frame.info);
    const set = (sampling: SamplingSettings): void => act({ type: 'view', view: { ...view, sampling } });
    const isDecoder = frame.info.model.family === 'decoder';
    const toggle = (): void => {
      this.#hasSettings = !this.#hasSettings;
      this.requestUpdate();
    };
    return html`${writingRow({
      sampling: view.sampling,
      written: ids,
      text: writtenTextOf(frame.info),
      isWriting,
      accept: inEditor && isDecoder && ids.length > 0,
      act,
      set,
      settings: { isOpen: this.#hasSettings, toggle },
    })}${settingsRow(view.sampling, this.#hasSettings, set, act)}${this.#ended()}`;
  }

  /** That the model wrote no further because it came to its end, where it did: else a press would do nothing. */
  #ended(): TemplateResult | typeof nothing {
    const { info, map } = this.frame;
    const edge = map.rows?.edge ?? null;
    // The other families show their end token as the last step, and mostly reach it.
    if (edge === null || info.model.family !== 'decoder' || this.isWriting) return nothing;
    return html`<p class="ended" role="status">${words().written.ended(quoted(visibleText(spellingOf(edge))))}</p>`;
  }
}
