import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { meaningOfOthers, rowOfOthers } from '../../../src/core/attention/layer-words.ts';
import { layerNumber } from '../../../src/core/attention/layers.ts';
import type { HeadOrder, HeadsPlace } from '../../../src/core/attention/order.ts';
import type { Selection } from '../../../src/core/attention/selection.ts';
import type { Frame } from '../../state/frame.ts';
import { styled } from '../../styles/styled.ts';
import { captionIn } from '../../../src/core/views/captions.ts';
import { bandHeight, captionLine, captionRoom, sideSpace, type Tile } from '../../../src/core/views/model/grid.ts';
import type { ModelLayout } from '../../../src/core/views/model/layout.ts';
import type { Measure } from '../../../src/core/picture/type.ts';
import { partCaption, partLine, partTitle } from '../../../src/core/views/model/parts.ts';
import { words } from '../../../src/core/words/words.ts';

/** What the cells of the grid are made from. */
export interface CellScene {
  readonly frame: Frame;
  readonly layout: ModelLayout;
  readonly order: HeadOrder;
  readonly active: HeadsPlace;
  /** Measures captions. */
  readonly measure: Measure;
}

/** The id of the cell of a head or a feed-forward part, which `aria-activedescendant` names. */
export function cellId({ layer, head }: HeadsPlace): string {
  return head === null ? `feed-forward-${layer}` : `head-${layer}-${head}`;
}

/** The lines and bands of the grid that are in view, a row each. */
export function rowsOf(scene: CellScene): unknown {
  const { lines, bands, first, last } = scene.layout;
  const above = (y: number): number => bands.filter((band) => band.y < y).length;
  const rows = repeat(
    lines.slice(first, last + 1),
    (_, at) => first + at,
    ({ tiles, y }, at) => html`
    <div role="row" aria-rowindex=${first + at + 1 + above(y)}>${repeat(tiles, cellId, (tile) => cellOf(scene, tile))}</div>`,
  );
  return bands.length === 0 ? rows : [rows, bandsOf(scene)];
}

/** Layers without attention, a thin row each, where they are in view. */
function bandsOf({ layout }: CellScene): TemplateResult[] {
  const { lines, bands, scroll, height, right, left } = layout;
  return bands.flatMap(({ others, y }, at) => {
    if (y + bandHeight < scroll || y > scroll + height) return [];
    const index = at + 1 + lines.filter((line) => line.y < y).length;
    const width = right - sideSpace;
    return [
      html`<div role="row" aria-rowindex=${index}><div class="others" role="gridcell"
        aria-colspan=${Math.max(1, ...lines.map(({ tiles }) => tiles.length))} title=${meaningOfOthers(others)}
        ${styled({ transform: `translate(${sideSpace}px, ${y - scroll}px)`, width: `${Math.max(left, width)}px`, height: `${bandHeight}px` })}
        .textContent=${rowOfOthers(others)}></div></div>`,
    ];
  });
}

function cellOf(scene: CellScene, tile: Tile): TemplateResult {
  const { frame, layout, order, active, measure } = scene;
  const { layer, head, x, y, column } = tile;
  const { map, summaries } = frame;
  const title = partTitle(map, tile, summaries);
  const line = partLine(map, tile, summaries);
  const isActive = active.layer === layer && active.head === head;
  const room = captionRoom(layout);
  const caption = layout.caption > 0 ? partCaption(map, tile, summaries, order) : [];
  const corner = { x: x - (room - layout.tile) / 2, y: y - layout.scroll };
  const classes = { cell: true, focused: isFocused(frame.selection, tile, frame.map.shape[1]), active: isActive };
  return html`<div
      id=${cellId(tile)}
      class=${classMap(classes)}
      role="gridcell"
      data-layer=${layer}
      data-head=${head ?? nothing}
      aria-colindex=${column + 1}
      aria-selected=${head !== null && layer === frame.selection.layer && frame.selection.heads.includes(head)}
      aria-label=${line}
      title=${head === null ? [line, ...(title === null ? [] : [title])].join('\n') : words().views.tileMeaning(line, title)}
      ${styled({ transform: `translate(${corner.x}px, ${corner.y}px)`, width: `${room}px`, '--ta-tile': `${layout.tile}px` })}
      .textContent=${captionIn(caption, room, measure).join('\n')}
    ></div>`;
}

/** Heads that are looked at; all of a layer at once are said by the layer's own label. */
function isFocused({ layer, heads, head }: Selection, tile: HeadsPlace, count: number): boolean {
  if (tile.layer !== layer || tile.head === null) return false;
  return head === null ? heads.length < count && heads.includes(tile.head) : tile.head === head;
}

/**
 * Numbers of heads above the first line, and of layers before each group; only where the grid is one of layers and
 * heads.
 */
export function axesOf({ layout, frame: { map, selection } }: CellScene): TemplateResult[] {
  if (layout.left === 0) return [];
  const [top] = layout.lines;
  const isWhole = layout.lines.every(({ starts }) => starts);
  const heads = isWhole
    ? (top?.tiles ?? []).map(
        ({ head, x }) =>
          html`<span class="axis head" ${styled({ left: `${x}px`, width: `${layout.tile}px` })}
            .textContent=${head === null ? words().effects.short : String(head)}></span>`,
      )
    : [];
  const layers = layout.lines
    .slice(layout.first, layout.last + 1)
    .filter(({ starts }) => starts)
    .map(({ y, tiles }) => {
      const layer = tiles[0]?.layer ?? 0;
      const classes = { axis: true, layer: true, chosen: layer === selection.layer };
      return html`<span class=${classMap(classes)} data-layer=${layer}
        ${styled({ top: `${y - layout.scroll + layout.tile / 2 - captionLine / 2}px` })}
        .textContent=${String(layerNumber(map, layer))}></span>`;
    });
  return [...heads, ...layers];
}
