import type { LocalWindow, MapInfo } from '../../attention/map.ts';
import { weightText } from '../../attention/number-words.ts';
import type { RowChoice } from '../../attention/row-names.ts';
import type { TokenFocus } from '../../attention/selection.ts';
import type { Palette } from '../../color/palette.ts';
import { minVisible } from '../../color/weight-ramp.ts';
import { maxInStroke, type Lines, type Mark } from '../../picture/marks.ts';
import { lineMark } from '../../picture/type.ts';
import { itemAt } from '../../item-at.ts';
import type { Frame } from '../../scene/frame.ts';
import { words } from '../../words/words.ts';
import { cellOf } from '../../scene/links.ts';
import { rowMiddle, type HeadLayout } from './layout.ts';
import { bandOf, bandOpacity, type LineSet } from './lines.ts';

/** Room between a token and the end of its lines, in pixels. */
const tokenSpace = 6;
const thin = 1.1;
/** After this part of the way across a line begins to turn. */
const bend = 0.45;
/**
 * From so many lines on they are drawn one device pixel wide and without patterns: many times faster, and as hard to
 * tell apart.
 */
const plenty = 2_000;
/** How far lines may reach into the header, in pixels. */
const headerOverlap = 4;
/** How much wider than a thin line a line of weight 1 is in focus, in pixels. */
const focusGain = 3.4;

/** The opacity of a line in focus is its weight and this. */
const minOpacity = 0.05;
/**
 * Lines of the focus below this weight are drawn in one opacity, one device pixel wide and without patterns: nobody
 * sees the difference, and a hover stays within its frame.
 */
const weak = 0.03;

/** How far the bracket of a window stands from the ends of the lines, and how strong it is. */
const windowSpace = 4;
const windowOpacity = 0.6;

/** What stands above the columns of a map; `rows` is how a decoder's rows are named, null where a row is its token. */
export function captionsOf(
  { kind }: Pick<MapInfo, 'kind'>,
  rows: RowChoice | null,
): readonly [from: string, to: string] {
  const { filters, views } = words();
  return [rows ? filters.rowNames[rows] : views.from, kind === 'cross' ? views.toSource : views.to];
}

/** That the weakest lines are left out: those below a weight are not all drawn. */
export function leftOutWords(below: number): string {
  return words().views.notAllLines(weightText(below));
}

/** Lines at rest of the heads shown: thin, opacity by weight. Lines of one head and one opacity share marks. */
export function restMarks(
  lines: LineSet,
  indices: Uint32Array,
  heads: readonly number[],
  layout: HeadLayout,
  palette: Palette,
): Mark[] {
  const isPlenty = indices.length > plenty;
  const ends = new Float32Array(indices.length * 4);
  const shifts = shiftsOf(heads, layout);
  const drawn: Lines[] = [];
  let start = 0;
  let look = -1;
  const finish = (end: number): void => {
    if (end === start) return;
    const line = indices[indices.length - end] ?? 0;
    const head = lines.head[line] ?? 0;
    const { dash, width } = palette.strokeOf(head);
    drawn.push({
      kind: 'lines',
      color: palette.colorOf(head),
      opacity: bandOpacity(lines.level[line] ?? 0),
      width: isPlenty ? 0 : thin * width,
      dash: isPlenty ? [] : dash,
      bend,
      ends: ends.subarray(start * 4, end * 4),
    });
    start = end;
  };
  for (let at = 0; at < indices.length; at++) {
    const line = indices[indices.length - 1 - at] ?? 0;
    const head = lines.head[line] ?? 0;
    const next = head * 256 + bandOf(lines.level[line] ?? 0);
    if (next !== look || at - start === maxInStroke) finish(at);
    look = next;
    placeLine(ends, at, layout, lines.query[line] ?? 0, lines.key[line] ?? 0, shifts.get(head) ?? 0);
  }
  finish(indices.length);
  return clipped(drawn, layout);
}

/**
 * The lines of one token in every shown head: opacity by weight, width too, so that they stand before the rest.
 */
export function focusMarks(frame: Frame, token: TokenFocus, layout: HeadLayout, palette: Palette): Mark[] {
  const [, , queries, keys] = frame.map.shape;
  const partners = token.side === 'query' ? keys : queries;
  const { heads } = frame.selection;
  const shifts = shiftsOf(heads, layout);
  const marks: Mark[] = [];
  if (frame.map.local && token.side === 'query') marks.push(windowMark(frame.map.local, token.index, layout, palette));
  for (const head of heads) {
    const color = palette.colorOf(head);
    const { dash, width } = palette.strokeOf(head);
    const weakOnes: number[] = [];
    for (let partner = 0; partner < partners; partner++) {
      const { query, key } = cellOf(token, partner);
      const weight = frame.weights[(head * queries + query) * keys + key] ?? 0;
      if (weight < weak) {
        if (weight >= minVisible) weakOnes.push(partner);
        continue;
      }
      const opacity = Math.min(1, weight + minOpacity);
      const look = { color, opacity, width: width * thin + focusGain * weight, dash };
      marks.push({ kind: 'lines', ...look, bend, ends: endsOf(token, [partner], layout, shifts.get(head) ?? 0) });
    }
    const look = { color, opacity: weak / 2 + minOpacity, width: 0, dash: [] };
    for (let first = 0; first < weakOnes.length; first += maxInStroke) {
      const some = weakOnes.slice(first, first + maxInStroke);
      marks.push({ kind: 'lines', ...look, bend, ends: endsOf(token, some, layout, shifts.get(head) ?? 0) });
    }
  }
  return clipped(marks, layout);
}

/** From every query to the middle of its window, dotted: for pictures in which no token is in focus. */
export function centreMarks({ centres }: LocalWindow, layout: HeadLayout, palette: Palette): Mark[] {
  const ends = new Float32Array(centres.length * 4);
  centres.forEach((centre, query) => placeLine(ends, query, layout, query, centre, 0));
  return [{ kind: 'lines', color: palette.dim, opacity: windowOpacity, width: 1, dash: [1, 3], bend, ends }];
}

/** Lines cannot leave the view into its header. */
function clipped(marks: readonly Mark[], { top, width, height }: HeadLayout): Mark[] {
  return [{ kind: 'group', marks, clip: [{ x: 0, y: top - headerOverlap, width, height }] }];
}

/**
 * The window of local attention beside the keys: a bracket from its first to its last position, a notch at its centre.
 */
function windowMark({ centres, halfWidth }: LocalWindow, query: number, layout: HeadLayout, palette: Palette): Mark {
  const centre = itemAt(centres, query);
  const x = layout.keyEdge - tokenSpace + windowSpace;
  const at = (place: number): number =>
    rowMiddle(layout, layout.key, Math.min(layout.key.count - 0.5, Math.max(-0.5, place)));
  const bar = (place: number, length: number): number[] => [x - length, at(place), x, at(place)];
  const ends = [
    ...[x, at(centre - halfWidth), x, at(centre + halfWidth)],
    ...bar(centre - halfWidth, windowSpace),
    ...bar(centre + halfWidth, windowSpace),
    ...bar(centre, 2 * windowSpace),
  ];
  return lineMark(palette.foreground, ends, { opacity: windowOpacity, width: thin });
}

/** How far the lines of each head stand from the middle of a row, so that heads that agree do not hide each other. */
function shiftsOf(heads: readonly number[], { fan }: HeadLayout): ReadonlyMap<number, number> {
  return new Map(heads.map((head, place) => [head, (place - (heads.length - 1) / 2) * fan]));
}

/** Lines from the token in focus to its partners. */
function endsOf(token: TokenFocus, partners: readonly number[], layout: HeadLayout, shift: number): Float32Array {
  const ends = new Float32Array(partners.length * 4);
  partners.forEach((partner, at) => {
    const { query, key } = cellOf(token, partner);
    placeLine(ends, at, layout, query, key, shift);
  });
  return ends;
}

function placeLine(
  ends: Float32Array,
  at: number,
  layout: HeadLayout,
  query: number,
  key: number,
  shift: number,
): void {
  ends[at * 4] = layout.queryEdge + tokenSpace;
  ends[at * 4 + 1] = rowMiddle(layout, layout.query, query) + shift;
  ends[at * 4 + 2] = layout.keyEdge - tokenSpace;
  ends[at * 4 + 3] = rowMiddle(layout, layout.key, key) + shift;
}
