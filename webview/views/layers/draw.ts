import { svg, type SVGTemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { headLine } from '../../../src/core/attention/metric-words.ts';
import type { HeadPlace } from '../../../src/core/attention/order.ts';
import { headMeasures, type HeadMetric } from '../../../src/core/measures/head-measures.ts';
import { numberedRadius, type Dot, type LayerLayout, type Strip } from '../../../src/core/views/layers/layout.ts';
import { cssOf, textOn } from '../../../src/core/color/srgb.ts';
import type { Frame } from '../../state/frame.ts';
import type { Palette } from '../../theme.ts';
import { headName } from '../../words/head.ts';

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
export function axisOf({ layout, metric }: ChartScene): SVGTemplateResult {
  const bottom = layout.height - 36;
  return svg`
    <g aria-hidden="true" class="axis">
      ${layout.ticks.map(
        ({ x, value }) => svg`<line x1=${x} x2=${x} y1="4" y2=${bottom}></line><text x=${x}
        y=${bottom + 14} .textContent=${headMeasures[metric].tick(value)}></text>`,
      )}
      <text x=${(layout.left + layout.right) / 2} y=${bottom + 31} .textContent=${headMeasures[metric].axis}></text>
    </g>`;
}

/** A strip a layer, its heads from left to right. */
export function stripsOf(scene: ChartScene): unknown {
  return repeat(
    scene.layout.strips,
    ({ layer }) => layer,
    (strip) => stripOf(scene, strip),
  );
}

function stripOf(scene: ChartScene, { layer, y, mean, dots }: Strip): SVGTemplateResult {
  const { layout, frame } = scene;
  const half = layout.rowHeight / 2 - 1;
  return svg`
    <g role="row" aria-label=${`Layer ${layer}`} class=${layer === frame.selection.layer ? 'strip chosen' : 'strip'}>
      <rect aria-hidden="true" x="0" y=${y - half} width=${layout.width} height=${2 * half}></rect>
      <text aria-hidden="true" class="name" x=${layout.left - 20} y=${y + 4} .textContent=${String(layer)}></text>
      <line aria-hidden="true" class="mean" x1=${mean} x2=${mean} y1=${y - half + 2} y2=${y + half - 2}></line>
      ${repeat(dots, dotId, (dot) => dotOf(scene, dot))}
    </g>`;
}

function dotOf({ frame, layout, palette, active }: ChartScene, dot: Dot): SVGTemplateResult {
  const { layer, head, x, y } = dot;
  const { selection, summaries, map } = frame;
  const shown = layer === selection.layer && selection.heads.includes(head);
  const focused = shown && (selection.head === null ? selection.heads.length < map.shape[1] : selection.head === head);
  const color = palette.colorOf(head);
  const summary = summaries?.[layer]?.[head] ?? null;
  const classes = `dot${focused ? ' focused' : ''}${active.layer === layer && active.head === head ? ' active' : ''}`;
  const number = layout.radius === numberedRadius ? String(head) : '';
  // Without white space: there are many dots, and each piece of it would be a node.
  return svg`<circle id=${dotId(dot)} class=${classes} role="gridcell" data-layer=${layer} data-head=${head}
    aria-selected=${shown} aria-label=${headLine(layer, head, summary, map.kind)} cx=${x} cy=${y} r=${layout.radius}
    fill=${cssOf(color)}></circle><text aria-hidden="true" class="number" x=${x} y=${y + 3.5}
    fill=${cssOf(textOn(color))} .textContent=${number}></text>`;
}

/** What is said of the head under the mouse or the keyboard. */
export function readout(frame: Frame, { layer, head }: HeadPlace): string {
  const summary = frame.summaries?.[layer]?.[head];
  return summary ? headLine(layer, head, summary, frame.map.kind) : `Head ${headName(layer, head)}`;
}
