import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation } from '../../../src/core/block/explanation.ts';
import { pairFocus } from '../../../src/core/scene/pair.ts';
import { contentOf, plainChoice, type ArithmeticContent } from '../../../src/core/views/arithmetic/content.ts';
import { layoutArithmetic, type ArithmeticLayout } from '../../../src/core/views/arithmetic/layout.ts';
import {
  arithmeticMarks,
  pointedMarks,
  type ArithmeticLook,
  type Pointed,
} from '../../../src/core/views/arithmetic/marks.ts';
import { weightNames } from '../../../src/core/views/arithmetic/names.ts';
import { pointedAt } from '../../../src/core/views/arithmetic/pointed-at.ts';
import { words } from '../../../src/core/words/words.ts';
import { familiesOf, measuresIn } from '../../picture/families.ts';
import { columnStyles, cueStyles, sharedStyles } from '../../styles/shared.ts';
import { styled } from '../../styles/styled.ts';
import { lensCanvases, lensStyles } from '../lens.ts';
import { WeightElement, type DrawnOf } from '../weight-element.ts';
import { components, rowKeys, symbols, twin, type Overlay } from './overlay.ts';
import { arithmeticStyles, weightViewStyles } from './styles.ts';

const nothingPointed: Pointed = { part: null, component: null, key: null };

/** A picture of a weight: what it says, and where that is. */
interface Drawn extends DrawnOf<Explanation> {
  readonly content: ArithmeticContent;
  readonly layout: ArithmeticLayout;
}

/**
 * The arithmetic view: how one weight is computed, from query and key to what the head hands over.
 * Symbols, components and keys are elements over the picture, for keyboard and screen reader.
 */
export class ArithmeticView extends WeightElement<Explanation> {
  static override readonly styles = [
    sharedStyles,
    cueStyles,
    columnStyles,
    lensStyles,
    weightViewStyles,
    arithmeticStyles,
  ];

  declare protected drawn: Drawn | null;
  #choice = plainChoice;
  #pointed: Pointed = nothingPointed;
  #symbol = '';

  protected override picture(): TemplateResult | typeof nothing {
    const { shown } = this.weight;
    if (!this.drawn || !shown) return nothing;
    const { content, layout } = this.drawn;
    const overlay: Overlay = {
      content,
      layout,
      pointed: this.#pointed,
      symbol: this.#symbol,
      pair: shown.cell.key,
      ...this.#choice,
      point: (pointed) => this.#point(pointed),
      choose: (key) => this.#choose(key),
      sort: () => this.#change({ ...this.#choice, isSorted: !this.#choice.isSorted }),
      why: () => this.act({ type: 'explain', token: null, view: 'parts' }),
      whole: () => this.#change({ ...this.#choice, isWhole: !this.#choice.isWhole }),
    };
    const { query, key } = weightNames(this.frame.source.map, this.frame.source.info.sequences, shown.cell);
    return html`
      ${lensCanvases()}
      <div class="sheet" ${styled({ height: `${layout.height}px` })}
        @pointermove=${this.#moved} @pointerleave=${() => this.#point(nothingPointed)} @click=${this.#clicked}
      >${symbols(overlay)}${components(overlay)}${rowKeys(overlay)}${twin(overlay, words().arithmetic.weightOf(query, key))}</div>
    `;
  }

  protected override updated(): void {
    const { shown, failure } = this.weight;
    if (!this.drawn || !shown || failure) return;
    const { layout, content } = this.drawn;
    const look: ArithmeticLook = {
      palette: this.palette,
      color: this.palette.colorOf(shown.cell.head),
      formula: 'words',
    };
    this.lens.paint(
      (view) => arithmeticMarks(layout, content, shown.cell.key, look, view),
      pointedMarks(layout, this.#pointed, look),
    );
  }

  protected override lay(): void {
    const { shown } = this.weight;
    const { width } = this.lens.size;
    if (!shown || width === 0) return;
    const { source } = this.frame;
    const content = contentOf(shown.told, weightNames(source.map, source.info.sequences, shown.cell), this.#choice);
    this.drawn = {
      of: shown,
      width,
      content,
      layout: layoutArithmetic(content, width, measuresIn(familiesOf(this)), {
        hasControls: true,
        hasBars: this.palette.contrast,
      }),
    };
    this.lens.age();
  }

  #change(choice: typeof plainChoice): void {
    this.#choice = choice;
    this.lay();
    this.requestUpdate();
  }

  #point(pointed: Partial<Pointed>): void {
    const next = { ...this.#pointed, ...pointed };
    const { part, component, key } = this.#pointed;
    if (next.part === part && next.component === component && next.key === key) return;
    if (next.part !== null) this.#symbol = next.part;
    this.#pointed = next;
    this.requestUpdate();
  }

  /** Explains the weight of another key of the row. */
  #choose(key: number): void {
    const { wanted } = this.weight;
    if (!wanted) return;
    const { source, options } = this.frame;
    const token = pairFocus({ query: wanted.query, key }, source.map, options);
    this.act({ type: 'select', selection: { ...source.selection, token }, step: true });
  }

  readonly #moved = (event: PointerEvent): void => {
    if (this.drawn) this.#point(pointedAt(this.drawn.layout, this.placeOf(event)));
  };

  readonly #clicked = (event: MouseEvent): void => {
    // What a button does may have taken this view away by now.
    if (event.target instanceof HTMLButtonElement) return;
    const key = this.drawn && pointedAt(this.drawn.layout, this.placeOf(event)).key;
    if (key !== null) this.#choose(key);
  };
}
