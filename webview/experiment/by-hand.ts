import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { weightText } from '../../src/core/attention/number-words.ts';
import { withEdits } from '../../src/core/run/edit-list.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import { itemAt } from '../../src/core/item-at.ts';
import { isSeen } from '../../src/core/scene/sight.ts';
import { rowEdits, withWeight, type HandRow } from '../../src/core/scene/try.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import type { Picture } from '../state/frame.ts';
import { sharedStyles } from '../styles/shared.ts';
import { sliderStyles } from '../styles/slider.ts';
import { styled } from '../styles/styled.ts';
import { labelOn, quoted } from '../words/label.ts';
import { reachName } from './target.ts';

/** So many keys have a slider: the one in focus and those with the largest weights. */
const most = 7;
/** Steps of a slider from 0 to 1. */
const steps = 100;

/** The weights of a row of the picture, of its keys. */
export function rowOf(frame: Picture, query: number): number[] {
  const keys = frame.map.shape[3];
  return Array.from(frame.whole.spoken.subarray(query * keys, (query + 1) * keys));
}

/** The edits that set one weight of a row; the others share what is left of 1 as they did. */
export function handEdits(frame: Picture, { query, reach }: HandRow, key: number, weight: number): Edit[] {
  const row = withWeight(rowOf(frame, query), key, weight, (each) => isSeen(frame, query, each));
  return rowEdits(frame, query, row, reach);
}

/**
 * Attend by hand: a slider for each of the strongest keys of a query. While one is dragged the row is shown as it will
 * be, its weights still summing to 1; letting go runs it. Ticks mark what the weights were when it was opened.
 */
export class HandElement extends LitElement {
  static override readonly styles = [
    sharedStyles,
    sliderStyles,
    css`
    :host {
      display: block;
      flex: none;
      max-height: 40vh;
      padding: 6px 16px 8px;
      overflow: hidden auto;
      border-bottom: 1px solid var(--ta-rule);
    }

    .top {
      display: flex;
      align-items: baseline;
      justify-content: space-between;
      gap: 12px;
    }

    h2 {
      margin: 0;
      font-size: 1em;
      font-weight: 600;
      overflow-wrap: anywhere;
    }

    p {
      margin: 0 0 4px;
      color: var(--ta-dim);
      font-size: 0.92em;
    }

    label {
      display: grid;
      grid-template-columns: minmax(3em, 8em) minmax(60px, 320px) max-content;
      align-items: center;
      gap: 10px;
      min-height: 22px;
    }

    .name {
      overflow: hidden;
      font-family: var(--vscode-editor-font-family, monospace);
      font-size: 0.95em;
      text-overflow: ellipsis;
      white-space: pre;
    }

    .track {
      position: relative;
      display: flex;
      align-items: center;
    }

    /* What the weight was: where the middle of the thumb would stand. */
    .track::before {
      content: '';
      position: absolute;
      inset: 4px auto 4px calc(5px + (100% - 12px) * var(--was));
      width: 2px;
      background: var(--ta-dim);
    }

    output {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
  `,
  ];
  static override readonly properties = {
    frame: { attribute: false },
    hand: { attribute: false },
    edits: { attribute: false },
    act: { attribute: false },
  };

  declare frame: Picture;
  declare hand: HandRow;
  declare edits: readonly Edit[];
  declare act: Acting;
  /** The row as it was when it was opened. */
  #start: readonly number[] = [];
  /** The keys that have a slider. */
  #keys: readonly number[] = [];
  /** The row as it is dragged; null while nothing is. */
  #dragged: readonly number[] | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = changed.has('hand') || this.#start.length !== this.frame.map.shape[3];
    if (changed.has('frame')) this.#dragged = null;
    if (!isOther) return;
    this.#start = rowOf(this.frame, this.hand.query);
    this.#keys = this.#start
      .map((weight, key) => ({ weight, key }))
      .filter(({ key }) => isSeen(this.frame, this.hand.query, key))
      .sort((a, b) => Number(b.key === this.hand.key) - Number(a.key === this.hand.key) || b.weight - a.weight)
      .slice(0, most)
      .map(({ key }) => key)
      .sort((a, b) => a - b);
  }

  protected override render(): TemplateResult {
    const { frame, hand } = this;
    const says = words().experiment;
    const row = this.#dragged ?? rowOf(frame, hand.query);
    const others = this.#start.length - this.#keys.length;
    return html`
      <section aria-labelledby="title">
        <div class="top">
          <h2
            id="title">${says.handTitle(quoted(labelOn(frame, 'query', hand.query)), reachName(frame, hand.reach))}</h2>
          <button class="link" @click=${() => this.act({ type: 'hand', row: null })}>${says.handClose}</button>
        </div>
        <p>${says.handAdvice}</p>
        ${this.#keys.map((key) => this.#slider(key, itemAt(row, key)))}
        ${
          others > 0
            ? html`<p>${says.handOthers(others)} ${this.#change(this.#rest(this.#start), this.#rest(row))}</p>`
            : nothing
        }
      </section>
    `;
  }

  #slider(key: number, weight: number): TemplateResult {
    const says = words().experiment;
    const name = labelOn(this.frame, 'key', key);
    const was = itemAt(this.#start, key);
    const told = this.#change(was, weight);
    return html`<label><span class="name">${name}</span><span
      class="track" ${styled({ '--was': was.toFixed(3) })}><input
      type="range" min="0" max=${steps} step="1" .value=${String(Math.round(weight * steps))}
      aria-label=${says.handWeight(quoted(name))} aria-valuetext=${told}
      @input=${(event: Event) => this.#drag(key, event)}
      @change=${(event: Event) => this.#run(key, event)}></span><output
      .textContent=${told}></output></label>`;
  }

  #change(was: number, weight: number): string {
    return words().experiment.change(weightText(was), weightText(weight));
  }

  #rest(row: readonly number[]): number {
    return Math.max(0, 1 - this.#keys.reduce((sum, key) => sum + itemAt(row, key), 0));
  }

  #drag(key: number, event: Event): void {
    const { frame, hand } = this;
    this.#dragged = withWeight(rowOf(frame, hand.query), key, shareOf(event), (each) =>
      isSeen(frame, hand.query, each),
    );
    this.requestUpdate();
  }

  #run(key: number, event: Event): void {
    const more = handEdits(this.frame, this.hand, key, shareOf(event));
    this.act({ type: 'edit', edits: withEdits(this.edits, more) });
  }
}

function shareOf({ target }: Event): number {
  return target instanceof HTMLInputElement ? Number(target.value) / steps : 0;
}
