import type { OtherLayers } from '../../attention/layers.ts';
import type { HeadPlace } from '../../attention/order.ts';
import type { HeadSummary } from '../../attention/roles.ts';
import type { HeadMetric } from '../../measures/head-measures.ts';

/** One head in a chart of layers; the middle of its dot, in pixels. */
export interface Dot extends HeadPlace {
  readonly x: number;
  readonly y: number;
}

/**
 * One layer: its line across the chart, its heads from left to right, and where their mean lies; heads that were not
 * measured have no dot, and without any there is no mean.
 */
export interface Strip {
  readonly layer: number;
  readonly y: number;
  readonly mean: number | null;
  readonly dots: readonly Dot[];
}

/** A thin row for layers without attention; `y` is its middle. */
export interface Band {
  readonly others: OtherLayers;
  readonly y: number;
}

/** The chart in numbers, all in pixels: a strip a layer, the metric from `left` to `right`. */
export interface LayerLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly rowHeight: number;
  readonly radius: number;
  readonly strips: readonly Strip[];
  readonly bands: readonly Band[];
  readonly ticks: readonly { readonly x: number; readonly value: number }[];
}

const axisHeight = 40;
/** The height of a band, in pixels. */
export const bandHeight = 18;
const topSpace = 8;
const labelWidth = 34;
const sideSpace = 22;
const maxWidth = 900;
const minRow = 26;
const maxRow = 60;
/** Dots of this size have room for the number of their head. */
export const numberedRadius = 8;
const plainRadius = 5;
const numberedRow = 44;
/** So much of the chart's width a head is needed for numbers to be read. */
const numberedRoom = 28;
const ticksWanted = 5;
/** Room for a chart on paper, in pixels. */
const paperWidth = 840;

/**
 * Lays the heads of every layer out along a metric, with a thin row for the other layers between them; dots that would
 * lie on each other move apart up and down.
 */
export function layoutLayers(
  width: number,
  height: number,
  summaries: readonly (readonly HeadSummary[])[],
  metric: HeadMetric,
  others: readonly OtherLayers[],
): LayerLayout {
  const bandsHeight = others.length * bandHeight;
  const rowHeight = Math.min(
    maxRow,
    Math.max(minRow, Math.floor((height - axisHeight - topSpace - bandsHeight) / Math.max(1, summaries.length))),
  );
  const inner = Math.max(40, Math.min(maxWidth, width - labelWidth - 2 * sideSpace));
  const most = Math.max(0, ...summaries.map((heads) => heads.length));
  const radius = rowHeight >= numberedRow && inner >= most * numberedRoom ? numberedRadius : plainRadius;
  const left = Math.max(labelWidth + sideSpace, Math.round((width - inner + labelWidth) / 2));
  const right = left + inner;
  const { end, step } = scaleFor(Math.max(0, ...summaries.flat().map((summary) => summary[metric] ?? 0)));
  const xOf = (value: number): number => left + (value / end) * inner;
  const bandsAbove = (layer: number): number => others.filter(({ before }) => before <= layer).length;
  const strips = summaries.map((heads, layer) => {
    const y = topSpace + bandsAbove(layer) * bandHeight + (layer + 0.5) * rowHeight;
    const values = heads.flatMap((summary) => summary[metric] ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      layer,
      y,
      mean: values.length === 0 ? null : xOf(mean),
      dots: apart(
        heads.flatMap(({ head, [metric]: value }) => (value === undefined ? [] : [{ layer, head, x: xOf(value), y }])),
        radius,
        rowHeight,
      ),
    };
  });
  const bands = others.map((one, at) => ({
    others: one,
    y: topSpace + one.before * rowHeight + (at + 0.5) * bandHeight,
  }));
  const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, at) => ({
    x: xOf(at * step),
    value: at * step,
  }));
  return {
    width,
    height: topSpace + bandsHeight + summaries.length * rowHeight + axisHeight,
    left,
    right,
    rowHeight,
    radius,
    strips,
    bands,
    ticks,
  };
}

/** Lays the chart out on paper: a layer is as high as heads beside each other need. */
export function layoutLayersOnPaper(
  summaries: readonly (readonly HeadSummary[])[],
  metric: HeadMetric,
  others: readonly OtherLayers[],
): LayerLayout {
  const height = topSpace + maxRow * summaries.length + others.length * bandHeight + axisHeight;
  return layoutLayers(paperWidth, height, summaries, metric, others);
}

/** The end of an axis from 0 that holds `most`, and the distance of its ticks: 1, 2 or 5 times a power of ten. */
export function scaleFor(most: number): { readonly end: number; readonly step: number } {
  if (!(most > 0)) return { end: 1, step: 0.2 };
  const rough = most / ticksWanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  return { end: Math.ceil(most / step - 1e-9) * step, step };
}

/**
 * Dots from left to right, each on the free place nearest to the line; where the strip is full they lie on each other.
 */
function apart(dots: readonly Dot[], radius: number, rowHeight: number): Dot[] {
  const placed: Dot[] = [];
  const room = rowHeight / 2 - radius;
  for (const dot of [...dots].sort((a, b) => a.x - b.x || a.head - b.head)) {
    const offsets = Array.from({ length: 2 * Math.floor(room / 2) + 1 }, (_, at) => (at % 2 === 0 ? at : -at - 1));
    const free = offsets.find(
      (offset) =>
        Math.abs(offset) <= room &&
        placed.every(({ x, y }) => Math.hypot(x - dot.x, y - dot.y - offset) >= 2 * radius - 1),
    );
    placed.push({ ...dot, y: dot.y + (free ?? 0) });
  }
  return placed;
}

/** Where a key leads from a head: left and right along its strip, up and down to the nearest head of the next strip. */
export function stepAlong(layout: LayerLayout, from: HeadPlace, key: string): HeadPlace {
  const strip = layout.strips[from.layer]?.dots ?? [];
  const at = strip.findIndex(({ head }) => head === from.head);
  const here = strip[at];
  if (!here) return from;
  const nearest = (layer: number): HeadPlace => {
    const dots = layout.strips[layer]?.dots ?? [];
    return dots.reduce<Dot>(
      (best, dot) => (best.layer !== layer || Math.abs(dot.x - here.x) < Math.abs(best.x - here.x) ? dot : best),
      here,
    );
  };
  switch (key) {
    case 'ArrowLeft':
      return strip[at - 1] ?? from;
    case 'ArrowRight':
      return strip[at + 1] ?? from;
    case 'ArrowUp':
      return nearest(from.layer - 1);
    case 'ArrowDown':
      return nearest(from.layer + 1);
    case 'Home':
      return strip[0] ?? from;
    case 'End':
      return strip.at(-1) ?? from;
    default:
      return from;
  }
}
