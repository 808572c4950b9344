import type { TileSource, Tiles } from '../../src/core/picture/marks.ts';
import { pixelsOf } from './raster.ts';

/** Every tile of a source beside and below each other in one picture, a pixel a cell: coloured once. */
const atlases = new WeakMap<TileSource, OffscreenCanvas>();

/** Paints tiles, each cell a whole number of device pixels wide. */
export function paintTiles(context: CanvasRenderingContext2D, { source, cell, places }: Tiles): void {
  const { rows, columns, across } = source;
  const atlas = atlases.get(source) ?? atlasOf(source);
  atlases.set(source, atlas);
  const { a: ratio, e: left, f: top } = context.getTransform();
  const scale = Math.round(cell * ratio);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.imageSmoothingEnabled = false;
  for (const { tile, x, y } of places) {
    context.drawImage(
      atlas,
      (tile % across) * columns,
      Math.floor(tile / across) * rows,
      columns,
      rows,
      Math.round(x * ratio + left),
      Math.round(y * ratio + top),
      columns * scale,
      rows * scale,
    );
  }
  context.restore();
}

function atlasOf({ rows, columns, levels, across, ramps, isZeroSeen }: TileSource): OffscreenCanvas {
  const width = across * columns;
  const tiles = levels.length / (rows * columns);
  const height = Math.ceil(tiles / across) * rows;
  const data = new ImageData(width, height);
  const pixels = new Uint32Array(data.data.buffer);
  const colors = ramps.map((ramp) => {
    const colorsOfRamp = pixelsOf(ramp);
    if (!isZeroSeen) colorsOfRamp[0] = 0;
    return colorsOfRamp;
  });
  let cell = 0;
  for (let tile = 0; tile < tiles; tile++) {
    const ramp = colors[tile % across];
    for (let row = 0; row < rows; row++) {
      const start = (Math.floor(tile / across) * rows + row) * width + (tile % across) * columns;
      for (let column = 0; column < columns; column++) pixels[start + column] = ramp?.[levels[cell++] ?? 0] ?? 0;
    }
  }
  const image = new OffscreenCanvas(width, height);
  image.getContext('2d')?.putImageData(data, 0, 0);
  return image;
}
