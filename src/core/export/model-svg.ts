import type { Analysis } from '../attention/analysis.ts';
import { modelText } from '../attention/model-words.ts';
import type { MapKind } from '../attention/map.ts';
import { countText } from '../attention/number-words.ts';
import { headCaption, headLine, orderNames } from '../attention/metric-words.ts';
import { orderHeads, type HeadOrder, type HeadPlace } from '../attention/order.ts';
import { summariseHeads, type HeadSummary } from '../attention/roles.ts';
import { largestThumbnail, thumbnailsOf } from '../views/model/thumbnails.ts';
import { firstView, type ViewState } from '../attention/view.ts';
import { headColor } from '../color/head-color.ts';
import { weightRamp } from '../color/weight-ramp.ts';
import { mapsIn, type Focus } from '../scene/focus.ts';
import { ShownMap } from '../scene/shown-map.ts';
import { escape, headingLine, headingOf, ink, margin, pictureOf, widthOf, type Drawing } from './svg-parts.ts';
import { frameOf, pixelsIn, rampLegend, white, type Box } from './svg-ramp.ts';

/** The longer side of a thumbnail is about as long, in pixels; a cell is a whole number of them. */
const wantedSide = 72;
/** Room for the name of a role below a thumbnail. */
const leastSlot = 64;
const gap = 10;
const captionLine = 13;
const axisWidth = 26;
const axisHeight = 20;
const legendHeight = 56;
const legendRoom = 400;
/** Heads of one line; a layer of more goes on in the next. */
const mostAcross = 16;
const small = 'font-family="sans-serif" font-size="11"';

/**
 * The model view as a stand-alone SVG picture on white: every head of the maps that `focus` shows as a thumbnail of
 * what the options leave, in the order of `view`, each with its role or the number that orders it. Throws RangeError
 * when there is no such map.
 */
export function modelSvgOf(analysis: Analysis, focus: Focus, view: ViewState = firstView): string {
  const drawings = mapsIn(analysis, focus).map((map) =>
    drawHeads(new ShownMap(map, analysis.sequences, { ...view.options, step: null }), analysis, view),
  );
  return pictureOf(`Attention of ${modelText(analysis.model)}, all heads`, drawings);
}

interface Tile extends HeadPlace {
  readonly slot: Box;
}

function drawHeads({ map, options, filters }: ShownMap, { sequences, model }: Analysis, { order }: ViewState): Drawing {
  const [layers, heads] = map.shape;
  const summaries = summariseHeads(map, sequences, model.relations);
  const { rows, columns, cells } = thumbnailsOf(map, sequences, options, largestThumbnail);
  const scale = Math.max(1, Math.round(wantedSide / Math.max(rows, columns, 1)));
  const [width, height] = [columns * scale, rows * scale];
  const captions = order === 'layer' ? 1 : 2;
  const slot = { width: Math.max(width, leastSlot), height: height + 4 + captions * captionLine };
  const places = placed(orderHeads(layers, heads, order, summaries), slot, order);
  const ramps = Array.from({ length: heads }, (_, head) => weightRamp(headColor(head, 'light'), white));
  const drawn = places.map((tile) => {
    const {
      layer,
      head,
      slot: { x, y },
    } = tile;
    const summary = summaries[layer]?.[head] ?? null;
    const from = (layer * heads + head) * rows * columns;
    const box = { x: x + Math.floor((slot.width - width) / 2), y, width, height };
    const picture =
      rows * columns > 0 ? pixelsIn(box, columns, cells.subarray(from, from + rows * columns), ramps[head] ?? []) : '';
    return `<g><title>${escape(headLine(layer, head, summary, map.kind))}</title>${picture}${frameOf(box)}${captionOf(tile, y + height, slot.width, order, summary, map.kind)}</g>`;
  });
  const heading = `${map.name} (${map.kind}), ${layers} × ${countText(heads, 'head')}${order === 'layer' ? '' : `, ${orderNames[order]}`}${filters}`;
  const right = Math.max(0, ...places.map(({ slot: { x, width: across } }) => x + across));
  const bottom = Math.max(0, ...places.map(({ slot: { y, height: down } }) => y + down)) + gap;
  const words = 'colour: √weight, of each cell’s strongest link; rows look, columns are looked at';
  const axes = order === 'layer' ? axesOf(places, height) : '';
  const body =
    headingOf(heading) +
    axes +
    `<g ${small} text-anchor="middle">${drawn.join('')}</g>` +
    rampLegend(margin, bottom, ramps[0] ?? [], words);
  return {
    body: `<g>${body}</g>`,
    width: Math.ceil(Math.max(right, margin + widthOf([heading]), margin + legendRoom) + margin),
    height: bottom + legendHeight,
  };
}

/**
 * A place for every head: groups begin a line each; heads ordered by layer leave room for the numbers of layers and
 * heads.
 */
function placed(
  groups: readonly (readonly HeadPlace[])[],
  { width, height }: Pick<Box, 'width' | 'height'>,
  order: HeadOrder,
): Tile[] {
  const longest = Math.max(0, ...groups.map((group) => group.length));
  const across = Math.min(mostAcross, order === 'layer' ? longest : Math.ceil(Math.sqrt(longest)));
  const left = margin + (order === 'layer' ? axisWidth : 0);
  let y = headingLine + margin + (order === 'layer' ? axisHeight : 0);
  const tiles: Tile[] = [];
  for (const group of groups) {
    group.forEach((place, at) => {
      const line = Math.floor(at / across);
      tiles.push({
        ...place,
        slot: { x: left + (at % across) * (width + gap), y: y + line * (height + gap), width, height },
      });
    });
    y += Math.ceil(group.length / across) * (height + gap);
  }
  return tiles;
}

function captionOf(
  { layer, head, slot: { x } }: Tile,
  y: number,
  width: number,
  order: HeadOrder,
  summary: HeadSummary | null,
  kind: MapKind,
): string {
  return headCaption(layer, head, summary, order, kind)
    .map(
      (line, at) =>
        `<text x="${x + width / 2}" y="${y + 2 + (at + 1) * captionLine}" fill="${ink.dim}">${escape(line)}</text>`,
    )
    .join('');
}

/** Numbers of layers beside their first line, of heads above the first layer. */
function axesOf(places: readonly Tile[], height: number): string {
  const layers = places
    .filter(({ head }) => head === 0)
    .map(
      ({ layer, slot: { y } }) =>
        `<text x="${margin + axisWidth - gap}" y="${y + height / 2 + 4}" text-anchor="end">${layer}</text>`,
    );
  const [first] = places;
  const heads = places
    .filter(({ layer, slot: { y } }) => layer === 0 && y === first?.slot.y)
    .map(
      ({ head, slot: { x, y, width } }) =>
        `<text x="${x + width / 2}" y="${y - 6}" text-anchor="middle">${head}</text>`,
    );
  return `<g ${small} fill="${ink.heading}">${layers.join('')}${heads.join('')}</g>`;
}
