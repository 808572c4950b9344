import type { Analysis } from '../attention/analysis.ts';
import { headOf, type AttentionMap, type LocalWindow } from '../attention/map.ts';
import { firstSelection } from '../attention/selection.ts';
import { headColor, headTurn } from '../color/head-color.ts';
import { hexOf } from '../color/srgb.ts';
import type { Sequence } from '../text/token.ts';
import type { Focus } from './focus.ts';
import { labelOf } from '../text/label.ts';
import { cellsOf } from './width.ts';

const rowHeight = 22;
const cellWidth = 7.8;
const beside = 8;
const linesWidth = 220;
const margin = 24;
const headerHeight = 64;
const legendStep = 26;
/** The part of a row that the lines of all heads share. */
const fanHeight = 16;
/** Weaker lines are too faint to be seen and would only make the file large. */
const leastWeight = 0.02;
const font = 'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13"';

/** A drawn part and the room it takes, in pixels. */
interface Drawing {
  readonly body: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The head view of one layer as a stand-alone SVG picture on white: queries left, keys right, one line a weight whose opacity
 * is the weight, one colour a head; a drawing for every map of the analysis, side by side.
 *
 * The middle of each query's window, where attention is local, is dotted. Without a layer the first one is drawn, without a head all of them. Throws RangeError when a map has no such layer or head.
 */
export function svgOf(analysis: Analysis, focus: Focus): string {
  const layer = focus.layer ?? firstSelection(analysis).layer;
  let x = 0;
  let height = 0;
  const parts: string[] = [];
  for (const map of analysis.maps) {
    const drawing = drawMap(map, analysis.sequences, layer, focus.head);
    parts.push(`<g transform="translate(${x} 0)">${drawing.body}</g>`);
    x += drawing.width;
    height = Math.max(height, drawing.height);
  }
  const title = escape(`Attention of ${analysis.model.id}, layer ${layer}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${x}" height="${height}" viewBox="0 0 ${x} ${height}" role="img">`
    + `<title>${title}</title><rect width="100%" height="100%" fill="#ffffff"/>${parts.join('')}</svg>\n`;
}

function drawMap(map: AttentionMap, sequences: readonly Sequence[], layer: number, head: number | null): Drawing {
  const [, heads] = map.shape;
  const shown = head === null ? Array.from({ length: heads }, (_, index) => index) : [head];
  const queries = labelsOf(sequences[map.queries]);
  const keys = labelsOf(sequences[map.keys]);
  const left = margin + columnWidth(queries);
  const right = left + linesWidth + 2 * beside;
  const heading = `${map.name} (${map.kind}), layer ${layer}, ${head === null && heads > 1 ? `${heads} heads` : `head ${head ?? 0}`}${map.local ? `; dotted: centre of the window, ± ${map.local.halfWidth}` : ''}`;
  const legendWidth = shown.length * legendStep;
  const body = `<text x="${margin}" y="28" fill="#3b3b3b" ${font}>${escape(heading)}</text>`
    + legend(shown)
    + (map.local ? centres(map.local, left + beside) : '')
    + shown.map((each, place) => lines(headOf(map, layer, each), keys.length, each, left + beside, fan(place, shown.length))).join('')
    + column(queries, left, 'end') + column(keys, right, 'start');
  return {
    body: `<g>${body}</g>`,
    width: Math.ceil(Math.max(right + columnWidth(keys), margin + legendWidth, margin + cellsOf(heading) * cellWidth) + margin),
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
  const drawn = places.map((place, query) => `<path d="M${x} ${middle(query)}L${x + linesWidth} ${Number(middle(place).toFixed(2))}"/>`);
  return `<g stroke="#9a9a9a" stroke-width="1" stroke-dasharray="1 3" fill="none">${drawn.join('')}</g>`;
}

function colorOf(head: number): string {
  return hexOf(headColor(head, 'light'));
}

/** Heads that repeat a hue are told apart by dashes. */
function dashes(head: number): string {
  const turn = headTurn(head);
  return turn === 0 ? '' : ` stroke-dasharray="${7 - Math.min(turn, 5)} ${1 + turn}"`;
}

function legend(heads: readonly number[]): string {
  return heads.map((head, index) => {
    const x = margin + index * legendStep;
    return `<path d="M${x} 52h18" stroke="${colorOf(head)}" stroke-width="4"${dashes(head)}/>`
      + `<text x="${x}" y="46" fill="#6b6b6b" font-family="sans-serif" font-size="9">${head}</text>`;
  }).join('');
}

function column(labels: readonly string[], x: number, anchor: 'start' | 'end'): string {
  const texts = labels.map((label, index) => `<text x="${x}" y="${middle(index) + 4}">${escape(label)}</text>`);
  return `<g fill="#1f1f1f" text-anchor="${anchor}" xml:space="preserve" ${font}>${texts.join('')}</g>`;
}

function labelsOf(sequence: Sequence | undefined): string[] {
  return sequence?.tokens.map((token) => labelOf(sequence, token)) ?? [];
}

function columnWidth(labels: readonly string[]): number {
  return Math.max(0, ...labels.map(cellsOf)) * cellWidth;
}

function middle(row: number): number {
  return headerHeight + row * rowHeight + rowHeight / 2;
}

/** Text that is safe inside an XML element or attribute; what XML 1.0 cannot hold becomes U+FFFD. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
