import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Acting } from '../../act.ts';
import type { Focus } from '../../state/focus.ts';
import type { Frame } from '../../state/frame.ts';
import { KeyboardWatch } from '../../state/keyboard.ts';
import type { ScrollState } from '../../../src/protocol/layout.ts';
import { sharedStyles } from '../../styles/shared.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { announcement } from '../../words/focus.ts';
import { pinned } from '../../../src/core/scene/pair.ts';
import { clearedContext } from '../canvas.ts';
import { partOf } from '../../part.ts';
import { focusMarks, matrixMarks, type MatrixPicture } from '../../../src/core/views/matrix/marks.ts';
import type { Mark } from '../../../src/core/picture/marks.ts';
import { familiesOf, measureIn } from '../../picture/families.ts';
import { paint } from '../../picture/paint.ts';
import {
  layoutMatrix,
  restingCamera,
  revealed,
  zoomed,
  type Camera,
  type Cell,
  type MatrixLayout,
} from '../../../src/core/views/matrix/layout.ts';
import { legend } from './legend.ts';
import { focusedCell, labelSize, markedBy, matrixOf, widestLabel } from './picture.ts';
import { cameraAt, stepped, scrollStateOf, zoomOf } from './moves.ts';
import { followPointer } from './pointer.ts';
import type { Pull } from '../../experiment/pull.ts';
import { matrixStyles } from './styles.ts';
import { words } from '../../../src/core/words/words.ts';

/** After so many milliseconds without a move the place is remembered: no single move is worth telling the editor. */
const restAfter = 200;
const nowhere: MatrixPicture = {
  seen: null,
  levels: new Uint8Array(1),
  ramp: [],
  queries: [],
  keys: [],
};

/**
 * The matrix view: a row for every token that looks, a column for every token looked at, a cell for every weight.
 *
 * Two canvases of the view's size lie on each other: cells with their labels, and what is in focus. Moving the focus
 * draws the second alone. Screen readers get a grid whose one cell is the one in focus.
 */
export class MatrixView extends LitElement {
  static override readonly styles = [sharedStyles, matrixStyles];
  static override readonly properties = {
    frame: { attribute: false },
    focused: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    scrollState: { attribute: false },
    pull: { attribute: false },
  };

  declare frame: Frame;
  declare focused: Focus | null;
  declare palette: Palette;
  declare act: Acting;
  declare pull: Pull;
  /** From where to look at first; its size is that of a cell, in CSS pixels. */
  declare scrollState: ScrollState;

  protected readonly keyboard = new KeyboardWatch(this);
  #picture: MatrixPicture = nowhere;
  #labels = { query: 0, key: 0 };
  #size = { width: 0, height: 0 };
  #camera: Camera = restingCamera;
  #cursor: Cell | null = null;
  #cellsAreOld = true;
  #hovering = false;
  /** What letting go of the cell that is dragged would do; null while none is. */
  #pulled: string | null = null;
  #listening: AbortController | null = null;
  #resting: ReturnType<typeof setTimeout> | undefined;
  readonly #watch = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.observe(this);
    if (this.hasUpdated) this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
    clearTimeout(this.#resting);
    this.#listening?.abort();
  }

  protected override firstUpdated(): void {
    this.#listen();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('frame');
    const other =
      changed.has('frame') &&
      (before?.spoken !== this.frame.spoken || before.info !== this.frame.info || before.map !== this.frame.map);
    if (other || changed.has('palette')) this.#paint(before ?? (changed.has('frame') ? undefined : this.frame));
    if (changed.has('focused')) this.#followFocus();
  }

  protected override render(): TemplateResult {
    const layout = this.layoutNow;
    const {
      shape: [, , queries, keys],
    } = this.frame.map;
    const pannable = layout.most.x > 0 || layout.most.y > 0;
    return html`
      <div
        class="stage ${pannable ? 'pannable' : ''}"
        role="grid"
        tabindex="0"
        aria-label=${words().views.grid}
        aria-rowcount=${queries}
        aria-colcount=${keys}
        aria-activedescendant="cell"
        @keydown=${(event: KeyboardEvent) => this.#pressed(event)}
        @dblclick=${() => this.#explain()}
      >
        <canvas class="cells" aria-hidden="true"></canvas>
        <canvas class="marks" aria-hidden="true"></canvas>
        ${this.#spokenCell()}
        <output class="pulled" ?hidden=${this.#pulled === null} .textContent=${this.#pulled ?? ''}></output>
      </div>
      ${legend({
        frame: this.frame,
        ramp: this.#picture.ramp,
        surface: this.palette.surface,
        cell: focusedCell(this.focused),
        zoom: (factor) => this.#zoom(factor),
        act: this.act,
      })}
    `;
  }

  protected override updated(): void {
    const layout = this.layoutNow;
    const families = familiesOf(this);
    const look = { palette: this.palette, measure: measureIn(families, labelSize), size: labelSize };
    const draw = (name: 'cells' | 'marks', marks: () => Mark[]): void => {
      const context = clearedContext(partOf(this, `canvas.${name}`, HTMLCanvasElement), layout, devicePixelRatio);
      if (context && layout.width > 0) paint(context, marks(), families);
    };
    if (this.#cellsAreOld) draw('cells', () => matrixMarks(layout, this.#picture, look));
    this.#cellsAreOld = false;
    draw('marks', () => focusMarks(layout, this.#picture, markedBy(this.focused), look));
  }

  /** The one cell that screen readers find in the grid: the one in focus. */
  #spokenCell(): TemplateResult {
    const cell = focusedCell(this.focused);
    return html`
      <div role="row" class="unseen" aria-rowindex=${cell ? cell.query + 1 : nothing}>
        <span role="gridcell" id="cell" aria-colindex=${cell ? cell.key + 1 : nothing}
          aria-selected=${cell !== null}>${cell ? announcement(this.frame, this.focused) : words().views.noCell}</span>
      </div>
    `;
  }

  /** What is drawn, made anew: only when weights, tokens or colours have changed. */
  #paint(before: Frame | undefined): void {
    const { frame, palette } = this;
    this.#picture = matrixOf(frame, palette);
    const { queries, keys } = this.#picture;
    if (before?.map.shape.join() !== frame.map.shape.join() || before.info !== frame.info) {
      const measure = measureIn(familiesOf(this), labelSize);
      this.#labels = { query: widestLabel(queries, measure), key: widestLabel(keys, measure) };
      this.#camera = before ? restingCamera : cameraAt(this.scrollState);
      this.#cursor = null;
    }
    this.#cellsAreOld = true;
  }

  /** A token that was chosen elsewhere is brought into view. */
  #followFocus(): void {
    const { focused } = this;
    const cell = focusedCell(this.focused);
    if (cell) this.#cursor = cell;
    if (this.#hovering || !focused) return;
    const { rows, columns } = this.layoutNow;
    const { side, index } = focused.token;
    this.#reveal(cell ?? (side === 'query' ? { query: index, key: columns.first } : { query: rows.first, key: index }));
  }

  #reveal(cell: Cell): void {
    const layout = this.layoutNow;
    // Before it has been measured nothing is in view or out of it.
    if (layout.width === 0) return;
    const camera = revealed(layout, cell);
    if (camera.x !== layout.camera.x || camera.y !== layout.camera.y) this.#move(camera);
  }

  /** Where everything stands now, in CSS pixels of the stage. */
  get layoutNow(): MatrixLayout {
    const [, , queries, keys] = this.frame.map.shape;
    return layoutMatrix({ ...this.#size, queries, keys, labels: this.#labels }, this.#camera);
  }

  #move(camera: Camera): void {
    this.#camera = camera;
    this.#cellsAreOld = true;
    this.requestUpdate();
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#looked(), restAfter);
  }

  #looked(): void {
    clearTimeout(this.#resting);
    this.act({ type: 'looked', from: scrollStateOf(this.#camera) });
  }

  /** One press is one move: there is no end of it to wait for. */
  #zoom(factor: number): void {
    const layout = this.layoutNow;
    const { area } = layout;
    this.#move(
      factor === 0
        ? restingCamera
        : zoomed(layout, factor, { x: area.left + area.width / 2, y: area.top + area.height / 2 }),
    );
    this.#looked();
  }

  #pressed(event: KeyboardEvent): void {
    const zoom = zoomOf(event);
    const {
      shape: [, , queries, keys],
    } = this.frame.map;
    const { rows } = this.layoutNow;
    const start =
      this.focused?.token.side === 'query' ? { query: this.focused.token.index, key: -1 } : { query: 0, key: -1 };
    const cell = stepped(event, this.#cursor ?? start, { queries, keys, page: Math.max(1, rows.last - rows.first) });
    if (event.key === 'Enter' && this.#cursor)
      this.act({ type: 'lock', token: { side: 'query', index: this.#cursor.query } });
    else if (cell) this.#goTo(cell);
    else if (zoom !== null) this.#zoom(zoom);
    else return;
    event.preventDefault();
  }

  #goTo({ query, key }: Cell): void {
    this.#cursor = { query, key };
    this.#hovering = false;
    this.#reveal(this.#cursor);
    this.act({ type: 'point', token: { side: 'query', index: query, cell: key }, say: true });
  }

  /** Shows how the weight of the cell under the mouse is computed. */
  #explain(): void {
    const cell = focusedCell(this.focused);
    if (cell) this.act({ type: 'explain', token: pinned(cell) });
  }

  /** Says beside the cell what letting go of it would do; false where it cannot be dragged. */
  #pulls(cell: Cell | null, up: number): boolean {
    this.#pulled = cell && this.pull.text(cell, up);
    this.requestUpdate();
    if (!cell || this.#pulled === null) return false;
    const { gridX, gridY, cell: size } = this.layoutNow;
    const label = partOf(this, '.pulled', HTMLElement);
    label.style.left = `${gridX + (cell.key + 1) * size + 4}px`;
    label.style.top = `${gridY + cell.query * size}px`;
    return true;
  }

  #listen(): void {
    this.#listening?.abort();
    this.#listening = new AbortController();
    followPointer(
      partOf(this, '.stage', HTMLElement),
      {
        layout: () => this.layoutNow,
        move: (camera) => this.#move(camera),
        point: (cell) => {
          this.#hovering = cell !== null;
          this.act({ type: 'point', token: cell && { side: 'query', index: cell.query, cell: cell.key } });
        },
        pull: (cell, up) => this.#pulls(cell, up),
        drop: (cell, up) => this.pull.drop(cell, up),
        press: ({ query }) => this.act({ type: 'lock', token: { side: 'query', index: query } }),
      },
      this.#listening.signal,
    );
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = partOf(this, '.stage', HTMLElement);
    if (width === this.#size.width && height === this.#size.height) return;
    this.#size = { width, height };
    this.#cellsAreOld = true;
    this.requestUpdate();
  }
}
