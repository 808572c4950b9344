import { minParted, type Raster } from '../../src/core/picture/marks.ts';
import type { Rgb } from '../../src/core/color/srgb.ts';

/** Below this size, in device pixels, a pixel may hold several cells and shows the strongest. */
const minWhole = 2;

/** The colours of a ramp as the 32-bit pixels of an ImageData. */
export function pixelsOf(ramp: readonly Rgb[]): Uint32Array {
  const bytes = new Uint8Array(ramp.length * 4);
  ramp.forEach(({ red, green, blue }, step) => bytes.set([red, green, blue, 255], step * 4));
  return new Uint32Array(bytes.buffer);
}

/** Which cells the device pixels of a side show: from `first` to `last`; −1 for the surface. */
interface Side {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

/** The cells in view as pixels, and how many device pixels wide and high they are. */
export interface CellPixels {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array<ArrayBuffer>;
}

/**
 * The part of a raster that is in view as pixels, each made once: the cost is that of the view, however many cells
 * there are. `ramp` has a pixel for each level, the first is the surface.
 */
export function pixelsInView(
  { x, y, cell, columns, levels, view }: Raster,
  ratio: number,
  ramp: Uint32Array,
): CellPixels {
  const rows = levels.length / columns;
  const across = sideOf(view.width, x - view.x, cell, columns, ratio);
  const down = sideOf(view.height, y - view.y, cell, rows, ratio);
  const [width, height] = [across.first.length, down.first.length];
  const pixels = new Uint32Array(width * height).fill(ramp[0] ?? 0);
  for (let row = 0; row < height; row++) {
    const [first, last] = [down.first[row] ?? -1, down.last[row] ?? -1];
    if (first < 0) continue;
    const start = row * width;
    if (row > 0 && first === down.first[row - 1] && last === down.last[row - 1])
      pixels.copyWithin(start, start - width, start);
    else paintRow(pixels.subarray(start, start + width), across, first, last, levels, columns, ramp);
  }
  return { width, height, pixels };
}

/** Paints what is in view of a raster, a device pixel at a time. */
export function paintRaster(context: CanvasRenderingContext2D, raster: Raster): void {
  const { a: ratio, e: left, f: top } = context.getTransform();
  const { width, height, pixels } = pixelsInView(raster, ratio, pixelsOf(raster.ramp));
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
  context.putImageData(image, Math.round(raster.view.x * ratio + left), Math.round(raster.view.y * ratio + top));
}

function paintRow(
  pixels: Uint32Array,
  { first, last }: Side,
  firstQuery: number,
  lastQuery: number,
  levels: Uint8Array,
  keys: number,
  ramp: Uint32Array,
): void {
  for (let at = 0; at < pixels.length; at++) {
    const from = first[at] ?? -1;
    if (from < 0) continue;
    const to = last[at] ?? from;
    let level = 0;
    for (let query = firstQuery; query <= lastQuery; query++) {
      for (let key = from; key <= to; key++) level = Math.max(level, levels[query * keys + key] ?? 0);
    }
    pixels[at] = ramp[level] ?? 0;
  }
}

function sideOf(size: number, start: number, cell: number, count: number, ratio: number): Side {
  const length = Math.max(1, Math.floor(size * ratio));
  const first = new Int32Array(length).fill(-1);
  const last = new Int32Array(length).fill(-1);
  const step = cell * ratio;
  for (let at = 0; at < length; at++) {
    const from = (at - start * ratio) / step;
    const to = (at + 1 - start * ratio) / step;
    if (to <= 0 || from >= count) continue;
    if (step < minWhole) {
      first[at] = Math.max(0, Math.floor(from));
      last[at] = Math.min(count - 1, Math.max(first[at] ?? 0, Math.ceil(to) - 1));
      continue;
    }
    const middle = Math.floor((from + to) / 2);
    const parted = cell >= minParted && Math.floor((from + to) / 2 + 1 / step) !== middle;
    if (middle < 0 || middle >= count || parted) continue;
    first[at] = middle;
    last[at] = middle;
  }
  return { first, last };
}
