import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import type { Selection } from '../../src/core/attention/selection.ts';
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
import { words } from '../../src/core/words/words.ts';

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
    const says = words().filterMenu;
    const on = changedOptions(this.view.options).length;
    // The browser's own popover stands above everything and closes on a press elsewhere.
    return html`
      <button
        class="opener ${on > 0 ? 'on' : ''}" popovertarget="menu" aria-label=${says.name} aria-haspopup="dialog"
        aria-expanded=${this.#open}
        title=${says.meaning(on)}
      >${filterIcon}<span>${says.name}</span></button>
      <div id="menu" popover role="dialog" aria-label=${says.name} @toggle=${this.#toggled} @keydown=${this.#pressed}>
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
      <div class="end"><button class="link" title=${words().filterMenu.resetMeaning}
        ?disabled=${changedOptions(options).length === 0}
        @click=${() => this.#set(plainOptions)}>${words().filterMenu.reset}</button></div>
    `;
  }

  #units({ unit }: ViewOptions): TemplateResult {
    const { units, tokens, words: inWords } = words().filterMenu;
    const choices = [{ value: 'tokens', ...tokens } as const, { value: 'words', ...inWords } as const];
    return row(
      units,
      choice(units, choices, unit, (value: ViewOptions['unit']) => this.#set({ unit: value })),
    );
  }

  #merges({ layerMerge, headMerge }: ViewOptions, layers: number): TemplateResult {
    const says = words().filterMenu;
    const ofLayers = [
      { value: null, ...says.oneLayer },
      { value: 'mean', ...says.meanOfLayers } as const,
      { value: 'max', ...says.maxOfLayers } as const,
    ];
    const ofHeads = [{ value: 'mean', ...says.mean } as const, { value: 'max', ...says.max } as const];
    return html`
      ${
        layers > 1
          ? row(
              says.layers,
              choice(says.layers, ofLayers, layerMerge, (value: ViewOptions['layerMerge']) =>
                this.#set({ layerMerge: value }),
              ),
            )
          : nothing
      }
      ${row(
        says.combine,
        choice(says.combine, ofHeads, headMerge, (value: ViewOptions['headMerge']) => this.#set({ headMerge: value })),
      )}
    `;
  }

  #hidden({ hideSpecial, hidePunctuation, renormalise }: ViewOptions): TemplateResult {
    const says = words().filterMenu;
    return html`
      <fieldset>
        <legend>${says.hide}</legend>
        ${check(says.special, hideSpecial, (on) => this.#set({ hideSpecial: on }))}
        ${check(says.punctuation, hidePunctuation, (on) => this.#set({ hidePunctuation: on }))}
      </fieldset>
      <fieldset>
        <legend>${says.rows}</legend>
        ${check(says.renormalise, renormalise, (on) => this.#set({ renormalise: on }))}
      </fieldset>
    `;
  }

  #limits({ mass, topK }: ViewOptions): TemplateResult {
    const says = words().filterMenu;
    const percent = mass === null ? null : Math.round(mass * 100);
    return html`
      <fieldset>
        <legend>${says.limit}</legend>
        <div class="limit">
          ${check(says.mass, mass !== null, (on) => this.#set({ mass: on ? firstMass : null }))}
          ${amount(says.massAmount, percent, 1, 99, (value) => this.#set({ mass: value / 100 }))} ${says.massUnit}
        </div>
        <div class="limit">
          ${check(says.topK, topK !== null, (on) => this.#set({ topK: on ? firstTopK : null }))}
          ${amount(says.topKAmount, topK, 1, 999, (value) => this.#set({ topK: value }))} ${says.topKUnit}
        </div>
      </fieldset>
    `;
  }

  #ways({ direction, pairs, step, rows }: ViewOptions, map: MapInfo): TemplateResult {
    const { filterMenu: says, filters } = words();
    const hasPair = this.info.sequences[map.queries]?.pair !== undefined;
    const token = this.selection.token?.side === 'query' ? this.selection.token.index : 0;
    const ofDirection = directions.map((value) => ({
      value,
      label: filters.directions[value],
      says: filters.directionMeanings[value],
    }));
    const ofPair = pairFilters.map((value) => ({
      value,
      label: filters.pairs[value],
      says: filters.pairMeanings[value],
    }));
    const ofRows = [
      { value: 'both', ...says.both } as const,
      { value: 'read', ...says.read } as const,
      { value: 'written', ...says.written } as const,
    ];
    return html`
      ${
        isSelf(map)
          ? row(
              says.focus,
              choice(says.focus, ofDirection, direction, (value) => this.#set({ direction: value })),
            )
          : nothing
      }
      ${
        hasPair
          ? row(
              says.pair,
              choice(says.pair, ofPair, pairs, (value) => this.#set({ pairs: value })),
            )
          : nothing
      }
      ${
        map.rows
          ? row(
              says.rows,
              choice(says.rows, ofRows, rows, (value: ViewOptions['rows']) => this.#set({ rows: value })),
            )
          : nothing
      }
      ${hasSteps(map) ? check(says.step, step !== null, (on) => this.#set({ step: on ? token : null })) : nothing}
    `;
  }

  #set(change: Partial<ViewOptions>): void {
    this.act({ type: 'view', view: { ...this.view, options: { ...this.view.options, ...change } } });
  }

  #menu(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#menu');
  }
}
