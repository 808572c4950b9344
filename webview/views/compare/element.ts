import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { TokenFocus } from '../../../src/core/attention/selection.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import type { Side } from '../../../src/core/compare/side.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import type { Mark } from '../../../src/core/picture/marks.ts';
import { Last } from '../../../src/core/scene/last.ts';
import { pinned } from '../../../src/core/scene/pair.ts';
import { cellOf } from '../../../src/core/scene/links.ts';
import { pointedToken, pointedUnit } from '../../../src/core/scene/scene.ts';
import { panesOf, type PaneContent } from '../../../src/core/views/compare/content.ts';
import { cellUnder, type PaneCell } from '../../../src/core/views/compare/layout.ts';
import { inFirst, linkedMarks, nothingMarked } from '../../../src/core/views/compare/linked.ts';
import { layOut, type LaidOut } from '../../../src/core/views/compare/lines.ts';
import { compareFocusMarks, compareMarks } from '../../../src/core/views/compare/marks.ts';
import type { Marked } from '../../../src/core/views/matrix/marks.ts';
import { words } from '../../../src/core/words/words.ts';
import type { ScrollState } from '../../../src/protocol/layout.ts';
import type { Acting } from '../../act.ts';
import { partOf } from '../../part.ts';
import { familiesOf, measureIn } from '../../picture/families.ts';
import { paint } from '../../picture/paint.ts';
import type { ComparisonState } from '../../state/comparison.ts';
import { cellOfFocus, type Focus } from '../../state/focus.ts';
import type { Frame, Picture } from '../../state/frame.ts';
import { SizeWatch } from '../../state/size-watch.ts';
import { barStyles, cueStyles, insteadStyles, sharedStyles } from '../../styles/shared.ts';
import { styled } from '../../styles/styled.ts';
import { clearedContext } from '../canvas.ts';
import { lensStyles } from '../lens.ts';
import { stepped } from '../matrix/moves.ts';
import { bar, emptyState } from './bar.ts';
import { legend } from './legend.ts';
import { paneOverlay } from './overlay.ts';
import { readout, rowTable, spokenReadings } from './readout.ts';
import { compareStyles } from './styles.ts';

const labelSize = 12;

/**
 * The compare view: two or three runs as matrices side by side, and what each differs from the first in. A row or
 * column in focus is marked in all of them in one frame.
 *
 * Two canvases as large as the view lie over each other, and stay while what they show scrolls: the pictures, and what
 * is in focus. Names, choices and grids are elements over them.
 */
export class CompareView extends LitElement {
  static override readonly styles = [sharedStyles, cueStyles, barStyles, insteadStyles, lensStyles, compareStyles];
  static override readonly properties = {
    frame: { attribute: false },
    focused: { attribute: false },
    compared: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    view: { attribute: false },
    scrollState: { attribute: false },
  };

  declare frame: Picture;
  declare focused: Focus | null;
  declare compared: ComparisonState;
  declare palette: Palette;
  /** Takes what is asked for in tokens. */
  declare act: Acting;
  declare view: ViewState;
  /** From where to look at first. */
  declare scrollState: ScrollState;

  #contents: readonly PaneContent<Frame>[] = [];
  readonly #laid = new Last<LaidOut>();
  #isOld = true;
  /** A cell that the first run has not, marked in its own picture alone. */
  #alone: PaneCell | null = null;
  #isByKey = false;
  #scrollWanted = 0;
  readonly #watch = new SizeWatch(this, () => this.#scroller());
  #painted: SizeWatch['size'] | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#scrollWanted = this.scrollState.scroll;
    if (changed.has('palette') || changed.has('compared')) this.#isOld = true;
    if (changed.has('compared')) this.#read();
  }

  protected override render(): TemplateResult {
    const { frame, view, act } = this;
    const scene = { frame: frame.source, view, contents: this.#contents, act };
    const first = this.#first;
    const isEmpty = view.compare.length === 0;
    return html`
      ${isEmpty ? nothing : bar(scene)}
      <div class="scroller" tabindex="-1" @scroll=${this.#scrolled} @scrollend=${this.#scrollEnded}>
        ${isEmpty ? emptyState(scene) : this.#pictures(first)}
      </div>
      ${
        isEmpty
          ? nothing
          : html`${readout(this.#contents, first, this.#isByKey)}
            ${legend(this.#contents, this.compared.comparison?.isOfWords === true, this)}
            ${first.query === null ? nothing : rowTable(this.#contents, first.query)}`
      }
    `;
  }

  #pictures(first: Marked): TemplateResult {
    const laid = this.#layout;
    if (!laid) return html`<p class="body">${words().views.filterHidesAll}</p>`;
    const { layout, lines } = laid;
    const marks = this.#marks(first);
    const { sides } = this.compared;
    return html`
      <div class="lens"><canvas class="pictures" aria-hidden="true"></canvas><canvas class="marks" aria-hidden="true"></canvas></div>
      <div class="sheet" ${styled({ width: `${layout.width}px`, height: `${layout.height}px` })}
        @pointermove=${this.#moved} @pointerleave=${() => this.#point(null)} @click=${this.#clicked} @dblclick=${this.#explain}
      >${layout.panes.map((placed, at) => {
        const content = itemAt(this.#contents, at);
        const { query, key } = itemAt(marks, at);
        const index = content.run - 1;
        return paneOverlay({
          placed,
          content,
          lines: lines[at] ?? [],
          side: content.isDifference ? null : (sides[index] ?? null),
          cell: query === null || key === null ? null : { query, key },
          spoken: query === null || key === null ? null : spokenReadings(this.#contents, first),
          pressed: (event) => this.#pressed(event, at),
          focused: () => this.#reveal(at),
          look: (place) => this.#look(index, place),
          again: () => this.act({ type: 'side', index, ask: 'again' }),
          cancel: () => this.act({ type: 'side', index, ask: 'cancel' }),
          act: this.act,
        });
      })}</div>
    `;
  }

  protected override updated(): void {
    if (this.#scrollWanted > 0 && this.#layout) {
      this.#scroller().scrollTop = this.#scrollWanted;
      this.#scrollWanted = 0;
    }
    this.#paint();
  }

  #read(): void {
    const { sides, comparison } = this.compared;
    this.#alone = null;
    this.#contents = comparison
      ? panesOf(comparison, this.view.compare, [[], ...sides.map(({ leftOut }) => leftOut)])
      : [];
  }

  get #layout(): LaidOut | null {
    const { width } = this.#watch.size;
    if (this.#contents.length === 0) return null;
    return this.#laid.of([this.#contents, width], () => {
      const families = familiesOf(this);
      const measures = { tokens: measureIn(families, labelSize), words: measureIn(families, labelSize, 'words') };
      return layOut(this.#contents, width, measures);
    });
  }

  /** What is in focus, by row and column of the first picture. */
  get #first(): Marked {
    const scene = this.#contents[0]?.picture?.scene;
    const focus = cellOfFocus(this.focused);
    const token = focus && pointedToken(this.frame, focus);
    const unit = token && scene ? pointedUnit(scene, token) : null;
    if (!unit) return nothingMarked;
    if (unit.cell !== undefined) return cellOf(unit, unit.cell);
    return unit.side === 'query' ? { query: unit.index, key: null } : { query: null, key: unit.index };
  }

  #marks(first: Marked): readonly Marked[] {
    const alone = this.#alone;
    return linkedMarks(this.#contents, first).map((mark, at) => (alone?.pane === at ? alone : mark));
  }

  #paint(): void {
    const laid = this.#layout;
    const { size } = this.#watch;
    if (!laid || size.width === 0 || this.view.compare.length === 0) return;
    const { scrollTop: top, scrollLeft: left } = this.#scroller();
    const families = familiesOf(this);
    const look = { palette: this.palette, measure: measureIn(families, labelSize), size: labelSize };
    const draw = (name: 'pictures' | 'marks', marks: readonly Mark[]): void => {
      const canvas = partOf(this, `canvas.${name}`, HTMLCanvasElement);
      Object.assign(canvas.style, { width: `${size.width}px`, height: `${size.height}px` });
      const context = clearedContext(canvas, size, devicePixelRatio);
      if (context) paint(context, [{ kind: 'group', x: -left, y: -top, marks }], families);
    };
    if (this.#isOld || this.#painted !== size) {
      const view = { x: left, y: top, width: size.width, height: size.height };
      draw('pictures', compareMarks(laid.layout, this.#contents, look, view));
    }
    this.#isOld = false;
    this.#painted = size;
    draw('marks', compareFocusMarks(laid.layout, this.#contents, this.#marks(this.#first), look));
  }

  #look(index: number, at: Side['at'] | null): void {
    const compare = this.view.compare.map((side, place): Side => {
      if (place !== index) return side;
      const { at: _, ...rest } = side;
      return at ? { ...rest, at } : rest;
    });
    this.act({ type: 'view', view: { ...this.view, compare } });
  }

  #pressed(event: KeyboardEvent, pane: number): void {
    const { matrix } = itemAt(this.#layout?.layout.panes ?? [], pane);
    if (!matrix) return;
    const { query, key } = itemAt(this.#marks(this.#first), pane);
    const extent = { queries: matrix.rows.last + 1, keys: matrix.columns.last + 1, page: 10 };
    const cell = stepped(event, { query: query ?? 0, key: key ?? -1 }, extent);
    if (event.key === 'Enter' && query !== null) this.#lock({ pane, query, key: key ?? 0 });
    else if (cell) {
      this.#isByKey = true;
      this.#point({ pane, ...cell });
      this.#reveal(pane);
    } else return;
    event.preventDefault();
  }

  /** Points at a cell of a picture, in all of them. */
  #point(cell: PaneCell | null): void {
    const first = cell ? inFirst(this.#contents, cell) : nothingMarked;
    const isAlone = cell !== null && (first.query === null || first.key === null);
    const before = this.#alone;
    this.#alone = isAlone ? cell : null;
    if (before !== this.#alone) this.requestUpdate();
    this.act({ type: 'point', token: this.#tokenOf(first) });
  }

  /** A row, a column or a cell of the first picture in tokens. */
  #tokenOf({ query, key }: Marked): TokenFocus | null {
    const scene = this.#contents[0]?.picture?.scene;
    if (!scene || (query === null && key === null)) return null;
    if (query === null) return pointedToken(scene, { side: 'key', index: key ?? 0 });
    return pointedToken(scene, key === null ? { side: 'query', index: query } : pinned({ query, key }));
  }

  #lock(cell: PaneCell): void {
    const { query } = inFirst(this.#contents, cell);
    const token = this.#tokenOf({ query, key: null });
    if (token) this.act({ type: 'lock', token });
  }

  readonly #moved = (event: PointerEvent): void => {
    this.#isByKey = false;
    this.#point(this.#under(event));
  };

  readonly #clicked = (event: MouseEvent): void => {
    const cell = this.#under(event);
    if (cell) this.#lock(cell);
  };

  readonly #explain = (event: MouseEvent): void => {
    const cell = this.#under(event);
    const token = cell?.pane === 0 ? this.#tokenOf(cell) : null;
    if (token) this.act({ type: 'explain', token });
  };

  #under({ clientX, clientY }: MouseEvent): PaneCell | null {
    const { left, top } = partOf(this, '.sheet', HTMLElement).getBoundingClientRect();
    return this.#layout && cellUnder(this.#layout.layout, clientX - left, clientY - top);
  }

  /** Brings the row in focus of a picture into view. */
  #reveal(pane: number): void {
    const placed = this.#layout?.layout.panes[pane];
    const { query } = this.#marks(this.#first)[pane] ?? nothingMarked;
    if (!placed?.matrix || query === null) return;
    const scroller = this.#scroller();
    const y = placed.matrixAt.y + placed.matrix.gridY + query * placed.matrix.cell;
    const bottom = y + placed.matrix.cell - scroller.clientHeight;
    scroller.scrollTop = Math.min(y, Math.max(scroller.scrollTop, bottom));
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
