import type { MapInfo } from '../../../src/core/attention/map.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import type { TileSource } from '../../../src/core/picture/marks.ts';
import { tileSourceOf } from '../../../src/core/views/model/marks.ts';
import type { Thumbnails } from '../../../src/core/views/model/thumbnails.ts';

/** What coloured thumbnails are made from; `cells` is how many of them a tile holds a side. */
export interface TileContent {
  readonly thumbnails: Thumbnails | null;
  readonly map: MapInfo;
  readonly cells: number;
  readonly palette: Palette;
}

/** The coloured thumbnails, which are kept as long as nothing of them changes: the canvas keeps a picture of each. */
export class ColouredTiles {
  #source: TileSource | null = null;
  #cells = 0;

  /**
   * The thumbnails in colour, made anew when they or their colours may have changed, or when tiles hold another number
   * of cells; null while there are none of this map.
   */
  sourceOf({ thumbnails, map, cells, palette }: TileContent, mayHaveChanged: boolean): TileSource | null {
    if (!thumbnails || !isOf(thumbnails, map)) {
      this.#source = null;
    } else if (!this.#source || cells !== this.#cells || mayHaveChanged) {
      this.#source = tileSourceOf(thumbnails, map, cells, palette);
      this.#cells = cells;
    }
    return this.#source;
  }
}

/** Whether thumbnails are those of all heads of a map, and not empty. */
function isOf({ rows, columns, cells }: Thumbnails, { shape: [layers, heads] }: MapInfo): boolean {
  return rows * columns > 0 && cells.length === layers * heads * rows * columns;
}
