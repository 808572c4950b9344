import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import { layerCount, layerNumber, layerNumbers, nearestIndex } from '../../src/core/attention/layers.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import type { Selection } from '../../src/core/attention/selection.ts';
import type { ViewOptions, ViewState } from '../../src/core/attention/view.ts';
import { buttonOf, viewTable } from '../../src/core/views/table.ts';
import type { Acting } from '../act.ts';
import type { Summaries } from '../state/frame.ts';
import { KeyboardWatch, withKey } from '../state/keyboard.ts';
import { cueStyles, sharedStyles } from '../styles/shared.ts';
import { styled } from '../styles/styled.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import { chipStyles, headChips } from './head-chips.ts';
import { ToolbarRows } from './toolbar-rows.ts';
import { toolbarStyles } from './toolbar-styles.ts';
import { named } from './term.ts';
import { viewSwitch, viewSwitchStyles } from './view-switch.ts';
import { exportMenu, historyButtons, linkButton, moreMenu } from './toolbar-parts.ts';
import { reveal } from '../part.ts';
import { words } from '../../src/core/words/words.ts';
import { NarrowWatch } from '../state/narrow.ts';

/**
 * Which view, which map, which layer, which heads (nothing to choose is not offered); where the person was before;
 * help.
 */
export class ToolbarElement extends LitElement {
  static override readonly styles = [sharedStyles, cueStyles, toolbarStyles, viewSwitchStyles, chipStyles];
  static override readonly properties = {
    info: { attribute: false },
    selection: { attribute: false },
    summaries: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    view: { attribute: false },
    canGoBack: { attribute: false },
    canGoForward: { attribute: false },
  };

  declare info: AnalysisInfo;
  declare selection: Selection;
  declare summaries: Summaries | null;
  declare palette: Palette;
  declare act: Acting;
  declare view: ViewState;
  declare canGoBack: boolean;
  declare canGoForward: boolean;

  protected readonly keyboard = new KeyboardWatch(this);
  readonly #rows = new ToolbarRows(this, () => this.renderRoot.querySelector<HTMLElement>('.bar'));
  readonly #narrow = new NarrowWatch(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOtherMap = changed.has('selection') && changed.get('selection')?.map !== this.selection.map;
    if (changed.has('info') || isOtherMap) this.#rows.forget();
  }

  protected override render(): TemplateResult {
    const map = this.info.maps[this.selection.map];
    return html`
      <div class="bar ${this.info.maps.length > 1 ? 'mapped' : ''} ${this.#rows.name}" ${styled(this.#rows.style)}>
        ${viewSwitch(this.view, this.act)}
        <div class="choices">
          ${this.info.maps.length > 1 ? this.#mapPicker() : nothing}
          ${map && (viewTable[this.view.view].showsTokens || this.#rows.isMeasuring) ? this.#chooser(map) : nothing}
        </div>
        <div class="end">
          <ta-filter .info=${this.info} .selection=${this.selection} .view=${this.view} .act=${this.act}></ta-filter>
          ${exportMenu(this.view.view, this.act)}
          ${this.#narrow.isNarrow ? moreMenu(this.canGoBack, this.canGoForward, this.act) : this.#singles()}
        </div>
      </div>
    `;
  }

  /** In a narrow panel the heads scroll: the one in focus is to be seen. */
  protected override updated(changed: PropertyValues<this>): void {
    this.#keepKeyboard(changed);
    const head = this.selection.head;
    if (head === null || (changed.has('selection') && changed.get('selection')?.head === head)) return;
    const chip = this.renderRoot.querySelector(`.chip[data-head="${head}"]`);
    if (chip) reveal(chip);
  }

  /** The keyboard goes with what a key has chosen: from the button of the view before, or of the head before. */
  #keepKeyboard(changed: PropertyValues<this>): void {
    const active = this.shadowRoot?.activeElement;
    if (!(active instanceof HTMLElement)) return;
    const { heads, head } = this.selection;
    const button = buttonOf(this.view.view);
    if (active.dataset['view'] !== undefined && active.dataset['view'] !== button)
      this.#focus(`[data-view="${button}"]`);
    // A head that was switched on or off by its own button keeps the keyboard.
    if (
      active.dataset['head'] !== undefined &&
      head !== null &&
      changed.get('selection')?.heads.length === heads.length
    )
      this.#focus(`[data-head="${head}"]`);
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #singles(): TemplateResult {
    return html`${linkButton(this.act)}${historyButtons(
      this.canGoBack,
      this.canGoForward,
      this.act,
    )}<vscode-toolbar-button label=${words().toolbar.helpName} title=${withKey(words().toolbar.helpMeaning, '?')}
      @click=${() => this.act({ type: 'help' })}>?</vscode-toolbar-button>`;
  }

  #chooser(map: MapInfo): TemplateResult {
    const [layers, heads] = map.shape;
    if (layers === 1 && heads === 1) return html`<span class="only">${words().toolbar.onlyOne}</span>`;
    const { selection, palette, act } = this;
    const { layerMerge, headMerge } = this.view.options;
    const roles = layerMerge ? null : (this.summaries?.[selection.layer] ?? null);
    const layer = layerMerge ?? layerNumber(map, selection.layer);
    return html`
      ${layers > 1 ? this.#layerStepper(map) : nothing}
      ${heads > 1 ? headChips({ selection, layer, merge: headMerge, count: heads, roles, palette, act }) : nothing}
    `;
  }

  #mapPicker(): TemplateResult {
    return html`
      <vscode-single-select
        label=${words().toolbar.map}
        title=${words().toolbar.mapMeaning}
        .selectedIndex=${this.selection.map}
        @change=${(event: Event) => this.#pickMap(event)}
      >
        ${this.info.maps.map(
          (map, index) => html`<vscode-option value=${index}
          ?selected=${index === this.selection.map}>${words().toolbar.maps[map.name]}</vscode-option>`,
        )}
      </vscode-single-select>
    `;
  }

  #pickMap(event: Event): void {
    const { target } = event;
    if (!(target instanceof HTMLElement) || !('selectedIndex' in target)) return;
    const map = Number(target.selectedIndex);
    const [, heads] = this.info.maps[map]?.shape ?? [1, 1];
    const [from, to] = [this.info.maps[this.selection.map], this.info.maps[map]];
    const layer = from && to ? nearestIndex(to, layerNumber(from, this.selection.layer)) : 0;
    const all = Array.from({ length: heads }, (_, head) => head);
    this.act({
      type: 'select',
      selection: { map, layer, heads: all, head: null, token: null },
    });
  }

  #mergeLayers(layerMerge: ViewOptions['layerMerge']): void {
    this.act({ type: 'view', view: { ...this.view, options: { ...this.view.options, layerMerge } } });
  }

  #layerStepper(map: MapInfo): TemplateResult {
    const { layer } = this.selection;
    const [layers] = map.shape;
    const count = layerCount(map);
    const { layerMerge } = this.view.options;
    const says = words().toolbar;
    const [all, layersWord, merged] = says.mergedLayers(layerMerge ?? 'mean');
    const step = (by: number) => () =>
      this.act({ type: 'select', selection: { ...this.selection, layer: layer + by } });
    return html`
      <div class="stepper" role="group" aria-label=${says.layer}>
        <button aria-label=${says.layerBelow} title=${withKey(says.layerBelowMeaning, '[')}
          ?disabled=${layer === 0} @click=${step(-1)}>‹</button>
        ${
          layerMerge
            ? html`<span><span class="word"><b class="layer">${all}</b>${layersWord}</span>${merged}</span>`
            : html`<span><span class="word">${named('layer', says.layerWord, this.act)}</span><b class="layer"
              >${layerNumber(map, layer)}</b> <span class="range"
              title=${says.rangeMeaning(count, count > layers ? layerNumbers(map) : null)}
              >${says.range(count)}</span></span>`
        }
        <button aria-label=${says.layerAbove} title=${withKey(says.layerAboveMeaning, ']')}
          ?disabled=${layer === layers - 1} @click=${step(1)}>›</button>
        ${
          layers > 1
            ? html`<button class="all" title=${says.allLayersMeaning} aria-label=${says.allLayers}
          aria-pressed=${layerMerge !== null} @click=${() => this.#mergeLayers(layerMerge ? null : 'mean')}
          >${says.allLayersButton[0]}<span
          class="noun">${says.allLayersButton[1]}</span></button>`
            : nothing
        }
      </div>
    `;
  }
}
