import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { TokenFocus } from '../../../src/core/attention/selection.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import type { Acting } from '../../act.ts';
import { otherSide, partnersOf } from '../../../src/core/scene/links.ts';
import { sameToken, type Focus } from '../../state/focus.ts';
import type { Frame } from '../../state/frame.ts';
import type { ScrollState } from '../../../src/protocol/layout.ts';
import { cueStyles, sharedStyles, stageStyles } from '../../styles/shared.ts';
import { styled } from '../../styles/styled.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { named } from '../../controls/term.ts';
import { partOf } from '../../part.ts';
import { SizeWatch } from '../../state/size-watch.ts';
import { captionsOf, focusMarks, leftOutWords, restMarks } from '../../../src/core/views/heads/marks.ts';
import type { Mark } from '../../../src/core/picture/marks.ts';
import { paint } from '../../picture/paint.ts';
import { clearedContext } from '../canvas.ts';
import { layoutHeads, scrollTo, type HeadLayout } from '../../../src/core/views/heads/layout.ts';
import { collectLines, linesInView, type LineSet, type VisibleLines } from '../../../src/core/views/heads/lines.ts';
import { rowId, rowsOf, type RowScene } from './rows.ts';
import { headStyles } from './styles.ts';
import { words } from '../../../src/core/words/words.ts';

/**
 * No more lines than this are drawn at rest, which keeps 64 tokens × 12 heads within 50 ms; beyond it the weakest are
 * left out, and the view says so.
 */
const lineBudget = 5_000;
/** The tokens are in the document: nothing is written on the canvases. */
const noText = { tokens: '', words: '' };
/** While the view scrolls, the strongest lines are enough. */
const scrollingBudget = 1_500;

/**
 * The head view: the tokens that look on the left, what they look at on the right, a line for every weight.
 *
 * Two canvases lie on each other: all lines at rest, and the lines of the token in focus. Moving the focus draws the
 * second alone. Tokens are in the document only while they are in view.
 */
export class HeadView extends LitElement {
  static override readonly styles = [sharedStyles, stageStyles, cueStyles, headStyles];
  static override readonly properties = {
    frame: { attribute: false },
    focused: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    view: { attribute: false },
    scrollState: { attribute: false },
  };

  declare frame: Frame;
  declare focused: Focus | null;
  declare palette: Palette;
  declare act: Acting;
  declare view: ViewState;
  /** From where to look at first. */
  declare scrollState: ScrollState;

  #layout: HeadLayout = layoutHeads({ width: 0, height: 0, scroll: 0 }, 1, 1);
  #lines: LineSet | null = null;
  #visible: VisibleLines = { indices: new Uint32Array(), leftOutBelow: 0 };
  #restIsOld = true;
  #scrollWanted = 0;
  #scrolling = false;
  #restIsThin = false;
  #cameFrom: Focus | null = null;
  #focusMoved = false;
  readonly #watch = new SizeWatch(this, () => this.#scroller());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#scrollWanted = this.scrollState.scroll;
    if (changed.has('focused') && !this.#focusMoved) {
      this.#cameFrom = changed.get('focused') ?? null;
      this.#focusMoved = true;
    }
    const layout = this.#layoutNow();
    const lines = this.#linesNow(changed.get('frame'));
    if (layout !== this.#layout || lines !== this.#lines || (this.#restIsThin && !this.#scrolling)) {
      this.#restIsThin = this.#scrolling;
      this.#visible = linesInView(lines, layout, this.#scrolling ? scrollingBudget : lineBudget);
      this.#restIsOld = true;
    }
    if (changed.has('palette')) this.#restIsOld = true;
    this.#layout = layout;
    this.#lines = lines;
  }

  protected override render(): TemplateResult {
    const layout = this.#layout;
    const scene: RowScene = {
      frame: this.frame,
      focus: this.focused,
      palette: this.palette,
      layout,
      partners: this.focused ? partnersOf(this.frame, this.focused.token) : null,
    };
    const [looks, at] = captionsOf(this.frame.map, this.frame.rows?.choice ?? null);
    return html`
      <div class="scroller ${this.focused ? 'has-focus' : ''}" tabindex="-1" @scroll=${this.#scrolled}
        @scrollend=${this.#scrollEnded}>
        <div class="stage" ${styled({ height: `${layout.height}px` })}
          @pointerleave=${() => this.act({ type: 'point', token: null })}>
          <canvas class="rest" aria-hidden="true"></canvas>
          <canvas class="focus" aria-hidden="true"></canvas>
          ${this.#column(scene, 'query')} ${this.#column(scene, 'key')}
          <span class="caption" ${styled({ right: `${layout.width - layout.queryEdge + 6}px` })}>${named('query', looks, this.act)}</span>
          <span class="caption" ${styled({ left: `${layout.keyEdge + 6}px` })}>${named('key', at, this.act)}</span>
          ${
            this.#visible.leftOutBelow > 0 && !this.#scrolling
              ? html`<div
            class="note">${leftOutWords(this.#visible.leftOutBelow)}</div>`
              : nothing
          }
        </div>
        <div ${styled({ height: `${layout.maxScroll}px` })}></div>
      </div>
    `;
  }

  protected override updated(): void {
    if (this.#scrollWanted > 0 && this.#layout.maxScroll > 0) {
      this.#scroller().scrollTop = this.#scrollWanted;
      this.#scrollWanted = 0;
    }
    this.#bringIntoView();
    if (this.#restIsOld) this.#drawRest();
    this.#drawFocus();
  }

  #column(scene: RowScene, side: TokenFocus['side']): TemplateResult {
    const { queryEdge, keyEdge, labelWidth, numberWidth } = this.#layout;
    const active = this.#active(side);
    const width = labelWidth[side] + numberWidth;
    const left = side === 'query' ? queryEdge - width : keyEdge;
    return html`
      <div
        class="column ${side} ${active === null ? 'bare' : ''}"
        role="listbox"
        tabindex="0"
        data-side=${side}
        aria-label=${side === 'query' ? words().views.queries : words().views.keys}
        aria-activedescendant=${active === null ? nothing : rowId(side, active)}
        ${styled({ left: `${left}px`, width: `${width}px`, '--ta-label-width': `${labelWidth[side]}px` })}
        @pointerover=${(event: PointerEvent) => this.#pointed(event, side, 'point')}
        @click=${(event: MouseEvent) => this.#pointed(event, side, 'lock')}
      >${rowsOf(scene, side)}</div>
    `;
  }

  /** The row of a column that has the keyboard: the token in focus, or the partner whose cell is asked for. */
  #active(side: TokenFocus['side']): number | null {
    if (!this.focused) return null;
    return this.focused.token.side === side ? this.focused.token.index : this.focused.cell;
  }

  #pointed(event: Event, side: TokenFocus['side'], type: 'point' | 'lock'): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
    if (!row) return;
    const index = Number(row.dataset['index']);
    const isNumber = event.target instanceof Element && event.target.classList.contains('number');
    if (type === 'lock' && isNumber && this.focused)
      this.act({ type: 'explain', token: { ...this.focused.token, cell: index } });
    else this.act({ type, token: { side, index } });
  }

  readonly #scrolled = (): void => {
    this.#scrolling = true;
    this.requestUpdate();
  };

  readonly #scrollEnded = (): void => {
    this.#scrolling = false;
    this.act({ type: 'looked', from: { scroll: this.#scroller().scrollTop } });
    this.requestUpdate();
  };

  #layoutNow(): HeadLayout {
    const [, , queries, keys] = this.frame.map.shape;
    const viewport = { ...this.#watch.size, scroll: this.hasUpdated ? this.#scroller().scrollTop : 0 };
    const { width, height, scroll, query, key, named } = this.#layout;
    const isNamed = this.frame.rows?.choice === 'both';
    const same =
      width === viewport.width && height === viewport.height && scroll === viewport.scroll && named === isNamed;
    return same && query.count === queries && key.count === keys
      ? this.#layout
      : layoutHeads(viewport, queries, keys, isNamed);
  }

  #linesNow(before: Frame | undefined): LineSet {
    if (this.#lines && (!before || !needsLines(before, this.frame))) return this.#lines;
    const [, , queries, keys] = this.frame.map.shape;
    return collectLines(this.frame.weights, queries, keys, this.frame.selection.heads);
  }

  /**
   * Scrolls to the token in focus, or to the partner whose cell is asked for, once it has moved and the view has a
   * size.
   */
  #bringIntoView(): void {
    const { focused } = this;
    if (!this.#focusMoved || this.#layout.height === 0) return;
    this.#focusMoved = false;
    if (!focused) return;
    const moved = !sameToken(this.#cameFrom?.token ?? null, focused.token);
    const side = moved ? focused.token.side : otherSide(focused.token.side);
    const index = moved ? focused.token.index : focused.cell;
    if (index === null) return;
    const scroller = this.#scroller();
    const scroll = scrollTo(this.#layout, this.#layout[side], index, scroller.scrollTop);
    if (scroll !== scroller.scrollTop) scroller.scrollTop = scroll;
  }

  #drawRest(): void {
    const { heads } = this.frame.selection;
    if (this.#lines)
      this.#paint('rest', restMarks(this.#lines, this.#visible.indices, heads, this.#layout, this.palette));
    this.#restIsOld = false;
  }

  #drawFocus(): void {
    const { focused } = this;
    this.#paint('focus', focused ? focusMarks(this.frame, focused.token, this.#layout, this.palette) : []);
  }

  #paint(name: 'rest' | 'focus', marks: readonly Mark[]): void {
    const context = clearedContext(partOf(this, `canvas.${name}`, HTMLCanvasElement), this.#layout, devicePixelRatio);
    if (context) paint(context, marks, noText);
  }

  #scroller(): HTMLElement {
    return partOf(this, '.scroller', HTMLElement);
  }
}

function needsLines(before: Frame, now: Frame): boolean {
  return before.weights !== now.weights || before.selection.heads.join() !== now.selection.heads.join();
}
