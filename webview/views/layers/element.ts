import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { otherLayers } from '../../../src/core/attention/layers.ts';
import type { HeadPlace } from '../../../src/core/attention/order.ts';
import { headMeasures, headMetrics } from '../../../src/core/measures/head-measures.ts';
import { layoutLayers, stepAlong, type LayerLayout } from '../../../src/core/views/layers/layout.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import type { Acting } from '../../act.ts';
import { SizeWatch } from '../../state/size-watch.ts';
import { effectsButton, effectsLine, effectsStyles } from '../../controls/effects-line.ts';
import { headTable } from '../../controls/head-table.ts';
import type { EffectsState } from '../../state/effects-source.ts';
import type { Frame } from '../../state/frame.ts';
import type { ScrollState } from '../../../src/protocol/layout.ts';
import { barStyles, cueStyles, sharedStyles } from '../../styles/shared.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { followed, openHead, placeOf, selectHead } from '../head-places.ts';
import { partOf, reveal } from '../../part.ts';
import { axisOf, bandsOf, dotId, longestReadout, readout, stripsOf, type ChartScene } from './draw.ts';
import { layerStyles } from './styles.ts';
import { words } from '../../../src/core/words/words.ts';

/** The layer view: what the heads of each layer do on this text, as a strip of dots a layer along a metric. */
export class LayerView extends LitElement {
  static override readonly styles = [sharedStyles, cueStyles, barStyles, effectsStyles, layerStyles];
  static override readonly properties = {
    frame: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    view: { attribute: false },
    effects: { attribute: false },
    scrollState: { attribute: false },
  };

  declare frame: Frame;
  declare palette: Palette;
  declare act: Acting;
  declare view: ViewState;
  declare effects: EffectsState;
  /** From where to look at first. */
  declare scrollState: ScrollState;

  #layout: LayerLayout = layoutLayers(0, 0, [], 'entropy', []);
  #active: HeadPlace = { layer: 0, head: 0 };
  #pointed: HeadPlace | null = null;
  #longestReadout = '';
  #hasKeyboard = false;
  #activeMoved = false;
  #scrollWanted = 0;
  readonly #watch = new SizeWatch(this, () => this.#scroller());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#scrollWanted = this.scrollState.scroll;
    if (changed.has('frame')) this.#follow(changed.get('frame'));
    if (changed.has('frame') || changed.has('view')) {
      const meaning = headMeasures[this.view.metric].says().meaning;
      this.#longestReadout = longestReadout(this.frame, meaning);
    }
    const { summaries, map } = this.frame;
    const { width, height } = this.#watch.size;
    this.#layout = layoutLayers(width, height, summaries ?? [], this.view.metric, summaries ? otherLayers(map) : []);
  }

  protected override render(): TemplateResult {
    const { metric } = this.view;
    const { axis, meaning } = headMeasures[metric].says();
    const scene: ChartScene = {
      frame: this.frame,
      layout: this.#layout,
      palette: this.palette,
      active: this.#active,
      metric,
    };
    // No whitespace: it would be nodes more.
    return html`<div class="bar"><vscode-single-select label=${words().views.measured} title=${meaning} .selectedIndex=${headMetrics.indexOf(metric)}
          @change=${this.#chosen}>${headMetrics.map(
            (one) => html`<vscode-option value=${one}
            ?selected=${one === metric}>${headMeasures[one].says().name}</vscode-option>`,
          )}</vscode-single-select>${metric === 'effect' ? [effectsButton(this), effectsLine(this)] : nothing}<span
        class="readout"><span>${this.#readout(meaning)}</span><span class="reserved" aria-hidden="true"
          >${this.#longestReadout}</span></span></div><div class="scroller" tabindex="-1"
        @scrollend=${() => this.act({ type: 'looked', from: { scroll: this.#scroller().scrollTop } })}>
        ${
          this.#layout.width > 0
            ? html`
          <svg
            role="grid"
            tabindex="0"
            aria-label=${words().views.headsBy(axis)}
            aria-multiselectable="true"
            aria-activedescendant=${dotId(this.#active)}
            width=${this.#layout.width}
            height=${this.#layout.height}
            @keydown=${this.#pressed}
            @focus=${() => this.#keyboard(true)}
            @blur=${() => this.#keyboard(false)}
            @pointerover=${(event: Event) => this.#point(placeOf(event))}
            @pointerleave=${() => this.#point(null)}
            @click=${(event: MouseEvent) => this.#select(placeOf(event), event.detail)}
            @dblclick=${(event: Event) => this.#open(placeOf(event))}
          >${axisOf(scene)}${bandsOf(scene)}${stripsOf(scene)}</svg>`
            : nothing
        }
      </div>
      ${headTable(this.frame)}
    `;
  }

  protected override updated(): void {
    if (this.#layout.width === 0) return;
    if (this.#scrollWanted > 0) this.#scroller().scrollTop = this.#scrollWanted;
    this.#scrollWanted = 0;
    if (!this.#activeMoved) return;
    this.#activeMoved = false;
    const dot = this.renderRoot.querySelector(`#${dotId(this.#active)}`);
    if (dot) reveal(dot);
  }

  #follow(before: Frame | undefined): void {
    const place = followed(before, this.frame);
    if (!place) return;
    this.#active = place;
    this.#activeMoved = true;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') this.#open(this.#active);
    else if (event.key === ' ') this.#select(this.#active, 1);
    else if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) return;
    else {
      const { layer, head } = stepAlong(this.#layout, this.#active, event.key);
      this.#active = { layer, head };
      this.#activeMoved = true;
      this.#pointed = null;
      this.requestUpdate();
    }
    event.preventDefault();
  };

  /** The head under the mouse, under the keyboard or in focus; where there is none, what is measured. */
  #readout(meaning: string): string {
    const isActive = this.#hasKeyboard || this.frame.selection.head !== null;
    const place = this.#pointed ?? (isActive ? this.#active : null);
    return place ? readout(this.frame, place) : meaning;
  }

  #keyboard(isHere: boolean): void {
    this.#hasKeyboard = isHere;
    this.requestUpdate();
  }

  #point(place: HeadPlace | null): void {
    if (place?.layer === this.#pointed?.layer && place?.head === this.#pointed?.head) return;
    this.#pointed = place;
    this.requestUpdate();
  }

  #select(place: HeadPlace | null, clicks: number): void {
    if (!place || clicks > 1) return;
    this.#active = place;
    this.act(selectHead(this.frame, this.view, place));
  }

  #open(place: HeadPlace | null): void {
    if (place) this.act(openHead(this.frame, this.view, place));
  }

  readonly #chosen = ({ target }: Event): void => {
    const metric =
      target instanceof HTMLElement && 'selectedIndex' in target
        ? headMetrics[Number(target.selectedIndex)]
        : undefined;
    if (metric) this.act({ type: 'view', view: { ...this.view, metric } });
  };

  #scroller(): HTMLElement {
    return partOf(this, '.scroller', HTMLElement);
  }
}
