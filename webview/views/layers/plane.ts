import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { layerNumber } from '../../../src/core/attention/layers.ts';
import { headLine } from '../../../src/core/attention/metric-words.ts';
import { termText, weightText } from '../../../src/core/attention/number-words.ts';
import type { HeadPlace } from '../../../src/core/attention/order.ts';
import { roleText } from '../../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../../src/core/attention/roles.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { cssOf } from '../../../src/core/color/srgb.ts';
import type { Text } from '../../../src/core/picture/marks.ts';
import { pathOf } from '../../../src/core/picture/svg.ts';
import type { Measure } from '../../../src/core/picture/type.ts';
import { familyCounts, familyOf } from '../../../src/core/probe/role-families.ts';
import {
  dotOf,
  outermost,
  placeLabels,
  type PlaneDot,
  type PlaneLayout,
} from '../../../src/core/views/layers/plane-layout.ts';
import { familyMark, labelMark, nearestMark, scaleMarks } from '../../../src/core/views/layers/plane-marks.ts';
import { words } from '../../../src/core/words/words.ts';
import { rowOf } from '../../controls/head-table.ts';
import type { Frame } from '../../state/frame.ts';
import { dotId } from './draw.ts';

/** How many heads most like one are named where it is read. */
const named = 3;

/** What the map of all heads is drawn from. */
export interface PlaneScene {
  readonly frame: Frame;
  readonly layout: PlaneLayout;
  readonly palette: Palette;
  readonly measure: Measure;
  /** The head that has the keyboard. */
  readonly active: HeadPlace;
  /** The head under the mouse or the keyboard, or in focus, of which the nearest ones are marked; null for none. */
  readonly read: HeadPlace | null;
}

/** All that is on the map: lines to the nearest heads, a dot a head, names, and how long a distance is. */
export function planeParts(scene: PlaneScene): SVGTemplateResult {
  const { frame, layout, palette, active, read } = scene;
  const { selection, summaries } = frame;
  const dot = read && dotOf(layout, read);
  const keyed = dotOf(layout, active);
  const similar = dot ? (summaries?.[dot.layer]?.[dot.head]?.similar ?? []) : [];
  const nearest = similar.flatMap((one) => dotOf(layout, one) ?? []);
  const chosen = layout.dots.filter((one) => isChosen(frame, one));
  const scale = scaleMarks(layout, palette);
  return svg`${dot ? lineOf(nearestMark(dot, nearest, palette)) : nothing}${guard(
    [layout, palette, summaries, selection],
    () => svg`<g role="none">${repeat(layout.dots, dotId, (one) => dotElement(scene, one))}</g>`,
  )}<g aria-hidden="true" class="rings">${nearest.map((one) => ringOf(one, layout.radius + 2.5, 'near'))}${chosen.map(
    (one) => ringOf(one, layout.radius + 3, 'focused'),
  )}${keyed ? ringOf(keyed, layout.radius + 3, 'active') : nothing}</g>${labelsOf(scene, dot, chosen)}${
    scale ? svg`${lineOf(scale.line)}${textOf(scale.text)}` : nothing
  }`;
}

/** What is said of a head of the map: what is known of it, and the heads most like it. */
export function planeReadout({ map, summaries }: Frame, place: HeadPlace): string {
  const summary = summaries?.[place.layer]?.[place.head] ?? null;
  const nearest = nearestText(map, summary);
  return [headLine(map, place, summary), ...(nearest === '' ? [] : [words().plane.nearest(nearest)])].join('; ');
}

/** The families of roles with their shapes, and what distances are and how much of them is shown. */
export function planeLegend({ summaries }: Frame, palette: Palette): TemplateResult {
  const says = words().plane;
  const known = summaries?.[0]?.[0]?.plane;
  const shape = (family: Parameters<typeof familyMark>[0]): SVGTemplateResult =>
    shapeOf(familyMark(family, { x: 7, y: 7 }, 5, palette));
  return html`<div class="families" title=${says.familiesMeaning}>${familyCounts(summaries ?? []).map(
    ({ family, heads }) =>
      html`<span><svg aria-hidden="true" width="14" height="14">${shape(family)}</svg>${says.family(
        says.families[family],
        heads,
      )}</span>`,
  )}</div>${known ? html`<p class="caption">${says.caption(known)}</p>` : nothing}`;
}

/** Every head with its place and the heads most like it, for those who do not see the map. */
export function planeTable({ summaries, map }: Frame): TemplateResult {
  const { plane: says, inspector, names, roles } = words();
  const { head, role } = inspector.headColumns;
  const columns = [head, role, says.columns.place, says.columns.nearest];
  const rows = (summaries ?? []).flat().flatMap((summary) => {
    const { place, layer } = summary;
    if (!place) return [];
    const cells = [roleText(summary) ?? roles.none, place.map(termText).join('; '), nearestText(map, summary)];
    return [rowOf(names.place(layerNumber(map, layer), summary.head), cells)];
  });
  return html`<div class="unseen"><table><caption>${says.name}</caption><thead><tr>${columns.map(
    (name) => html`<th scope="col" .textContent=${name}></th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function nearestText(map: Frame['map'], summary: HeadSummary | null): string {
  return (summary?.similar ?? [])
    .slice(0, named)
    .map(({ layer, head, distance }) => `${words().names.place(layerNumber(map, layer), head)} ${weightText(distance)}`)
    .join(', ');
}

/** Heads that are looked at; all of a layer at once are none that stands out. */
function isChosen({ selection, map }: Frame, { layer, head }: HeadPlace): boolean {
  const { heads, head: only } = selection;
  if (layer !== selection.layer || !heads.includes(head)) return false;
  return only === null ? heads.length < map.shape[1] : head === only;
}

function dotElement({ frame, layout, palette }: PlaneScene, place: PlaneDot): SVGTemplateResult {
  const { layer, head } = place;
  const { map, summaries, selection } = frame;
  const summary = summaries?.[layer]?.[head] ?? null;
  const isSelected = layer === selection.layer && selection.heads.includes(head);
  return svg`<g id=${dotId(place)} class="dot" role="option" data-layer=${layer} data-head=${head} aria-selected=${isSelected}
    aria-label=${headLine(map, place, summary)}>${shapeOf(
      familyMark(summary ? familyOf(summary) : 'none', place, layout.radius, palette),
    )}</g>`;
}

function shapeOf(mark: ReturnType<typeof familyMark>): SVGTemplateResult {
  const [fill, edge] = [cssOf(mark.fill), cssOf(mark.edge)];
  return mark.kind === 'disc'
    ? svg`<circle cx=${mark.x} cy=${mark.y} r=${mark.radius} fill=${fill} stroke=${edge} stroke-width="1.2"></circle>`
    : svg`<polygon points=${mark.points.map((one) => one.toFixed(1)).join(' ')} fill=${fill} stroke=${edge}></polygon>`;
}

function ringOf({ x, y }: PlaneDot, radius: number, name: string): SVGTemplateResult {
  return svg`<circle class=${name} cx=${x} cy=${y} r=${radius}></circle>`;
}

/** The names of the head that is read, of those in focus, and of the outermost ones. */
function labelsOf(
  { frame, layout, palette, measure }: PlaneScene,
  read: PlaneDot | null,
  chosen: readonly PlaneDot[],
): SVGTemplateResult {
  const wanted = [...new Set([...(read ? [read] : []), ...chosen, ...outermost(layout)])];
  const nameOf = ({ layer, head }: HeadPlace): string => words().names.place(layerNumber(frame.map, layer), head);
  const labels = placeLabels(layout, wanted, nameOf, measure);
  const isBold = (dot: PlaneDot): boolean => dot === read || chosen.includes(dot);
  return svg`<g aria-hidden="true" class="names">${labels.map((one) => textOf(labelMark(one, palette, isBold(one.dot))))}</g>`;
}

function lineOf(mark: Parameters<typeof pathOf>[0]): SVGTemplateResult {
  return svg`<path aria-hidden="true" d=${pathOf(mark)} fill="none" stroke=${cssOf(mark.color, mark.opacity)}
    stroke-width=${mark.width}></path>`;
}

function textOf({ x, y, text, size, bold, color }: Text): SVGTemplateResult {
  return svg`<text aria-hidden="true" class="start" x=${x} y=${y} font-size=${size} font-weight=${bold ? 600 : 400}
    fill=${cssOf(color)} .textContent=${text}></text>`;
}
