import type { Analysis } from '../attention/analysis.ts';
import { modelText } from '../attention/model-words.ts';
import { plainOptions, type ViewOptions } from '../attention/view.ts';
import { headsColor } from '../color/head-color.ts';
import { rampStep, weightRamp } from '../color/weight-ramp.ts';
import { hexOf, type Rgb } from '../color/srgb.ts';
import { focusName, headsIn, mapsIn, type Focus } from '../scene/focus.ts';
import { ShownMap } from '../scene/shown-map.ts';
import { escape, font, headingLine, headingOf, ink, margin, pictureOf, widthOf, type Drawing } from './svg-parts.ts';
import { frameOf, pixelsIn, rampLegend, white } from './svg-ramp.ts';

const mostCell = 28;
const leastCell = 9;
/** The sides of a matrix share this many pixels before cells become smaller. */
const comfortable = 900;
const gap = 1;
const beside = 8;
const legendHeight = 56;
const legendRoom = 520;
/** Labels of columns lean by 45°: their room, as a part of their length. */
const lean = Math.SQRT1_2;
/** Above so many cells they are one picture inside the picture. */
const mostElements = 10_000;

/**
 * The matrix view as a stand-alone SVG picture on white: queries down, keys across, each cell in the colour of its head
 * by the square root of the weight; a drawing for every map that `focus` shows, side by side. Several heads or layers
 * become one, and rows, columns and weights are what the options leave.
 *
 * Throws RangeError when there is no such map, layer or head.
 */
export function matrixSvgOf(analysis: Analysis, focus: Focus, options: ViewOptions = plainOptions): string {
  const drawings = mapsIn(analysis, focus).map((map) =>
    drawMatrix(new ShownMap(map, analysis.sequences, options), focus),
  );
  return pictureOf(`Attention of ${modelText(analysis.model)} as a matrix`, drawings);
}

interface Grid {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  readonly queries: readonly string[];
  readonly keys: readonly string[];
}

function drawMatrix(shown: ShownMap, focus: Focus): Drawing {
  const { map, options } = shown;
  const queries = shown.queries.map(({ label }) => label);
  const keys = shown.keys.map(({ label }) => label);
  const cell = Math.min(mostCell, Math.max(leastCell, Math.floor(comfortable / Math.max(queries.length, keys.length))));
  const size = fontSize(cell) / fontSize(mostCell);
  const left = Math.ceil(margin + widthOf(queries) * size + beside);
  const top = Math.ceil(headingLine + margin + widthOf(keys) * size * lean);
  const grid: Grid = { left, top, cell, queries, keys };
  const ramp = weightRamp(headsColor(headsIn(map, focus), 'light'), white);
  const heading = `${map.name} (${map.kind}), ${focusName(map, focus, options)}${shown.filters}`;
  const bottom = top + queries.length * cell;
  const body =
    headingOf(heading) +
    cells(shown, shown.merged(focus), grid, ramp) +
    labels(grid) +
    rampLegend(left, bottom + beside, ramp, legendWords(shown));
  const across = left + keys.length * cell + widthOf(keys.slice(-1)) * size * lean;
  return {
    body: `<g>${body}</g>`,
    width: Math.ceil(Math.max(across, margin + widthOf([heading]), left + legendRoom) + margin),
    height: bottom + legendHeight + margin,
  };
}

function cells(shown: ShownMap, weights: Float32Array, grid: Grid, ramp: readonly Rgb[]): string {
  const { left, top, cell, queries, keys } = grid;
  const box = { x: left, y: top, width: keys.length * cell, height: queries.length * cell };
  if (weights.length > mostElements)
    return pixelsIn(box, keys.length, Uint8Array.from(weights, rampStep), ramp) + frameOf(box);
  const drawn: string[] = [];
  for (const [query, looking] of shown.queries.entries()) {
    for (const [key, looked] of shown.keys.entries()) {
      if (!shown.sees(looking, looked)) continue;
      const weight = weights[query * keys.length + key] ?? 0;
      const color = hexOf(ramp[rampStep(weight)] ?? white);
      drawn.push(
        `<rect x="${left + key * cell}" y="${top + query * cell}" width="${cell - gap}" height="${cell - gap}" ` +
          `fill="${color}"/>`,
      );
    }
  }
  return `<g>${drawn.join('')}</g>${frameOf(box)}`;
}

function labels({ left, top, cell, queries, keys }: Grid): string {
  const size = fontSize(cell);
  const down = queries.map(
    (label, row) => `<text x="${left - beside}" y="${top + (row + 0.5) * cell + size * 0.35}">${escape(label)}</text>`,
  );
  const across = keys.map((label, column) => {
    const [x, y] = [left + (column + 0.5) * cell, top - beside / 2];
    return `<text transform="translate(${x} ${y}) rotate(-45)">${escape(label)}</text>`;
  });
  const type = font.replace(/font-size="\d+"/, `font-size="${size}"`);
  return (
    `<g fill="${ink.text}" xml:space="preserve" ${type}><g text-anchor="end">${down.join('')}</g>` +
    `<g>${across.join('')}</g></g>`
  );
}

function fontSize(cell: number): number {
  return Math.min(13, cell);
}

function legendWords({ map: { kind }, window }: ShownMap): string {
  const unseen = window
    ? '; blank: outside the window'
    : kind === 'causal'
      ? '; above the diagonal nothing is seen'
      : '';
  return `colour: √weight; rows look, columns are looked at${unseen}`;
}
