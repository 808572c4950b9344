import { weightRamp } from '../../src/core/color/weight-ramp.ts';
import type { Rgb } from '../../src/core/color/srgb.ts';
import { clearedContext } from '../views/canvas.ts';
import {
  focusMarks,
  levelsOf,
  matrixMarks,
  type MatrixLook,
  type MatrixPicture,
} from '../../src/core/views/matrix/marks.ts';
import type { Label } from '../../src/core/views/labels.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import { measureIn } from '../picture/families.ts';
import type { Mark } from '../../src/core/picture/marks.ts';
import { paint } from '../picture/paint.ts';
import {
  layoutMatrix,
  restingCamera,
  revealed,
  zoomed,
  type Camera,
  type Cell,
  type MatrixLayout,
} from '../../src/core/views/matrix/layout.ts';
import { labelSize, widestLabel } from '../views/matrix/picture.ts';
import { stepped, zoomOf } from '../views/matrix/moves.ts';
import { followPointer } from '../views/matrix/pointer.ts';
import { element } from './element.ts';
import { words } from '../../src/core/words/words.ts';

const families = { tokens: 'ui-monospace, Menlo, Consolas, monospace', words: 'sans-serif' };
const measure = measureIn(families, labelSize);

/** What the matrix shows: weights `[query][key]` and the tokens of both sides. */
export interface MatrixContent {
  readonly seen: MatrixPicture['seen'];
  readonly weights: Float32Array;
  readonly palette: Palette;
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
    'aria-label': words().page.matrix,
  });
  readonly #cells = element('canvas', { 'aria-hidden': 'true' });
  readonly #marks = element('canvas', { 'aria-hidden': 'true' });
  readonly #point: (cell: Cell | null) => void;
  #picture: MatrixPicture = { seen: null, levels: new Uint8Array(), ramp: [], queries: [], keys: [] };
  #look: MatrixLook | null = null;
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

  show({ seen, weights, palette, color, queries, keys }: MatrixContent): void {
    this.#look = { palette, measure, size: labelSize };
    if (queries.length !== this.#picture.queries.length || keys.length !== this.#picture.keys.length)
      this.#camera = restingCamera;
    this.#picture = { seen, levels: levelsOf(weights), ramp: weightRamp(color, palette.surface), queries, keys };
    this.#labels = { query: widestLabel(queries, measure), key: widestLabel(keys, measure) };
    this.#draw();
  }

  mark(cell: Cell | null): void {
    this.#cell = cell;
    this.#paint(this.#marks, (layout, look) => (cell ? focusMarks(layout, this.#picture, cell, look) : []));
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
    this.#paint(this.#cells, (layout, look) => matrixMarks(layout, this.#picture, look));
    this.mark(this.#cell);
  }

  #paint(canvas: HTMLCanvasElement, marks: (layout: MatrixLayout, look: MatrixLook) => Mark[]): void {
    const layout = this.#layout();
    const context = clearedContext(canvas, layout, devicePixelRatio);
    if (context && this.#look) paint(context, marks(layout, this.#look), families);
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
