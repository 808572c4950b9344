import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ViewState } from '../../../src/core/attention/view.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
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
import type { ScrollState } from '../../../src/protocol/layout.ts';
import type { Acting } from '../../act.ts';
import { partOf } from '../../part.ts';
import { familiesOf, measuresIn } from '../../picture/families.ts';
import type { WeightState } from '../../state/pair-source.ts';
import type { Picture } from '../../state/frame.ts';
import { columnStyles, cueStyles, sharedStyles } from '../../styles/shared.ts';
import { styled } from '../../styles/styled.ts';
import { Lens, lensCanvases } from '../lens.ts';
import { components, rowKeys, symbols, twin, type Overlay } from './overlay.ts';
import { chosenLine, emptyState, failedState, waitingLine } from './states.ts';
import { arithmeticStyles, weightViewStyles } from './styles.ts';

const nothingPointed: Pointed = { part: null, component: null, key: null };

/** A picture of a weight: what it says, and where that is. */
interface Drawn {
  readonly of: WeightState['shown'];
  readonly width: number;
  readonly content: ArithmeticContent;
  readonly layout: ArithmeticLayout;
}

/**
 * The arithmetic view: how one weight is computed, from query and key to what the head hands over.
 * Symbols, components and keys are elements over the picture, for keyboard and screen reader.
 */
export class ArithmeticView extends LitElement {
  static override readonly styles = [sharedStyles, cueStyles, columnStyles, weightViewStyles, arithmeticStyles];
  static override readonly properties = {
    frame: { attribute: false },
    weight: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    view: { attribute: false },
    scrollState: { attribute: false },
  };

  declare frame: Picture;
  declare weight: WeightState;
  declare palette: Palette;
  /** Takes what is asked for in tokens. */
  declare act: Acting;
  declare view: ViewState;
  /** From where to look at first. */
  declare scrollState: ScrollState;

  #choice = plainChoice;
  #pointed: Pointed = nothingPointed;
  #symbol = '';
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
      ${chosenLine(scene, this.view.options.layerMerge !== null)}
      ${failure ? nothing : waitingLine(scene)}
      <div class="scroller ${progress ? 'old' : ''}" tabindex="-1" @scroll=${this.#lens.scrolled} @scrollend=${this.#scrollEnded}>
        ${wanted ? (failure ? failedState(scene) : this.#picture()) : emptyState(scene)}
      </div>
    `;
  }

  #picture(): TemplateResult | typeof nothing {
    const { shown } = this.weight;
    if (!this.#drawn || !shown) return nothing;
    const { content, layout } = this.#drawn;
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
    if (!this.#drawn || !shown || failure) return;
    const { layout, content } = this.#drawn;
    const look: ArithmeticLook = {
      palette: this.palette,
      color: this.palette.colorOf(shown.cell.head),
      formula: 'words',
    };
    this.#lens.paint(
      (view) => arithmeticMarks(layout, content, shown.cell.key, look, view),
      pointedMarks(layout, this.#pointed, look),
    );
  }

  #lay(): void {
    const { shown } = this.weight;
    const { width } = this.#lens.size;
    if (!shown || width === 0) return;
    const { source } = this.frame;
    const content = contentOf(shown.told, weightNames(source.map, source.info.sequences, shown.cell), this.#choice);
    this.#drawn = {
      of: shown,
      width,
      content,
      layout: layoutArithmetic(content, width, measuresIn(familiesOf(this)), {
        hasControls: true,
        hasBars: this.palette.contrast,
      }),
    };
    this.#lens.age();
  }

  #change(choice: typeof plainChoice): void {
    this.#choice = choice;
    this.#lay();
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
    if (this.#drawn) this.#point(pointedAt(this.#drawn.layout, this.#place(event)));
  };

  readonly #clicked = (event: MouseEvent): void => {
    // What a button does may have taken this view away by now.
    if (event.target instanceof HTMLButtonElement) return;
    const key = this.#drawn && pointedAt(this.#drawn.layout, this.#place(event)).key;
    if (key !== null) this.#choose(key);
  };

  #place({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = partOf(this, '.sheet', HTMLElement).getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  readonly #scrollEnded = (): void => this.act({ type: 'looked', from: { scroll: this.#lens.scroll } });
}
