import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { layerNumber } from '../../../src/core/attention/layers.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { weightNames, type WeightNames } from '../../../src/core/views/arithmetic/names.ts';
import { partsContent, type PartsContent } from '../../../src/core/views/parts/content.ts';
import { layoutParts, minRoomy, noteSize, placeAt, type PartsLayout } from '../../../src/core/views/parts/layout.ts';
import { partsMarks, pointedMarks } from '../../../src/core/views/parts/marks.ts';
import type { TablePlace } from '../../../src/core/views/parts/table.ts';
import { words } from '../../../src/core/words/words.ts';
import type { ScrollState } from '../../../src/protocol/layout.ts';
import type { Acting } from '../../act.ts';
import { partOf } from '../../part.ts';
import { familiesOf, measuresIn } from '../../picture/families.ts';
import type { Picture } from '../../state/frame.ts';
import type { PartsState } from '../../state/pair-source.ts';
import { columnStyles, cueStyles, sharedStyles } from '../../styles/shared.ts';
import { styled } from '../../styles/styled.ts';
import { chosenLine, emptyState, failedState, waitingLine } from '../arithmetic/states.ts';
import { weightViewStyles } from '../arithmetic/styles.ts';
import { Lens, lensCanvases } from '../lens.ts';
import { grid, readout, twin } from './overlay.ts';
import { partsStyles } from './styles.ts';

/** A picture of a score's parts: what it says, and where that is. */
interface Drawn {
  readonly of: PartsState['shown'];
  readonly width: number;
  readonly names: WeightNames;
  readonly content: PartsContent;
  readonly layout: PartsLayout;
}

/**
 * Why this score: what was written to the query meets what was written to the key, as a table, in words, and in the
 * largest terms. The table is a grid over the picture, for keyboard and screen reader.
 */
export class PartsView extends LitElement {
  static override readonly styles = [sharedStyles, cueStyles, columnStyles, weightViewStyles, partsStyles];
  static override readonly properties = {
    frame: { attribute: false },
    weight: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    view: { attribute: false },
    scrollState: { attribute: false },
  };

  declare frame: Picture;
  declare weight: PartsState;
  declare palette: Palette;
  /** Takes what is asked for in tokens. */
  declare act: Acting;
  declare view: ViewState;
  /** From where to look at first. */
  declare scrollState: ScrollState;

  #pointed: TablePlace | null = null;
  /** Where the keyboard is in the table. */
  #cursor: TablePlace = { row: 0, column: 0 };
  #drawn: Drawn | null = null;
  readonly #lens = new Lens(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#lens.scrollTo(this.scrollState.scroll);
    const { shown, wanted } = this.weight;
    if (changed.has('palette')) this.#lens.age();
    if (!wanted || !shown) this.#drawn = null;
    else if (this.#drawn?.of !== shown || this.#drawn.width !== this.#lens.size.width) this.#lay();
  }

  protected override render(): TemplateResult {
    const scene = { frame: this.frame, weight: this.weight, act: this.act };
    const { wanted, failure, progress } = this.weight;
    return html`
      ${this.#way()}
      ${chosenLine(scene, this.view.options.layerMerge !== null)}
      ${failure ? nothing : waitingLine(scene)}
      <div class="scroller ${progress ? 'old' : ''}" tabindex="-1" @scroll=${this.#lens.scrolled} @scrollend=${this.#scrollEnded}>
        ${wanted ? (failure ? failedState(scene) : this.#picture()) : emptyState(scene)}
      </div>
    `;
  }

  /** The way back, and of which score this is. */
  #way(): TemplateResult {
    const says = words().scoreParts;
    const { wanted } = this.weight;
    const { source } = this.frame;
    const names = wanted && weightNames(source.map, source.info.sequences, wanted);
    const head = wanted && words().names.headOf(layerNumber(source.map, wanted.layer), wanted.head);
    return html`<div class="way ${this.#lens.size.width < minRoomy ? 'narrow' : ''}"><span class="here"><button
      class="link" title=${says.backMeaning} @click=${() => this.act({ type: 'explain', token: null })}>${
        says.back
      }</button> <span aria-hidden="true">›</span> <h2>${words().views.names.parts.says}</h2></span>${
        names && head !== null
          ? html`<span class="of" .textContent=${`${names.query} → ${names.key} · ${head}`}></span>`
          : nothing
      }</div>`;
  }

  #picture(): TemplateResult | typeof nothing {
    if (!this.#drawn) return nothing;
    const { names, layout, content } = this.#drawn;
    const cursor = this.#inside(this.#cursor, layout);
    return html`
      ${lensCanvases()}
      <div class="sheet" ${styled({ height: `${layout.height}px` })}
        @pointermove=${this.#moved} @pointerleave=${() => this.#point(null)}
      >${grid({
        layout,
        cursor,
        move: (place) => this.#go(place),
        leave: () => this.#point(null),
      })}${readout(layout, this.#pointed)}${twin(content, layout.table, names)}</div>
    `;
  }

  protected override updated(): void {
    if (!this.#drawn || this.weight.failure) return;
    const { layout } = this.#drawn;
    const look = { palette: this.palette, measure: measuresIn(familiesOf(this))(noteSize) };
    this.#lens.paint(() => partsMarks(layout, look), pointedMarks(layout, this.#pointed, look));
  }

  #lay(): void {
    const { shown } = this.weight;
    const { width } = this.#lens.size;
    if (!shown || width === 0) return;
    const { source } = this.frame;
    const names = weightNames(source.map, source.info.sequences, shown.cell);
    const content = partsContent(shown.told, names);
    const options = { hasControls: true, hasBars: this.palette.contrast };
    const layout = layoutParts(content, width, measuresIn(familiesOf(this)), options);
    this.#pointed = null;
    this.#drawn = { of: shown, width, names, content, layout };
    this.#lens.age();
  }

  /** A place that the table has, the sums included. */
  #inside({ row, column }: TablePlace, { table }: PartsLayout): TablePlace {
    return { row: Math.min(row, table.rows.length), column: Math.min(column, table.columns.length) };
  }

  #go(place: TablePlace): void {
    this.#cursor = place;
    this.#point(place);
    this.requestUpdate();
  }

  #point(place: TablePlace | null): void {
    if (place?.row === this.#pointed?.row && place?.column === this.#pointed?.column) return;
    this.#pointed = place;
    this.requestUpdate();
  }

  readonly #moved = ({ clientX, clientY }: PointerEvent): void => {
    if (!this.#drawn) return;
    const { left, top } = partOf(this, '.sheet', HTMLElement).getBoundingClientRect();
    this.#point(placeAt(this.#drawn.layout, { x: clientX - left, y: clientY - top }));
  };

  readonly #scrollEnded = (): void => this.act({ type: 'looked', from: { scroll: this.#lens.scroll } });
}
