import { nothing, svg, type SVGTemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { meaningOfOthers, rowOfOthers } from '../../../src/core/attention/layer-words.ts';
import { layerNumber } from '../../../src/core/attention/layers.ts';
import { headLine } from '../../../src/core/attention/metric-words.ts';
import type { HeadPlace } from '../../../src/core/attention/order.ts';
import type { HeadMetric } from '../../../src/core/measures/head-measures.ts';
import type { Dot, LayerLayout, Strip } from '../../../src/core/views/layers/layout.ts';
import { axisMarks, bandMarks, dotMarks, stripMarks } from '../../../src/core/views/layers/marks.ts';
import type { Lines, Text } from '../../../src/core/picture/marks.ts';
import { pathOf } from '../../../src/core/picture/svg.ts';
import { cssOf } from '../../../src/core/color/srgb.ts';
import type { Frame } from '../../state/frame.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { words } from '../../../src/core/words/words.ts';

/** What the chart is drawn from. */
export interface ChartScene {
  readonly frame: Frame;
  readonly layout: LayerLayout;
  readonly palette: Palette;
  readonly active: HeadPlace;
  readonly metric: HeadMetric;
}

/** The id of a head's dot, which `aria-activedescendant` names. */
export function dotId({ layer, head }: HeadPlace): string {
  return `dot-${layer}-${head}`;
}

/** The axis below and its lines behind the strips. */
export function axisOf({ layout, metric, palette }: ChartScene): SVGTemplateResult {
  const { lines, texts } = axisMarks(layout, metric, palette, palette.dim);
  return svg`<g aria-hidden="true" class="axis">${lines.map(lineOf)}${texts.map(textOf)}</g>`;
}

/** Layers without attention, a thin row each. */
export function bandsOf({ layout, palette }: ChartScene): SVGTemplateResult[] {
  return layout.bands.map((band) => {
    const { behind, texts } = bandMarks(band, layout, palette);
    const meaning = meaningOfOthers(band.others);
    return svg`<g class="others" role="row"><title>${meaning}</title><g role="gridcell" aria-label=${rowOfOthers(band.others)}
      ><rect aria-hidden="true" x=${behind.x} y=${behind.y} width=${behind.width} height=${behind.height}></rect>${texts.map(textOf)}</g></g>`;
  });
}

/** A strip a layer, its heads from left to right. */
export function stripsOf(scene: ChartScene): unknown {
  return repeat(
    scene.layout.strips,
    ({ layer }) => layer,
    (strip) => stripOf(scene, strip),
  );
}

function stripOf(scene: ChartScene, strip: Strip): SVGTemplateResult {
  const { layout, frame, palette } = scene;
  const { layer, y, dots } = strip;
  const half = layout.rowHeight / 2 - 1;
  const isChosen = layer === frame.selection.layer;
  const { name, mean } = stripMarks(frame.map, strip, layout, isChosen, palette);
  return svg`<g role="row" data-layer=${layer} aria-label=${words().views.layer(layerNumber(frame.map, layer))} class=${isChosen ? 'strip chosen' : 'strip'}><rect
    aria-hidden="true" x="0" y=${y - half} width=${layout.width} height=${2 * half}></rect><text aria-hidden="true"
    x=${name.x} y=${name.y} font-size=${name.size} font-weight=${name.bold ? 600 : 400} fill=${cssOf(name.color)}
    .textContent=${name.text}></text><path aria-hidden="true" d=${mean ? pathOf(mean) : nothing} fill="none"
    stroke=${cssOf(palette.dim)} stroke-dasharray="2 2"></path>${repeat(dots, dotId, (dot) => dotOf(scene, dot))}</g>`;
}

function dotOf({ frame, layout, palette, active }: ChartScene, place: Dot): SVGTemplateResult {
  const { layer, head } = place;
  const { selection, summaries, map } = frame;
  const shown = layer === selection.layer && selection.heads.includes(head);
  const focused = shown && (selection.head === null ? selection.heads.length < map.shape[1] : selection.head === head);
  const { dot, number } = dotMarks(place, layout, palette);
  const summary = summaries?.[layer]?.[head] ?? null;
  const classes = `dot${focused ? ' focused' : ''}${active.layer === layer && active.head === head ? ' active' : ''}`;
  // Without white space and without a part of its own for the number: each would be a node more for every dot.
  return svg`<circle id=${dotId(place)} class=${classes} role="gridcell" data-layer=${layer} data-head=${head}
    aria-selected=${shown} aria-label=${headLine(map, place, summary)}
    cx=${dot.x} cy=${dot.y} r=${dot.radius} fill=${cssOf(dot.fill)}></circle><text aria-hidden="true"
    x=${dot.x} y=${number?.y ?? dot.y} font-size=${number?.size ?? nothing} font-weight="600"
    fill=${number ? cssOf(number.color) : nothing} .textContent=${number?.text ?? ''}></text>`;
}

/** A text as an element of the chart; its family is that of the panel. */
function textOf({ x, y, text, size, bold, color, anchor }: Text): SVGTemplateResult {
  return svg`<text aria-hidden="true" x=${x} y=${y} font-size=${size} font-weight=${bold ? 600 : 400}
    class=${anchor} fill=${cssOf(color)} .textContent=${text}></text>`;
}

/** Straight lines as an element of the chart. */
function lineOf(mark: Lines): SVGTemplateResult {
  return svg`<path aria-hidden="true" d=${pathOf(mark)} fill="none" stroke=${cssOf(mark.color, mark.opacity)}
    stroke-width=${mark.width} stroke-dasharray=${mark.dash.join(' ')}></path>`;
}

/** What is said of the head under the mouse or the keyboard. */
export function readout({ map, summaries }: Frame, place: HeadPlace): string {
  return headLine(map, place, summaries?.[place.layer]?.[place.head] ?? null);
}

/**
 * The longest of all that is said there: its lines are reserved, so that nothing moves as the head under the mouse
 * does.
 */
export function longestReadout(frame: Frame, meaning: string, says: typeof readout): string {
  const [layers, heads] = frame.map.shape;
  let longest = meaning;
  for (let layer = 0; layer < layers; layer++) {
    for (let head = 0; head < heads; head++) {
      const text = says(frame, { layer, head });
      if (text.length > longest.length) longest = text;
    }
  }
  return longest;
}
