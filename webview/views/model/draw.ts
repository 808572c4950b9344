import { blend, type Rgb } from '../../../src/core/color/srgb.ts';
import type { Thumbnails } from '../../../src/core/views/model/thumbnails.ts';
import type { MapInfo } from '../../../src/core/attention/map.ts';
import type { Palette } from '../../theme.ts';
import type { ModelLayout } from '../../../src/core/views/model/layout.ts';

/** Every thumbnail of a map side by side in one picture, `columns × heads` wide and `rows × layers` high, in cells. */
export interface Atlas {
  readonly image: OffscreenCanvas;
  readonly rows: number;
  readonly columns: number;
}

/** How strong a head's colour is where there is no weight, so that a tile is seen as a whole. */
const leastTint = 0.06;
/**
 * Colours the thumbnails of every head: its own colour over the surface. Cells are pooled by their maximum down to
 * `most` a side.
 */
export function atlasOf(thumbnails: Thumbnails, map: MapInfo, most: number, palette: Palette): Atlas {
  const [layers, heads] = map.shape;
  const shrink = Math.min(1, most / Math.max(thumbnails.rows, thumbnails.columns));
  const rows = Math.max(1, Math.round(thumbnails.rows * shrink));
  const columns = Math.max(1, Math.round(thumbnails.columns * shrink));
  const width = heads * columns;
  const data = new ImageData(width, layers * rows);
  const pixels = new Uint32Array(data.data.buffer);
  const rowOf = spread(thumbnails.rows, rows);
  const columnOf = spread(thumbnails.columns, columns);
  const block = new Uint8Array(rows * columns);
  for (let head = 0; head < heads; head++) {
    const ramp = rampOf(palette.colorOf(head), palette.surface, map.kind === 'causal');
    for (let layer = 0; layer < layers; layer++) {
      block.fill(0);
      let cell = (layer * heads + head) * thumbnails.rows * thumbnails.columns;
      for (const row of rowOf) {
        for (const column of columnOf) {
          const at = row * columns + column;
          const value = thumbnails.cells[cell++] ?? 0;
          if (value > (block[at] ?? 0)) block[at] = value;
        }
      }
      for (let row = 0; row < rows; row++) {
        const start = (layer * rows + row) * width + head * columns;
        for (let column = 0; column < columns; column++)
          pixels[start + column] = ramp[block[row * columns + column] ?? 0] ?? 0;
      }
    }
  }
  const image = new OffscreenCanvas(width, layers * rows);
  image.getContext('2d')?.putImageData(data, 0, 0);
  return { image, rows, columns };
}

/** Draws the thumbnails in view, each cell a whole number of device pixels wide. */
export function drawTiles(
  canvas: HTMLCanvasElement,
  atlas: Atlas | null,
  layout: ModelLayout,
  pixelRatio: number,
): void {
  const width = Math.round(layout.width * pixelRatio);
  const height = Math.round(layout.height * pixelRatio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, width, height);
  if (!atlas) return;
  context.imageSmoothingEnabled = false;
  const { rows, columns } = atlas;
  const { scale } = layout;
  const side = layout.tile * pixelRatio;
  for (const { tiles } of layout.lines.slice(layout.first, layout.last + 1)) {
    for (const { layer, head, x, y } of tiles) {
      const left = Math.round(x * pixelRatio + (side - columns * scale) / 2);
      const top = Math.round((y - layout.scroll) * pixelRatio + (side - rows * scale) / 2);
      context.drawImage(
        atlas.image,
        head * columns,
        layer * rows,
        columns,
        rows,
        left,
        top,
        columns * scale,
        rows * scale,
      );
    }
  }
}

/** The colours of the 256 levels of a head, as little-endian RGBA; a causal map is empty where nothing can be seen. */
function rampOf(color: Rgb, surface: Rgb, isCausal: boolean): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, level) => {
    if (level === 0 && isCausal) return 0;
    const { red, green, blue } = blend(color, surface, leastTint + (1 - leastTint) * (level / 255));
    return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
  });
}

function spread(from: number, to: number): Uint8Array {
  return Uint8Array.from({ length: from }, (_, index) => Math.floor((index * to) / from));
}
