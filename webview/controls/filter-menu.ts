import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import type { Selection } from '../../src/core/attention/selection.ts';
import { directionMeanings, directionNames, pairMeanings, pairNames } from '../../src/core/attention/filter-words.ts';
import { rowChoices, type RowChoice } from '../../src/core/attention/row-names.ts';
import { hasSteps } from '../../src/core/attention/steps.ts';
import { pairFilters } from '../../src/core/attention/shown.ts';
import {
  changedOptions,
  directions,
  plainOptions,
  type ViewOptions,
  type ViewState,
} from '../../src/core/attention/view.ts';
import type { Acting } from '../act.ts';
import { isSelf } from '../../src/core/scene/frame.ts';
import { sharedStyles } from '../styles/shared.ts';
import { choice, choiceStyles } from './choice.ts';
import { amount, check, row } from './filter-fields.ts';
import { filterMenuStyles } from './filter-menu-styles.ts';
import { filterIcon } from './icons.ts';

const rowMeanings: Readonly<Record<RowChoice, string>> = {
  both: 'Rows name the token that the decoder reads at a step and the one that it writes then.',
  read: 'Rows name the token that the decoder reads at a step.',
  written: 'Rows name the token that the decoder writes at a step.',
};

/** What a limit begins with when it is switched on. */
const firstMass = 0.9;
const firstTopK = 5;
/** Room between the menu and the edges of the panel, in CSS pixels. */
const edge = 8;

/** The Filter button and its menu: what is made of the weights before they are drawn. Every change shows at once. */
export class FilterMenu extends LitElement {
  static override readonly styles = [sharedStyles, choiceStyles, filterMenuStyles];
  static override readonly properties = {
    info: { attribute: false },
    selection: { attribute: false },
    view: { attribute: false },
    act: { attribute: false },
  };

  declare info: AnalysisInfo;
  declare selection: Selection;
  declare view: ViewState;
  declare act: Acting;

  #open = false;

  protected override render(): TemplateResult {
    const on = changedOptions(this.view.options).length;
    // The browser's own popover stands above everything and closes on a press elsewhere.
    return html`
      <button
        class="opener ${on > 0 ? 'on' : ''}" popovertarget="menu" aria-label="Filter" aria-haspopup="dialog"
        aria-expanded=${this.#open}
        title=${`Filter${on > 0 ? ` (${on} on)` : ''}: which weights are drawn, and how they are merged.`}
      >${filterIcon}<span>Filter</span></button>
      <div id="menu" popover role="dialog" aria-label="Filter" @toggle=${this.#toggled} @keydown=${this.#pressed}>
        ${this.#open ? this.#content() : nothing}
      </div>
    `;
  }

  readonly #toggled = (event: ToggleEvent): void => {
    this.#open = event.newState === 'open';
    this.requestUpdate();
    if (!this.#open) return;
    this.#place();
    void this.updateComplete.then(() => this.#menu()?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  };

  /**
   * The menu's keys are its own: none of them moves the focus in the picture. Escape closes it and goes back to the
   * button.
   */
  readonly #pressed = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.#menu()?.hidePopover();
    this.renderRoot.querySelector<HTMLElement>('.opener')?.focus();
  };

  /** Puts the menu under its button, inside the panel. */
  #place(): void {
    const menu = this.#menu();
    const button = this.renderRoot.querySelector('.opener')?.getBoundingClientRect();
    if (!menu || !button) return;
    const top = button.bottom + 4;
    menu.style.top = `${top}px`;
    menu.style.right = `${Math.max(edge, innerWidth - Math.max(button.right, menu.offsetWidth + edge))}px`;
    menu.style.maxHeight = `${Math.max(120, innerHeight - top - edge)}px`;
  }

  #content(): TemplateResult {
    const { options } = this.view;
    const map = this.info.maps[this.selection.map];
    return html`
      ${this.#units(options)}
      ${this.#merges(options, map?.shape[0] ?? 1)}
      ${this.#hidden(options)}
      ${this.#limits(options)}
      ${map ? this.#ways(options, map) : nothing}
      <div class="end"><button class="link" title="All weights, as the model computed them."
        ?disabled=${changedOptions(options).length === 0}
        @click=${() => this.#set(plainOptions)}>Reset all</button></div>
    `;
  }

  #units({ unit }: ViewOptions): TemplateResult {
    return row(
      'Units',
      choice(
        'Units',
        [
          {
            value: 'tokens',
            label: 'tokens',
            says: 'A row and a column for every token, as the model reads the text.',
          },
          {
            value: 'words',
            label: 'words',
            says:
              'The pieces of a word as one: sum over the key pieces, mean over the query pieces. ' +
              'Rows still sum to 1.',
          },
        ],
        unit,
        (value: ViewOptions['unit']) => this.#set({ unit: value }),
      ),
    );
  }

  #merges({ layerMerge, headMerge }: ViewOptions, layers: number): TemplateResult {
    return html`
      ${
        layers > 1
          ? row(
              'Layers',
              choice(
                'Layers',
                [
                  { value: null, label: 'one', says: 'The chosen layer alone.' },
                  { value: 'mean', label: 'mean of all', says: 'The mean over all layers, head by head.' },
                  {
                    value: 'max',
                    label: 'max of all',
                    says: 'The highest weight of any layer: rows need not sum to 1.',
                  },
                ],
                layerMerge,
                (value: ViewOptions['layerMerge']) => this.#set({ layerMerge: value }),
              ),
            )
          : nothing
      }
      ${row(
        'Combine heads',
        choice(
          'Combine heads',
          [
            { value: 'mean', label: 'mean', says: 'The mean of the heads shown: rows still sum to 1.' },
            { value: 'max', label: 'max', says: 'The highest weight of any head shown: rows need not sum to 1.' },
          ],
          headMerge,
          (value: ViewOptions['headMerge']) => this.#set({ headMerge: value }),
        ),
      )}
    `;
  }

  #hidden({ hideSpecial, hidePunctuation, renormalise }: ViewOptions): TemplateResult {
    return html`
      <fieldset>
        <legend>Hide</legend>
        ${check(
          'special tokens',
          hideSpecial,
          (on) => this.#set({ hideSpecial: on }),
          'Tokens that the tokenizer or the model adds, such as [CLS] and [SEP].',
        )}
        ${check(
          'punctuation',
          hidePunctuation,
          (on) => this.#set({ hidePunctuation: on }),
          'Tokens of nothing but punctuation marks.',
        )}
      </fieldset>
      <fieldset>
        <legend>Rows</legend>
        ${check(
          'Renormalise the remaining weights',
          renormalise,
          (on) => this.#set({ renormalise: on }),
          'Divides every row by its sum, so that it sums to 1 again. Off, the numbers are those of the model.',
        )}
      </fieldset>
    `;
  }

  #limits({ mass, topK }: ViewOptions): TemplateResult {
    return html`
      <fieldset>
        <legend>Limit links per token</legend>
        <div class="limit">
          ${check(
            'strongest links covering',
            mass !== null,
            (on) => this.#set({ mass: on ? firstMass : null }),
            'The fewest links of a row that together hold this share of its weight.',
          )}
          ${amount('Share of the row in per cent', mass === null ? null : Math.round(mass * 100), 1, 99, (value) =>
            this.#set({ mass: value / 100 }),
          )} % of the row
        </div>
        <div class="limit">
          ${check(
            'at most',
            topK !== null,
            (on) => this.#set({ topK: on ? firstTopK : null }),
            'No more than this many links of every row, the strongest ones.',
          )}
          ${amount('Number of links', topK, 1, 999, (value) => this.#set({ topK: value }))} links
        </div>
      </fieldset>
    `;
  }

  #ways({ direction, pairs, step, rows }: ViewOptions, map: MapInfo): TemplateResult {
    const hasPair = this.info.sequences[map.queries]?.pair !== undefined;
    const token = this.selection.token?.side === 'query' ? this.selection.token.index : 0;
    return html`
      ${
        isSelf(map)
          ? row(
              'Token in focus',
              choice(
                'Token in focus',
                directions.map((value) => ({ value, label: directionNames[value], says: directionMeanings[value] })),
                direction,
                (value) => this.#set({ direction: value }),
              ),
            )
          : nothing
      }
      ${
        hasPair
          ? row(
              'Pair',
              choice(
                'Pair',
                pairFilters.map((value) => ({ value, label: pairNames[value], says: pairMeanings[value] })),
                pairs,
                (value) => this.#set({ pairs: value }),
              ),
            )
          : nothing
      }
      ${
        map.rows
          ? row(
              'Rows',
              choice(
                'Rows',
                rowChoices.map((value) => ({ value, label: value, says: rowMeanings[value] })),
                rows,
                (value) => this.#set({ rows: value }),
              ),
            )
          : nothing
      }
      ${
        hasSteps(map)
          ? check(
              'one step at a time',
              step !== null,
              (on) => this.#set({ step: on ? token : null }),
              'Only the row of one token that the decoder writes.',
            )
          : nothing
      }
    `;
  }

  #set(change: Partial<ViewOptions>): void {
    this.act({ type: 'view', view: { ...this.view, options: { ...this.view.options, ...change } } });
  }

  #menu(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#menu');
  }
}
