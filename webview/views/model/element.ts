import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { gridOf, gridOrder, type HeadsPlace } from '../../../src/core/attention/order.ts';
import { soloHead, toggleHead } from '../../../src/core/attention/selection.ts';
import type { Thumbnails } from '../../../src/core/views/model/thumbnails.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import type { Acting } from '../../act.ts';
import { effectsStyles } from '../../controls/effects-line.ts';
import { headTable } from '../../controls/head-table.ts';
import type { Frame } from '../../state/frame.ts';
import { KeyboardWatch } from '../../state/keyboard.ts';
import type { ScrollState } from '../../../src/protocol/layout.ts';
import { barStyles, cueStyles, sharedStyles, stageStyles } from '../../styles/shared.ts';
import { styled } from '../../styles/styled.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { followed, headsAt, openHead, selectHeads } from '../head-places.ts';
import { partOf } from '../../part.ts';
import { SizeWatch } from '../../state/size-watch.ts';
import { bar, noHead, zoomSteps } from './bar.ts';
import { axesOf, cellId, rowsOf, type CellScene } from './cells.ts';
import type { Mark, TileSource } from '../../../src/core/picture/marks.ts';
import { effectMarks } from '../../../src/core/views/model/effect-marks.ts';
import { markedMarks, tileMarks } from '../../../src/core/views/model/marks.ts';
import { paint, type Families } from '../../picture/paint.ts';
import { clearedContext } from '../canvas.ts';
import { captionRooms, type CaptionRooms } from '../../../src/core/views/captions.ts';
import type { Measure } from '../../../src/core/picture/type.ts';
import { layoutModel, type ModelLayout } from '../../../src/core/views/model/layout.ts';
import { partCaption } from '../../../src/core/views/model/parts.ts';
import { scrollToTile, shownHead, stepFrom, tileOf } from '../../../src/core/views/model/moves.ts';
import type { EffectsState } from '../../state/effects-source.ts';
import type { Focus } from '../../state/focus.ts';
import { familiesOf, measureIn } from '../../picture/families.ts';
import { markedBy } from '../matrix/picture.ts';
import { DetailMatrix } from './detail.ts';
import { modelStyles } from './styles.ts';
import { ColouredTiles } from './tiles.ts';
import { words } from '../../../src/core/words/words.ts';

const zoomStep = 1.25;
/** The size of captions, in CSS pixels; `styles.ts` has it, too. */
const captionSize = 10;

/**
 * The model view: every head of every layer as a thumbnail of its attention.
 *
 * Two canvases as large as the view lie on each other: the thumbnails, drawn from one picture of all, with the matrix
 * of the head in focus beside them where there is room; and the token in focus in each. Moving the focus draws the
 * second alone. Cells of the grid, with their names, are in the document only while they are in view.
 */
export class ModelView extends LitElement {
  static override readonly styles = [sharedStyles, stageStyles, cueStyles, barStyles, effectsStyles, modelStyles];
  static override readonly properties = {
    frame: { attribute: false },
    focused: { attribute: false },
    thumbnails: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    view: { attribute: false },
    effects: { attribute: false },
    scrollState: { attribute: false },
  };

  declare frame: Frame;
  declare focused: Focus | null;
  declare thumbnails: Thumbnails | null;
  declare palette: Palette;
  declare act: Acting;
  declare view: ViewState;
  declare effects: EffectsState;
  /** From where to look at first. */
  declare scrollState: ScrollState;

  protected readonly keyboard = new KeyboardWatch(this);
  #layout: ModelLayout = layoutModel(
    { width: 0, height: 0, scroll: 0 },
    { groups: [[]], others: [], captions: [], detail: null, zoom: 1, cells: 1, pixelRatio: 1 },
  );
  #active: HeadsPlace = { layer: 0, head: 0 };
  #activeMoved = false;
  #families: Families = { tokens: '', words: '' };
  readonly #detail = new DetailMatrix();
  #measure: Measure = () => 0;
  #captions: CaptionRooms = [];
  readonly #tiles = new ColouredTiles();
  #source: TileSource | null = null;
  #zoom = 0;
  #isOld = true;
  #pointing = false;
  #scrollWanted = 0;
  readonly #watch = new SizeWatch(this, () => this.#scroller());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#restoreScroll(this.scrollState);
    if (changed.has('frame')) this.#follow(changed.get('frame'));
    const grid = gridOf(this.frame.map, this.view.order, this.frame.summaries, this.view.role);
    if (changed.has('palette')) this.#families = familiesOf(this);
    if (changed.has('frame') || changed.has('view') || changed.has('palette'))
      this.#measureCaptions(grid.groups.flat());
    if (changed.has('frame') || changed.has('palette')) this.#detail.show(this.frame, this.palette, this.#families);
    const scroll = this.hasUpdated ? this.#scroller().scrollTop : 0;
    this.#layout = layoutModel(
      { ...this.#watch.size, scroll },
      {
        ...grid,
        captions: this.#captions,
        detail: this.#detail.size,
        zoom: zoomStep ** this.#zoom,
        cells: Math.max(1, this.thumbnails?.rows ?? 0, this.thumbnails?.columns ?? 0),
        pixelRatio: devicePixelRatio,
      },
    );
    this.#active = shownHead(this.#layout, this.#active);
    const { thumbnails, palette } = this;
    const tiles = { thumbnails, palette, map: this.frame.map, cells: this.#layout.cells };
    this.#source = this.#tiles.sourceOf(tiles, changed.has('thumbnails') || changed.has('palette'));
    this.#isOld ||= !changed.has('focused') || changed.size > 1;
  }

  protected override render(): TemplateResult {
    const layout = this.#layout;
    const { frame, view } = this;
    const order = gridOrder(view.order, view.role);
    const scene: CellScene = { frame, layout, order, active: this.#active, measure: this.#measure };
    const hasHeads = layout.lines.some(({ tiles }) => tiles.length > 0);
    const isEmpty = hasHeads && this.thumbnails !== null && this.thumbnails.rows * this.thumbnails.columns === 0;
    return html`
      ${bar({
        view,
        summaries: frame.summaries,
        color: this.palette.colorOf(this.#active.head ?? 0),
        zoom: this.#zoom,
        change: (changed) => this.act({ type: 'view', view: changed }),
        resize: (zoom) => this.#resize(zoom),
        effects: this,
      })}
      <div class="scroller" tabindex="-1" @scroll=${() => this.requestUpdate()} @scrollend=${() => this.#looked()}>
        <div class="stage" ${styled({ height: `${layout.height}px` })}>
          <canvas class="rest" aria-hidden="true"></canvas>
          <canvas class="marks" aria-hidden="true"></canvas>
          ${isEmpty ? html`<p class="note">${words().views.filterHidesAll}</p>` : nothing}
          ${
            hasHeads
              ? html`<div
            class="grid"
            role="grid"
            tabindex="0"
            aria-label=${words().views.allHeads}
            aria-rowcount=${layout.lines.length + layout.bands.length}
            aria-multiselectable="true"
            aria-activedescendant=${cellId(this.#active)}
            @keydown=${this.#pressed}
            @click=${(event: MouseEvent) => this.#clicked(event)}
            @pointermove=${(event: PointerEvent) => this.#pointed(event)}
            @pointerleave=${() => this.#left()}
            @dblclick=${(event: MouseEvent) => this.#open(headsAt(event))}
          >${rowsOf(scene)}</div>`
              : noHead(() => this.act({ type: 'view', view: { ...view, role: null } }))
          }
          <div aria-hidden="true">${axesOf(scene)}</div>
        </div>
        <div ${styled({ height: `${layout.maxScroll}px` })}></div>
      </div>
      ${headTable(this.frame)}
    `;
  }

  protected override updated(): void {
    if (this.#scrollWanted > 0 && this.#layout.maxScroll > 0) {
      this.#scroller().scrollTop = this.#scrollWanted;
      this.#scrollWanted = 0;
    }
    this.#bringIntoView();
    if (this.#layout.height === 0) return;
    if (this.#isOld) this.#drawRest();
    this.#isOld = false;
    const marked = markedBy(this.focused);
    const [, , queries, keys] = this.frame.map.shape;
    const { thumbnails, palette } = this;
    const inTiles = (source: TileSource): Mark[] =>
      thumbnails ? markedMarks(this.#layout, source, marked, { queries, keys }, thumbnails, palette) : [];
    this.#draw('marks', inTiles, this.#detail.focusMarks(this.#layout, marked));
  }

  #drawRest(): void {
    const effects = effectMarks(this.#layout, this.frame, this.palette);
    const marks = [...effects, ...this.#detail.marks(this.#layout)];
    this.#draw('rest', (source) => tileMarks(this.#layout, source), marks);
  }

  #draw(name: 'rest' | 'marks', ofTiles: (source: TileSource) => Mark[], ofDetail: readonly Mark[]): void {
    const context = clearedContext(partOf(this, `canvas.${name}`, HTMLCanvasElement), this.#layout, devicePixelRatio);
    const marks = [...(this.#source ? ofTiles(this.#source) : []), ...ofDetail];
    if (context) paint(context, marks, this.#families);
  }

  /** How much room the captions need; names and numbers under the thumbnails are those of this order. */
  #measureCaptions(places: readonly HeadsPlace[]): void {
    const { frame, view } = this;
    this.#measure = measureIn(this.#families, captionSize, 'words');
    const order = gridOrder(view.order, view.role);
    const captions = places.map((place) => partCaption(frame.map, place, frame.summaries, order));
    this.#captions = captionRooms(captions, this.#measure);
  }

  /** The cell that has the keyboard goes with the head in focus. */
  #follow(before: Frame | undefined): void {
    const place = followed(before, this.frame);
    if (!place) return;
    this.#active = place;
    this.#activeMoved = true;
  }

  #bringIntoView(): void {
    if (!this.#activeMoved || this.#layout.height === 0) return;
    this.#activeMoved = false;
    const tile = tileOf(this.#layout, this.#active);
    const scroll = tile ? scrollToTile(this.#layout, tile) : this.#layout.scroll;
    if (scroll !== this.#layout.scroll) this.#scroller().scrollTop = scroll;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!this.#key(event.key)) return;
    event.preventDefault();
  };

  /** What a key does in the grid; false for keys of others. */
  #key(key: string): boolean {
    const tile = tileOf(this.#layout, this.#active);
    if (key === 'Enter') this.#open(this.#active);
    else if (key === ' ') this.#toggle(this.#active);
    else if (key === '+' || key === '=') this.#resize(this.#zoom + 1);
    else if (key === '-') this.#resize(this.#zoom - 1);
    else if (key === '0') this.#resize(0);
    else if (!tile || !/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key)) return false;
    else {
      this.#active = stepFrom(this.#layout, tile, key);
      this.#activeMoved = true;
      this.requestUpdate();
    }
    return true;
  }

  /** The cell of the detail under the pointer is in focus. */
  #pointed(event: PointerEvent): void {
    const cell = this.#detail.cellAt(this.#layout, event);
    if (!cell) return this.#left();
    this.#pointing = true;
    this.act({ type: 'point', token: { side: 'query', index: cell.query, cell: cell.key } });
  }

  #left(): void {
    if (this.#pointing) this.act({ type: 'point', token: null });
    this.#pointing = false;
  }

  #clicked(event: MouseEvent): void {
    const cell = this.#detail.cellAt(this.#layout, event);
    if (cell) return this.act({ type: 'lock', token: { side: 'query', index: cell.query } });
    const place = headsAt(event);
    if (!place || event.detail > 1) return;
    this.#active = place;
    if (event.shiftKey || event.ctrlKey || event.metaKey) this.#toggle(place);
    else this.act(selectHeads(this.frame, this.view, place));
  }

  /** Switches a head of the layer in focus; a head of another layer is shown alone. */
  #toggle({ layer, head }: HeadsPlace): void {
    const { selection } = this.frame;
    if (head === null) return this.act(selectHeads(this.frame, this.view, { layer, head }));
    const next = layer === selection.layer ? toggleHead(selection, head) : soloHead({ ...selection, layer }, head);
    this.act({ type: 'view', view: this.view, selection: next });
  }

  #open(place: HeadsPlace | null): void {
    if (place) this.act(openHead(this.frame, this.view, place));
  }

  #resize(zoom: number): void {
    this.#zoom = Math.min(zoomSteps, Math.max(-zoomSteps, zoom));
    this.#activeMoved = true;
    this.requestUpdate();
    this.#looked();
  }

  #restoreScroll({ scroll, size = 0 }: ScrollState): void {
    this.#scrollWanted = scroll;
    this.#zoom = Math.min(zoomSteps, Math.max(-zoomSteps, Math.round(size)));
  }

  #looked(): void {
    this.act({ type: 'looked', from: { scroll: this.#scroller().scrollTop, size: this.#zoom } });
  }

  #scroller(): HTMLElement {
    return partOf(this, '.scroller', HTMLElement);
  }
}
