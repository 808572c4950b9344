import type { Analysis } from '../attention/analysis.ts';
import { modelText } from '../attention/model-words.ts';
import type { AttentionMap, MapKind } from '../attention/map.ts';
import { headLine } from '../attention/metric-words.ts';
import { headMeasures, type HeadMetric } from '../measures/head-measures.ts';
import { summariseHeads, type HeadSummary } from '../attention/roles.ts';
import { layoutLayers, numberedRadius, type Dot, type LayerLayout, type Strip } from '../views/layers/layout.ts';
import { firstView, type ViewState } from '../attention/view.ts';
import { headColor } from '../color/head-color.ts';
import { hexOf, textOn } from '../color/srgb.ts';
import { mapsIn, type Focus } from '../scene/focus.ts';
import { colorOf, escape, headingLine, headingOf, ink, margin, pictureOf, widthOf, type Drawing } from './svg-parts.ts';

/** Room for a chart, in pixels; a layer is as high as heads beside each other need. */
const chartWidth = 840;
const layerHeight = 60;
const axisSpace = 48;

/**
 * The layer view as a stand-alone SVG picture on white: a strip a layer, a dot a head along the metric of `view`, the
 * layer's mean as a dashed line; a chart for every map that `focus` shows. As in the panel it is of all weights,
 * whatever is filtered. Throws RangeError when there is no such map.
 */
export function layersSvgOf(
  analysis: Analysis,
  focus: Focus,
  { metric }: Pick<ViewState, 'metric'> = firstView,
): string {
  const drawings = mapsIn(analysis, focus).map((map) =>
    drawLayers(map, summariseHeads(map, analysis.sequences, analysis.model.relations), metric),
  );
  return pictureOf(`Attention of ${modelText(analysis.model)}, layers by ${headMeasures[metric].axis}`, drawings);
}

function drawLayers(map: AttentionMap, summaries: readonly (readonly HeadSummary[])[], metric: HeadMetric): Drawing {
  const layout = layoutLayers(chartWidth, axisSpace + layerHeight * summaries.length, summaries, metric);
  const heading = `${map.name} (${map.kind}), every head by ${headMeasures[metric].axis}`;
  const top = headingLine + margin / 2;
  const strips = layout.strips.map((strip) => stripOf(strip, layout, summaries, map.kind));
  const chart =
    `<g transform="translate(0 ${top})" font-family="sans-serif" font-size="11" ` +
    `text-anchor="middle">${axisOf(layout, metric)}${strips.join('')}</g>`;
  return {
    body: `<g>${headingOf(heading)}${chart}</g>`,
    width: Math.ceil(Math.max(layout.width, margin + widthOf([heading]) + margin)),
    height: top + layout.height + margin / 2,
  };
}

function axisOf({ ticks, left, right, height }: LayerLayout, metric: HeadMetric): string {
  const bottom = height - 36;
  const lines = ticks.map(
    ({ x, value }) =>
      `<path d="M${round(x)} 4V${bottom}" stroke="${ink.rule}"/>` +
      `<text x="${round(x)}" y="${bottom + 14}">${headMeasures[metric].tick(value)}</text>`,
  );
  return (
    `<g fill="${ink.dim}">${lines.join('')}<text x="${(left + right) / 2}" ` +
    `y="${bottom + 31}">${headMeasures[metric].axis}; dashed: mean of the layer</text></g>`
  );
}

function stripOf(
  { layer, y, mean, dots }: Strip,
  { left, rowHeight, radius }: LayerLayout,
  summaries: readonly (readonly HeadSummary[])[],
  kind: MapKind,
): string {
  const half = rowHeight / 2 - 3;
  const heads = dots.map((dot) => dotOf(dot, radius, summaries[layer]?.[dot.head] ?? null, kind));
  return (
    `<g><text x="${left - 20}" y="${y + 4}" fill="${ink.heading}">${layer}</text>` +
    `<path d="M${round(mean)} ${y - half}V${y + half}" stroke="${ink.dim}" ` +
    `stroke-dasharray="2 2"/>${heads.join('')}</g>`
  );
}

function dotOf({ layer, head, x, y }: Dot, radius: number, summary: HeadSummary | null, kind: MapKind): string {
  const number =
    radius === numberedRadius
      ? `<text x="${round(x)}" y="${y + 3.5}" font-size="10" font-weight="600" ` +
        `fill="${hexOf(textOn(headColor(head, 'light')))}">${head}</text>`
      : '';
  return (
    `<g><title>${escape(headLine(layer, head, summary, kind))}</title>` +
    `<circle cx="${round(x)}" cy="${y}" r="${radius}" fill="${colorOf(head)}" stroke="#ffffff"/>${number}</g>`
  );
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
