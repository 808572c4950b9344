import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ViewState } from '../../../src/core/attention/view.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import type { Measure } from '../../../src/core/picture/type.ts';
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
import type { Mark } from '../../../src/core/picture/marks.ts';
import { words } from '../../../src/core/words/words.ts';
import type { ScrollState } from '../../../src/protocol/layout.ts';
import type { Acting } from '../../act.ts';
import { partOf } from '../../part.ts';
import { familiesOf, measureIn } from '../../picture/families.ts';
import { paint } from '../../picture/paint.ts';
import type { WeightState } from '../../state/explanations.ts';
import type { Picture } from '../../state/frame.ts';
import { SizeWatch } from '../../state/size-watch.ts';
import { columnStyles, cueStyles, sharedStyles } from '../../styles/shared.ts';
import { styled } from '../../styles/styled.ts';
import { clearedContext } from '../canvas.ts';
import { components, rowKeys, symbols, twin, type Overlay } from './overlay.ts';
import { chosenLine, emptyState, failedState, waitingLine } from './states.ts';
import { arithmeticStyles } from './styles.ts';

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
 *
 * Two canvases as large as the view lie over each other, and stay while what they show scrolls: the picture, and what
 * is pointed at. Symbols, components and keys are elements over them, for keyboard and screen reader.
 */
export class ArithmeticView extends LitElement {
  static override readonly styles = [sharedStyles, cueStyles, columnStyles, arithmeticStyles];
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
  #isOld = true;
  /** The size that the picture was painted in. */
  #painted: SizeWatch['size'] | null = null;
  #scrollWanted = 0;
  readonly #watch = new SizeWatch(this, () => this.#scroller());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#scrollWanted = this.scrollState.scroll;
    const { shown, wanted } = this.weight;
    if (changed.has('palette')) this.#isOld = true;
    if (!wanted || !shown) this.#drawn = null;
    else if (this.#drawn?.of !== shown || this.#drawn.width !== this.#watch.size.width) this.#lay();
  }

  protected override render(): TemplateResult {
    const scene = { frame: this.frame, weight: this.weight, act: this.act };
    const { wanted, failure, progress } = this.weight;
    return html`
      ${chosenLine(scene, this.view.options.layerMerge !== null)}
      ${failure ? nothing : waitingLine(scene)}
      <div class="scroller ${progress ? 'old' : ''}" tabindex="-1" @scroll=${this.#scrolled} @scrollend=${this.#scrollEnded}>
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
      whole: () => this.#change({ ...this.#choice, isWhole: !this.#choice.isWhole }),
    };
    const { query, key } = weightNames(this.frame.source.map, this.frame.source.info.sequences, shown.cell);
    return html`
      <div class="lens"><canvas class="picture" aria-hidden="true"></canvas><canvas class="pointed" aria-hidden="true"></canvas></div>
      <div class="sheet" ${styled({ height: `${layout.height}px` })}
        @pointermove=${this.#moved} @pointerleave=${() => this.#point(nothingPointed)} @click=${this.#clicked}
      >${symbols(overlay)}${components(overlay)}${rowKeys(overlay)}${twin(overlay, words().arithmetic.weightOf(query, key))}</div>
    `;
  }

  protected override updated(): void {
    if (!this.#drawn || this.weight.failure) return;
    if (this.#scrollWanted > 0) this.#scroller().scrollTop = this.#scrollWanted;
    this.#scrollWanted = 0;
    this.#paint();
  }

  #lay(): void {
    const { shown } = this.weight;
    const { width } = this.#watch.size;
    if (!shown || width === 0) return;
    const { source } = this.frame;
    const content = contentOf(shown.told, weightNames(source.map, source.info.sequences, shown.cell), this.#choice);
    const families = familiesOf(this);
    const sizes = new Map<number, Measure>();
    const measures = (size: number): Measure => {
      const known = sizes.get(size) ?? measureIn(families, size, 'words');
      sizes.set(size, known);
      return known;
    };
    this.#drawn = {
      of: shown,
      width,
      content,
      layout: layoutArithmetic(content, width, measures, {
        hasControls: true,
        hasBars: this.palette.contrast,
      }),
    };
    this.#isOld = true;
  }

  #paint(): void {
    const { shown } = this.weight;
    const drawn = this.#drawn;
    if (!drawn || !shown) return;
    const { layout, content } = drawn;
    const top = this.#scroller().scrollTop;
    const { size } = this.#watch;
    const look: ArithmeticLook = {
      palette: this.palette,
      color: this.palette.colorOf(shown.cell.head),
      formula: 'words',
    };
    const draw = (name: 'picture' | 'pointed', marks: readonly Mark[]): void => {
      const canvas = partOf(this, `canvas.${name}`, HTMLCanvasElement);
      Object.assign(canvas.style, { width: `${size.width}px`, height: `${size.height}px` });
      const context = clearedContext(canvas, size, devicePixelRatio);
      if (context) paint(context, [{ kind: 'group', y: -top, marks }], familiesOf(this));
    };
    if (this.#isOld || this.#painted !== size) {
      const view = { top, bottom: top + size.height };
      draw('picture', arithmeticMarks(layout, content, shown.cell.key, look, view));
    }
    this.#isOld = false;
    this.#painted = size;
    draw('pointed', pointedMarks(layout, this.#pointed, look));
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
    const key = this.#drawn && pointedAt(this.#drawn.layout, this.#place(event)).key;
    if (key !== null) this.#choose(key);
  };

  #place({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = partOf(this, '.sheet', HTMLElement).getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  readonly #scrolled = (): void => {
    this.#isOld = true;
    this.requestUpdate();
  };

  readonly #scrollEnded = (): void => this.act({ type: 'looked', from: { scroll: this.#scroller().scrollTop } });

  #scroller(): HTMLElement {
    return partOf(this, '.scroller', HTMLElement);
  }
}
