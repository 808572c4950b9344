import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
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
import { partOfSymbol, symbolOfPart, type WeightSymbol } from '../../../src/core/views/arithmetic/symbols.ts';
import { words } from '../../../src/core/words/words.ts';
import { familiesOf, measuresIn } from '../../picture/families.ts';
import { columnStyles, cueStyles, sharedStyles } from '../../styles/shared.ts';
import { styled } from '../../styles/styled.ts';
import { lensCanvases, lensStyles } from '../lens.ts';
import { WeightElement, type DrawnOf } from '../weight-element.ts';
import { components, namedTerms, rowKeys, symbols, twin, type Overlay } from './overlay.ts';
import { arithmeticStyles, weightViewStyles } from './styles.ts';

/** Pixels above what is scrolled to. */
const margin = 24;

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

  static override readonly properties = {
    ...WeightElement.properties,
    named: { attribute: false },
    point: { attribute: false },
  };

  declare protected drawn: Drawn | null;
  /** The part that a word of a lesson names: it is marked while nothing else is pointed at. */
  declare named: WeightSymbol | null;
  /** Takes what is pointed at, as a lesson calls it. */
  declare point: (symbol: WeightSymbol | null) => void;
  #choice = plainChoice;
  #pointed: Pointed = nothingPointed;
  #symbol = '';
  /** The part that was named is out of sight as long as it was not looked for. */
  #isSought = false;

  protected override picture(): TemplateResult | typeof nothing {
    const { shown } = this.weight;
    if (!this.drawn || !shown) return nothing;
    const { content, layout } = this.drawn;
    const overlay: Overlay = {
      content,
      layout,
      pointed: this.#marked,
      symbol: this.#symbol,
      pair: shown.cell.key,
      ...this.#choice,
      point: (pointed) => this.#point(pointed),
      choose: (key) => this.#choose(key),
      sort: () => this.#change({ ...this.#choice, isSorted: !this.#choice.isSorted }),
      act: this.act,
      why: () => this.act({ type: 'explain', token: null, view: 'parts' }),
      whole: () => this.#change({ ...this.#choice, isWhole: !this.#choice.isWhole }),
    };
    const { query, key } = weightNames(this.frame.source.map, this.frame.source.info.sequences, shown.cell);
    return html`
      ${lensCanvases()}
      <div class="sheet" ${styled({ height: `${layout.height}px` })}
        @pointermove=${this.#moved} @pointerleave=${() => this.#point(nothingPointed)} @click=${this.#clicked}
      >${symbols(overlay)}${components(overlay)}${rowKeys(overlay)}${namedTerms(overlay)}${twin(overlay, words().arithmetic.weightOf(query, key))}</div>
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
    const pointed = pointedMarks(layout, this.#marked, look);
    if (this.#isSought) this.#seek(pointed);
    this.lens.paint((view) => arithmeticMarks(layout, content, shown.cell.key, look, view), pointed);
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

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('named')) this.#isSought = this.named !== null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.point(null);
  }

  /** What is pointed at here, or else what a lesson names. */
  get #marked(): Pointed {
    const { part, component, key } = this.#pointed;
    if (!this.drawn || this.named === null || part !== null || component !== null || key !== null) return this.#pointed;
    return { ...nothingPointed, part: partOfSymbol(this.named, this.drawn.layout) };
  }

  /** Scrolls to what a lesson names where it is out of sight. */
  #seek(marks: ReturnType<typeof pointedMarks>): void {
    this.#isSought = false;
    const boxes = marks.filter((mark) => mark.kind === 'rectangle');
    const top = Math.min(...boxes.map(({ y }) => y));
    const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
    const { scroll, size } = this.lens;
    if (boxes.length > 0 && (top < scroll || bottom > scroll + size.height)) {
      this.lens.scrollTo(Math.max(1, top - margin));
      this.lens.age();
    }
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
    this.point(symbolOfPart(next.part));
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
