import { weightRamp } from '../../src/core/color/weight-ramp.ts';
import type { Rgb } from '../../src/core/color/srgb.ts';
import { levelsOf, pixelsOf } from '../views/matrix/cells.ts';
import { clearedContext } from '../views/canvas.ts';
import { drawMarks, drawMatrix, type Label, type MatrixLook, type MatrixPicture } from '../views/matrix/draw.ts';
import {
  layoutMatrix,
  restingCamera,
  revealed,
  zoomed,
  type Camera,
  type Cell,
  type MatrixLayout,
} from '../../src/core/views/matrix/layout.ts';
import { widestLabel } from '../views/matrix/labels.ts';
import { stepped, zoomOf } from '../views/matrix/moves.ts';
import { followPointer } from '../views/matrix/pointer.ts';
import { element } from './element.ts';

const font = '12px ui-monospace, Menlo, Consolas, monospace';

/** What the matrix shows: weights `[query][key]` and the tokens of both sides. */
export interface MatrixContent {
  readonly seen: MatrixPicture['seen'];
  readonly weights: Float32Array;
  readonly color: Rgb;
  readonly queries: readonly Label[];
  readonly keys: readonly Label[];
}

/** The matrix of the page: two canvases, the cells and what is in focus, and the keyboard and mouse on them. */
export class PageMatrix {
  readonly stage = element('div', {
    class: 'stage',
    tabindex: '0',
    role: 'application',
    'aria-label': 'Matrix of attention: rows look, columns are looked at. Arrow keys move from cell to cell.',
  });
  readonly #cells = element('canvas', { 'aria-hidden': 'true' });
  readonly #marks = element('canvas', { 'aria-hidden': 'true' });
  readonly #point: (cell: Cell | null) => void;
  #picture: MatrixPicture = { seen: null, levels: new Uint8Array(), ramp: new Uint32Array(), queries: [], keys: [] };
  #look: MatrixLook = { font, text: '#000000', dim: '', focus: '', surface: { red: 0, green: 0, blue: 0 } };
  #labels = { query: 0, key: 0 };
  #camera: Camera = restingCamera;
  #cell: Cell | null = null;

  constructor(point: (cell: Cell | null) => void) {
    this.#point = point;
    this.stage.append(this.#cells, this.#marks);
    followPointer(
      this.stage,
      {
        layout: () => this.#layout(),
        move: (camera) => this.#move(camera),
        // What was pointed at last stays, so that its numbers can be read.
        point: (cell) => {
          if (cell) point(cell);
        },
        press: point,
      },
      new AbortController().signal,
    );
    this.stage.addEventListener('keydown', (event) => this.#pressed(event));
    new ResizeObserver(() => this.#draw()).observe(this.stage);
  }

  show({ seen, weights, color, queries, keys }: MatrixContent): void {
    this.#look = lookOf(document.documentElement);
    if (queries.length !== this.#picture.queries.length || keys.length !== this.#picture.keys.length)
      this.#camera = restingCamera;
    this.#picture = {
      seen,
      levels: levelsOf(weights),
      ramp: pixelsOf(weightRamp(color, this.#look.surface)),
      queries,
      keys,
    };
    this.#labels = { query: widestLabel(queries, font), key: widestLabel(keys, font) };
    this.#draw();
  }

  /** The page's own colours. */
  get colors(): { readonly surface: Rgb; readonly text: Rgb } {
    return { surface: this.#look.surface, text: rgbOf(this.#look.text) };
  }

  mark(cell: Cell | null): void {
    this.#cell = cell;
    const layout = this.#layout();
    const context = clearedContext(this.#marks, layout, devicePixelRatio);
    if (context && cell) drawMarks(context, layout, this.#picture, cell, this.#look);
  }

  #layout(): MatrixLayout {
    const { clientWidth: width, clientHeight: height } = this.stage;
    const { queries, keys } = this.#picture;
    return layoutMatrix(
      { width, height, queries: Math.max(1, queries.length), keys: Math.max(1, keys.length), labels: this.#labels },
      this.#camera,
    );
  }

  #move(camera: Camera): void {
    this.#camera = camera;
    this.#draw();
  }

  #draw(): void {
    const layout = this.#layout();
    const context = clearedContext(this.#cells, layout, devicePixelRatio);
    if (context && this.#picture.queries.length > 0) drawMatrix(context, layout, this.#picture, this.#look);
    this.mark(this.#cell);
  }

  #pressed(event: KeyboardEvent): void {
    const layout = this.#layout();
    const zoom = zoomOf(event);
    const { queries, keys } = this.#picture;
    const page = Math.max(1, layout.rows.last - layout.rows.first);
    const from = this.#cell ?? { query: 0, key: -1 };
    const cell = stepped(event, from, { queries: queries.length, keys: keys.length, page });
    if (zoom === null && !cell) return;
    event.preventDefault();
    if (cell) {
      this.#camera = revealed(layout, cell);
      this.#draw();
      this.#point(cell);
    } else {
      this.#move(zoom ? zoomed(layout, zoom, { x: layout.width / 2, y: layout.height / 2 }) : restingCamera);
    }
  }
}

function lookOf(root: HTMLElement): MatrixLook {
  const style = getComputedStyle(root);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    font,
    text: color('--text'),
    dim: color('--dim'),
    focus: color('--focus'),
    surface: rgbOf(color('--surface')),
  };
}

/** `#rrggbb`, as the page's style sheet writes its colours. */
function rgbOf(hex: string): Rgb {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return { red: channel(1), green: channel(3), blue: channel(5) };
}
