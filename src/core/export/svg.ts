import type { Analysis } from '../attention/analysis.ts';
import { modelText } from '../attention/model-words.ts';
import type { LocalWindow } from '../attention/map.ts';
import { firstSelection } from '../attention/selection.ts';
import { plainOptions, type ViewOptions } from '../attention/view.ts';
import { headsIn, layerName, mapsIn, type Focus } from '../scene/focus.ts';
import { ShownMap } from '../scene/shown-map.ts';
import {
  colorOf,
  dashes,
  escape,
  font,
  headingOf,
  ink,
  margin,
  pictureOf,
  widthOf,
  type Drawing,
} from './svg-parts.ts';

const rowHeight = 22;
const beside = 8;
const linesWidth = 220;
const headerHeight = 64;
const legendStep = 26;
/** The part of a row that the lines of all heads share. */
const fanHeight = 16;
/** Weaker lines are too faint to be seen and would only make the file large. */
const leastWeight = 0.02;

/**
 * The head view of one layer as a stand-alone SVG picture on white: queries left, keys right, one line a weight whose
 * opacity is the weight, one colour a head; a drawing for every map that `focus` shows, side by side. Rows, columns and
 * weights are what the options leave.
 *
 * The middle of each query's window, where attention is local, is dotted. Without a layer the first one is drawn,
 * without heads all of them. Throws RangeError when there is no such map, layer or head.
 */
export function svgOf(analysis: Analysis, focus: Focus, options: ViewOptions = plainOptions): string {
  const one = { ...focus, layer: focus.layer ?? firstSelection(analysis).layer };
  const maps = mapsIn(analysis, one);
  const [first] = maps;
  const drawings = maps.map((map) => drawMap(new ShownMap(map, analysis.sequences, options), one));
  return pictureOf(
    `Attention of ${modelText(analysis.model)}${first ? `, ${layerName(first, one, options)}` : ''}`,
    drawings,
  );
}

function drawMap(shown: ShownMap, focus: Focus): Drawing {
  const { map, options } = shown;
  const heads = headsIn(map, focus);
  const queries = shown.queries.map(({ label }) => label);
  const keys = shown.keys.map(({ label }) => label);
  const { window } = shown;
  const left = margin + widthOf(queries);
  const right = left + linesWidth + 2 * beside;
  const local = window ? `; dotted: centre of the window, ± ${window.halfWidth}` : '';
  const heading =
    `${map.name} (${map.kind}), ${layerName(map, focus, options)}, ` +
    `${heads.length === 1 ? `head ${heads[0] ?? 0}` : `${heads.length} heads`}${local}${shown.filters}`;
  const drawn = shown.layers(focus).flatMap((layer) => [...shown.heads(layer, focus)]);
  const body =
    headingOf(heading) +
    legend(heads) +
    (window ? centres(window, left + beside) : '') +
    drawn
      .map(([head, weights], place) => lines(weights, keys.length, head, left + beside, fan(place, heads.length)))
      .join('') +
    column(queries, left, 'end') +
    column(keys, right, 'start');
  return {
    body: `<g>${body}</g>`,
    width: Math.ceil(
      Math.max(right + widthOf(keys), margin + heads.length * legendStep, margin + widthOf([heading])) + margin,
    ),
    height: headerHeight + Math.max(queries.length, keys.length) * rowHeight + margin,
  };
}

/** How far the lines of a head stand from the middle of the row, so that heads that agree do not hide each other. */
function fan(place: number, heads: number): number {
  return Number(((place - (heads - 1) / 2) * Math.min(3, fanHeight / heads)).toFixed(2));
}

function lines(weights: Float32Array, keys: number, head: number, x: number, shift: number): string {
  const drawn: string[] = [];
  weights.forEach((weight, cell) => {
    if (weight < leastWeight) return;
    const [from, to] = [middle(Math.floor(cell / keys)) + shift, middle(cell % keys) + shift];
    drawn.push(`<path d="M${x} ${from}L${x + linesWidth} ${to}" stroke-opacity="${Number(weight.toFixed(3))}"/>`);
  });
  return `<g stroke="${colorOf(head)}" stroke-width="1.5"${dashes(head)} fill="none">${drawn.join('')}</g>`;
}

/** Where the window of each query has its middle: under the lines, so that they stay what is seen first. */
function centres({ centres: places }: LocalWindow, x: number): string {
  const drawn = places.map(
    (place, query) => `<path d="M${x} ${middle(query)}L${x + linesWidth} ${Number(middle(place).toFixed(2))}"/>`,
  );
  return `<g stroke="#9a9a9a" stroke-width="1" stroke-dasharray="1 3" fill="none">${drawn.join('')}</g>`;
}

function legend(heads: readonly number[]): string {
  return heads
    .map((head, index) => {
      const x = margin + index * legendStep;
      return (
        `<path d="M${x} 52h18" stroke="${colorOf(head)}" stroke-width="4"${dashes(head)}/>` +
        `<text x="${x}" y="46" fill="${ink.dim}" font-family="sans-serif" font-size="9">${head}</text>`
      );
    })
    .join('');
}

function column(labels: readonly string[], x: number, anchor: 'start' | 'end'): string {
  const texts = labels.map((label, index) => `<text x="${x}" y="${middle(index) + 4}">${escape(label)}</text>`);
  return `<g fill="${ink.text}" text-anchor="${anchor}" xml:space="preserve" ${font}>${texts.join('')}</g>`;
}

function middle(row: number): number {
  return headerHeight + row * rowHeight + rowHeight / 2;
}
