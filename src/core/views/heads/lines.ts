import { rowMiddle, type HeadLayout } from './layout.ts';

/**
 * The lines of the shown heads that can be seen at all, weakest first and heads together, so that strong lines are
 * drawn last and lines of one look in one stroke. `level` is the weight in steps of 1/255, rounded, at least 1.
 */
export interface LineSet {
  readonly count: number;
  readonly query: Uint16Array;
  readonly key: Uint16Array;
  readonly head: Uint16Array;
  readonly level: Uint8Array;
}

/** Lines of levels in the same band are drawn with the same opacity. */
const bandShift = 3;
/** Weights below this round to no step of opacity. */
const minSeen = 0.5 / 255;
const bands = 1 << (8 - bandShift);

/** The band of a level. */
export function bandOf(level: number): number {
  return level >> bandShift;
}

/** The opacity with which lines of a level are drawn: the middle of its band, from 0 to 1. */
export function bandOpacity(level: number): number {
  return Math.min(1, ((bandOf(level) << bandShift) + (1 << (bandShift - 1))) / 255);
}

/**
 * Every visible line of `heads` in a layer `[head][query][key]`. Two passes and a counting sort: no comparison, no
 * object a line.
 */
export function collectLines(layer: Float32Array, queries: number, keys: number, heads: readonly number[]): LineSet {
  const size = queries * keys;
  const starts = new Uint32Array(bands * heads.length + 1);
  heads.forEach((head, place) => {
    for (let cell = head * size, end = cell + size; cell < end; cell++) {
      const weight = layer[cell] ?? 0;
      if (weight >= minSeen) bump(starts, bandOf(levelOf(weight)) * heads.length + place + 1);
    }
  });
  for (let index = 1; index < starts.length; index++) starts[index] = (starts[index] ?? 0) + (starts[index - 1] ?? 0);
  const count = starts[starts.length - 1] ?? 0;
  const lines = {
    count,
    query: new Uint16Array(count),
    key: new Uint16Array(count),
    head: new Uint16Array(count),
    level: new Uint8Array(count),
  };
  heads.forEach((head, place) => {
    for (let cell = 0; cell < size; cell++) {
      const weight = layer[head * size + cell] ?? 0;
      if (weight < minSeen) continue;
      const level = levelOf(weight);
      const at = bump(starts, bandOf(level) * heads.length + place);
      lines.query[at] = Math.floor(cell / keys);
      lines.key[at] = cell % keys;
      lines.head[at] = head;
      lines.level[at] = level;
    }
  });
  return lines;
}

/**
 * The lines to draw, strongest first, and the weight below which not all are drawn because there were too many (0: none
 * left out).
 */
export interface VisibleLines {
  readonly indices: Uint32Array;
  readonly leftOutBelow: number;
}

/** The lines that cross the view, at most `budget` of them and the strongest at that. */
export function linesInView(lines: LineSet, layout: HeadLayout, budget: number): VisibleLines {
  const indices = new Uint32Array(Math.min(lines.count, budget));
  let kept = 0;
  for (let line = lines.count - 1; line >= 0; line--) {
    const from = rowMiddle(layout, layout.query, lines.query[line] ?? 0);
    const to = rowMiddle(layout, layout.key, lines.key[line] ?? 0);
    if (Math.max(from, to) < 0 || Math.min(from, to) > layout.height) continue;
    if (kept === indices.length)
      return { indices, leftOutBelow: ((bandOf(lines.level[line] ?? 0) + 1) * (1 << bandShift)) / 255 };
    indices[kept++] = line;
  }
  return { indices: indices.subarray(0, kept), leftOutBelow: 0 };
}

/** A weight of at least {@link minSeen} in steps of 1/255. */
function levelOf(weight: number): number {
  return weight >= 1 ? 255 : Math.round(weight * 255);
}

/** Adds one to a counter and gives what it was. */
function bump(counters: Uint32Array, index: number): number {
  const value = counters[index] ?? 0;
  counters[index] = value + 1;
  return value;
}
