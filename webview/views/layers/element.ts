import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { otherLayers } from '../../../src/core/attention/layers.ts';
import type { HeadPlace } from '../../../src/core/attention/order.ts';
import { headMeasures, headMetrics } from '../../../src/core/measures/head-measures.ts';
import { layoutLayers, stepAlong, type LayerLayout } from '../../../src/core/views/layers/layout.ts';
import { dotNear, layoutPlane, stepOnPlane, type PlaneLayout } from '../../../src/core/views/layers/plane-layout.ts';
import { planeLabelSize } from '../../../src/core/views/layers/plane-marks.ts';
import { Last } from '../../../src/core/scene/last.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import type { Acting } from '../../act.ts';
import { familiesOf, measureIn } from '../../picture/families.ts';
import { SizeWatch } from '../../state/size-watch.ts';
import { effectsButton, effectsLine, effectsStyles } from '../../controls/effects-line.ts';
import { headTable } from '../../controls/head-table.ts';
import { marked } from '../../controls/term.ts';
import type { EffectsState } from '../../state/effects-source.ts';
import type { Frame } from '../../state/frame.ts';
import type { ScrollState } from '../../../src/protocol/layout.ts';
import { barStyles, cueStyles, insteadStyles, sharedStyles } from '../../styles/shared.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { followed, openHead, placeOf, selectHead } from '../head-places.ts';
import { partOf, reveal } from '../../part.ts';
import { chartChoice, noPlane } from './chart-choice.ts';
import { axisOf, bandsOf, dotId, longestReadout, readout, stripsOf, type ChartScene } from './draw.ts';
import { planeLegend, planeParts, planeReadout, planeTable, type PlaneScene } from './plane.ts';
import { viewSwitchStyles } from '../../controls/view-switch.ts';
import { layerStyles } from './styles.ts';
import { words } from '../../../src/core/words/words.ts';

/** The terms that the line above the strips may name. */
const readoutTerms = ['head', 'entropy', 'distance', 'special-token', 'effect', 'js-divergence'] as const;
/** How near the mouse has to be to a head of the map, in pixels. */
const reach = 14;
/** The room below the map for what shapes and distances mean, in pixels; where it takes more, the view is scrolled. */
const legendRoom = 64;

/**
 * The layer view: what the heads of each layer do on this text, as a strip of dots a layer along a metric; or a map of all
 * heads, those with similar weights near each other.
 */
export class LayerView extends LitElement {
  static override readonly styles = [
    sharedStyles,
    cueStyles,
    barStyles,
    insteadStyles,
    effectsStyles,
    viewSwitchStyles,
    layerStyles,
  ];
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
  /** The map of all heads, while that is the chart. */
  #plane: PlaneLayout | null = null;
  readonly #lastPlane = new Last<PlaneLayout>();
  #active: HeadPlace = { layer: 0, head: 0 };
  #pointed: HeadPlace | null = null;
  #longestReadout = '';
  readonly #lastReadout = new Last<string>();
  #hasKeyboard = false;
  #activeMoved = false;
  #scrollWanted = 0;
  readonly #watch = new SizeWatch(this, () => this.#scroller());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#scrollWanted = this.scrollState.scroll;
    if (changed.has('frame')) this.#follow(changed.get('frame'));
    const { summaries, map } = this.frame;
    this.#longestReadout = this.#lastReadout.of([summaries, map, this.#meaning, this.#says], () =>
      longestReadout(this.frame, this.#meaning, this.#says),
    );
    const { size } = this.#watch;
    const known = summaries ?? [];
    const room = { width: size.width, height: size.height - legendRoom };
    if (this.#isPlane) this.#plane = this.#lastPlane.of([size, summaries], () => layoutPlane(room, known));
    else {
      this.#plane = null;
      const others = summaries ? otherLayers(map) : [];
      this.#layout = layoutLayers(size.width, size.height, known, this.view.metric, others);
    }
  }

  protected override render(): TemplateResult {
    const hasRoom = this.#watch.size.width > 0;
    // No whitespace: it would be nodes more.
    return html`<div class="bar">${chartChoice(this)}${this.#isPlane ? nothing : this.#measures()}<span class="readout"
        ><span>${marked(this.#readout(), readoutTerms, this.act)}</span><span class="reserved" aria-hidden="true">${this.#longestReadout}</span></span></div><div
        class="scroller" tabindex="-1" @scrollend=${() => this.act({ type: 'looked', from: { scroll: this.#scroller().scrollTop } })}>
        ${hasRoom ? (this.#isPlane ? this.#map() : this.#scale()) : nothing}
      </div>
      ${this.#isPlane ? guard([this.frame.summaries, this.frame.map], () => planeTable(this.frame)) : headTable(this.frame)}
    `;
  }

  /** What is measured, and for effects the button that measures them. */
  #measures(): TemplateResult {
    const { metric } = this.view;
    return html`<vscode-single-select label=${words().views.measured} title=${this.#meaning} .selectedIndex=${headMetrics.indexOf(metric)}
      @change=${this.#chosen}>${headMetrics.map(
        (one) =>
          html`<vscode-option value=${one} ?selected=${one === metric}>${headMeasures[one].says().name}</vscode-option>`,
      )}</vscode-single-select>${metric === 'effect' ? [effectsButton(this), effectsLine(this)] : nothing}`;
  }

  #scale(): TemplateResult {
    const { metric } = this.view;
    const { frame, palette } = this;
    const scene: ChartScene = { frame, layout: this.#layout, palette, active: this.#active, metric };
    return html`<svg role="grid" tabindex="0" aria-label=${words().views.headsBy(headMeasures[metric].says().axis)}
      aria-multiselectable="true" aria-activedescendant=${dotId(this.#active)} width=${this.#layout.width}
      height=${this.#layout.height} @keydown=${this.#pressed} @focus=${() => this.#keyboard(true)}
      @blur=${() => this.#keyboard(false)} @pointerover=${(event: Event) => this.#point(placeOf(event))}
      @pointerleave=${() => this.#point(null)} @click=${(event: MouseEvent) => this.#select(placeOf(event), event.detail)}
      @dblclick=${(event: Event) => this.#open(placeOf(event))}
      >${axisOf(scene)}${bandsOf(scene)}${stripsOf(scene)}</svg>`;
  }

  #map(): TemplateResult {
    const layout = this.#plane;
    const { frame, palette } = this;
    if (!layout || layout.dots.length === 0) return noPlane(this);
    const measure = measureIn(familiesOf(this), planeLabelSize, 'words');
    const scene: PlaneScene = { frame, layout, palette, measure, active: this.#active, read: this.#read };
    const near = (event: MouseEvent): HeadPlace | null => dotNear(layout, event.offsetX, event.offsetY, reach);
    return html`<svg class="plane" role="listbox" tabindex="0" aria-label=${words().plane.name} aria-multiselectable="true"
      aria-activedescendant=${dotId(this.#active)} width=${layout.width} height=${layout.height} @keydown=${this.#pressed}
      @focus=${() => this.#keyboard(true)} @blur=${() => this.#keyboard(false)}
      @pointermove=${(event: PointerEvent) => this.#point(near(event))} @pointerleave=${() => this.#point(null)}
      @click=${(event: MouseEvent) => this.#select(near(event), event.detail)}
      @dblclick=${(event: MouseEvent) => this.#open(near(event))}
      >${planeParts(scene)}</svg>${planeLegend(frame, palette)}`;
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
      const { layer, head } = this.#plane
        ? stepOnPlane(this.#plane, this.#active, event.key)
        : stepAlong(this.#layout, this.#active, event.key);
      this.#active = { layer, head };
      this.#activeMoved = true;
      this.#pointed = null;
      this.requestUpdate();
    }
    event.preventDefault();
  };

  /** What is said of the head that is read; where there is none, what is shown. */
  #readout(): string {
    const place = this.#read;
    return place ? this.#says(this.frame, place) : this.#meaning;
  }

  /** The head under the mouse, under the keyboard or in focus. */
  get #read(): HeadPlace | null {
    const isActive = this.#hasKeyboard || this.frame.selection.head !== null;
    return this.#pointed ?? (isActive ? this.#active : null);
  }

  get #isPlane(): boolean {
    return this.view.chart === 'similarity';
  }

  get #says(): typeof readout {
    return this.#isPlane ? planeReadout : readout;
  }

  /** What the chart shows. */
  get #meaning(): string {
    return this.#isPlane ? words().plane.charts.similarity.says : headMeasures[this.view.metric].says().meaning;
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
