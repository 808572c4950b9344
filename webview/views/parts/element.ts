import { html, nothing, type TemplateResult } from 'lit';
import { layerNumber } from '../../../src/core/attention/layers.ts';
import type { ScoreParts } from '../../../src/core/block/score-parts.ts';
import { weightNames, type WeightNames } from '../../../src/core/views/arithmetic/names.ts';
import { partsContent, type PartsContent } from '../../../src/core/views/parts/content.ts';
import { layoutParts, minRoomy, noteSize, placeAt, type PartsLayout } from '../../../src/core/views/parts/layout.ts';
import { partsMarks, pointedMarks } from '../../../src/core/views/parts/marks.ts';
import type { TablePlace } from '../../../src/core/views/parts/table.ts';
import { words } from '../../../src/core/words/words.ts';
import { familiesOf, measuresIn } from '../../picture/families.ts';
import { columnStyles, cueStyles, sharedStyles } from '../../styles/shared.ts';
import { styled } from '../../styles/styled.ts';
import { weightViewStyles } from '../arithmetic/styles.ts';
import { named, placedTerms } from '../../controls/term.ts';
import { lensCanvases, lensStyles } from '../lens.ts';
import { WeightElement, type DrawnOf } from '../weight-element.ts';
import { grid, readout, twin } from './overlay.ts';
import { partsStyles } from './styles.ts';

/** A picture of a score's parts: what it says, and where that is. */
interface Drawn extends DrawnOf<ScoreParts> {
  readonly names: WeightNames;
  readonly content: PartsContent;
  readonly layout: PartsLayout;
}

/**
 * Why this score: what was written to the query meets what was written to the key, as a table, in words, and in the
 * largest terms. The table is a grid over the picture, for keyboard and screen reader.
 */
export class PartsView extends WeightElement<ScoreParts> {
  static override readonly styles = [sharedStyles, cueStyles, columnStyles, lensStyles, weightViewStyles, partsStyles];

  declare protected drawn: Drawn | null;
  #pointed: TablePlace | null = null;
  /** Where the keyboard is in the table. */
  #cursor: TablePlace = { row: 0, column: 0 };

  /** The way back, and of which score this is. */
  protected override heading(): TemplateResult {
    const says = words().scoreParts;
    const { wanted } = this.weight;
    const { source } = this.frame;
    const names = wanted && weightNames(source.map, source.info.sequences, wanted);
    const head = wanted && words().names.headOf(layerNumber(source.map, wanted.layer), wanted.head);
    return html`<div class="way ${this.lens.size.width < minRoomy ? 'narrow' : ''}"><span class="here"><button
      class="link" title=${says.backMeaning} @click=${() => this.act({ type: 'explain', token: null })}>${
        says.back
      }</button> <span aria-hidden="true">›</span> <h2>${named('score', words().views.names.parts.says, this.act)}</h2></span>${
        names && head !== null
          ? html`<span class="of" .textContent=${`${names.query} → ${names.key} · ${head}`}></span>`
          : nothing
      }</div>`;
  }

  protected override picture(): TemplateResult | typeof nothing {
    if (!this.drawn) return nothing;
    const { names, layout, content } = this.drawn;
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
      })}${placedTerms(layout.glossary, this.act)}${readout(layout, this.#pointed)}${twin(content, layout.table, names)}</div>
    `;
  }

  protected override updated(): void {
    if (!this.drawn || this.weight.failure) return;
    const { layout } = this.drawn;
    const look = { palette: this.palette, measure: measuresIn(familiesOf(this))(noteSize) };
    this.lens.paint(() => partsMarks(layout, look), pointedMarks(layout, this.#pointed, look));
  }

  protected override lay(): void {
    const { shown } = this.weight;
    const { width } = this.lens.size;
    if (!shown || width === 0) return;
    const { source } = this.frame;
    const names = weightNames(source.map, source.info.sequences, shown.cell);
    const content = partsContent(shown.told, names);
    const options = { hasControls: true, hasBars: this.palette.contrast };
    const layout = layoutParts(content, width, measuresIn(familiesOf(this)), options);
    this.#pointed = null;
    this.drawn = { of: shown, width, names, content, layout };
    this.lens.age();
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

  readonly #moved = (event: PointerEvent): void => {
    if (this.drawn) this.#point(placeAt(this.drawn.layout, this.placeOf(event)));
  };
}
