import * as v from 'valibot';
import { indexSchema } from '../../schema.ts';
import type { Sequence } from '../../text/token.ts';
import { layerOf, type AttentionMap } from '../../attention/map.ts';
import { shownWeights, sidesOf, type ShownOptions } from '../../attention/shown.ts';

/** The largest side of a thumbnail, in cells. */
export const largestThumbnail = 48;

/**
 * A small picture of every head of a map, `[layer][head][row][column]`, a byte a cell: 255·√(the strongest weight in
 * it).
 */
export interface Thumbnails {
  readonly rows: number;
  readonly columns: number;
  readonly cells: Uint8Array<ArrayBuffer>;
}

const sideSchema = v.pipe(indexSchema, v.maxValue(largestThumbnail));

/** The schema of {@link Thumbnails} on their way, the cells as bytes. */
export const thumbnailsSchema = v.object({ rows: sideSchema, columns: sideSchema, cells: v.instance(ArrayBuffer) });

/** The schema of the largest side that thumbnails are asked for with. */
export const thumbnailSizeSchema = v.pipe(sideSchema, v.minValue(1));

/**
 * Thumbnails of at most `size` cells a side, of what `options` show of the weights. A cell is the maximum over its
 * block of weights, so that a single strong link is seen in a text of any length; the square root keeps weak ones
 * visible. No row or no column at all when everything on that side is hidden.
 */
export function thumbnailsOf(
  map: AttentionMap,
  sequences: readonly Sequence[],
  options: ShownOptions,
  size: number,
): Thumbnails {
  const [layers, heads] = map.shape;
  const sides = sidesOf(map, sequences, options);
  const queries = sides.query.length;
  const keys = sides.key.length;
  const rows = Math.min(size, queries);
  const columns = Math.min(size, keys);
  const cells = new Uint8Array(layers * heads * rows * columns);
  const columnOf = Uint16Array.from({ length: keys }, (_, key) => Math.floor((key * columns) / keys));
  const strongest = new Float32Array(heads * rows * columns);
  for (let layer = 0; layer < layers; layer++) {
    const { weights } = shownWeights(layerOf(map, layer), map, sequences, sides, options);
    strongest.fill(0);
    for (let row = 0; row < heads * queries; row++) {
      const block = Math.floor(row / queries) * rows + Math.floor(((row % queries) * rows) / queries);
      raiseRow(strongest, block * columns, weights, row * keys, columnOf);
    }
    const start = layer * strongest.length;
    for (let cell = 0; cell < strongest.length; cell++)
      cells[start + cell] = Math.round(255 * Math.sqrt(Math.min(1, strongest[cell] ?? 0)));
  }
  return { rows, columns, cells };
}

/** Raises the cells of a row of blocks to the weights of one row of a map. */
function raiseRow(
  cells: Float32Array,
  start: number,
  weights: Float32Array,
  from: number,
  columnOf: Uint16Array,
): void {
  for (let key = 0; key < columnOf.length; key++) {
    const cell = start + (columnOf[key] ?? 0);
    const weight = weights[from + key] ?? 0;
    if (weight > (cells[cell] ?? 0)) cells[cell] = weight;
  }
}
