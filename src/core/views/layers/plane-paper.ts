import type { Analysis } from '../../attention/analysis.ts';
import { runText } from '../../attention/edited-words.ts';
import { layerNumber } from '../../attention/layers.ts';
import type { AttentionMap } from '../../attention/map.ts';
import { headLine } from '../../attention/metric-words.ts';
import { summariseHeads, type HeadSummary } from '../../attention/roles.ts';
import type { Mark } from '../../picture/marks.ts';
import {
  headingLine,
  headingOf,
  headingWidth,
  margin,
  paper,
  sheetOf,
  words as type,
  type Drawing,
} from '../../picture/paper.ts';
import { paperMeasure, textMark, widthOf } from '../../picture/type.ts';
import { familyCounts, familyOf } from '../../probe/role-families.ts';
import { mapsIn, type Focus } from '../../scene/focus.ts';
import { words } from '../../words/words.ts';
import { dotOf, layoutPlane, outermost, placeLabels } from './plane-layout.ts';
import { familyLegend, familyMark, labelMark, nearestMark, planeLabelSize, scaleMarks } from './plane-marks.ts';

const viewTop = headingLine + 12;
/** The room of the map on paper, in pixels. */
const room = { width: 840, height: 560 } as const;
const lineHeight = 20;

/**
 * The map of all heads as a stand-alone SVG picture on white: those with similar weights on the test sentences are near
 * each other, with names as far as there is room, and the heads most like the one that `focus` picks. Throws RangeError
 * where the heads were not compared.
 */
export function planeSvgOf(analysis: Analysis, focus: Focus): string {
  const drawings = mapsIn(analysis, focus).flatMap((map) => {
    const summaries = summariseHeads(
      map,
      analysis.sequences,
      analysis.model.relations,
      analysis.probe,
      analysis.effects,
    );
    const plane = summaries[0]?.[0]?.plane;
    return plane ? [drawingOf(map, summaries, words().plane.caption(plane), focus)] : [];
  });
  if (drawings.length === 0) throw new RangeError(words().probe.notCompared);
  return sheetOf(words().plane.picture(runText(analysis)), drawings);
}

function drawingOf(
  map: AttentionMap,
  summaries: readonly (readonly HeadSummary[])[],
  caption: string,
  { layer, heads }: Focus,
): Drawing {
  const layout = layoutPlane(room, summaries);
  const { pictures, plane, names } = words();
  const heading = `${pictures.map(map.name, map.kind)}, ${plane.heading}`;
  const [only] = heads?.length === 1 ? heads : [];
  const chosen = layer === null || only === undefined ? null : dotOf(layout, { layer, head: only });
  const similar = chosen ? (summaries[chosen.layer]?.[chosen.head]?.similar ?? []) : [];
  const nearest = similar.flatMap((one) => dotOf(layout, one) ?? []);
  const dots = layout.dots.map((dot): Mark => {
    const summary = summaries[dot.layer]?.[dot.head] ?? null;
    const mark = familyMark(summary ? familyOf(summary) : 'none', dot, layout.radius, paper);
    return { kind: 'group', title: headLine(map, dot, summary), marks: [mark] };
  });
  const wanted = new Set([...(chosen ? [chosen] : []), ...nearest, ...outermost(layout), ...layout.dots]);
  const labels = placeLabels(
    layout,
    [...wanted],
    (dot) => names.place(layerNumber(map, dot.layer), dot.head),
    paperMeasure(planeLabelSize),
    true,
  );
  const scale = scaleMarks(layout, paper);
  const measure = (text: string): number => widthOf([text], type.size);
  const legend = familyLegend(familyCounts(summaries), { x: margin, y: layout.height + 8, measure }, paper);
  const marks: Mark[] = [
    ...(chosen ? [nearestMark(chosen, nearest, paper)] : []),
    ...dots,
    ...labels.map((one) => labelMark(one, paper, one.dot === chosen)),
    ...(scale ? [scale.line, scale.text] : []),
    ...legend.marks,
    textMark(caption, margin, layout.height + 8 + lineHeight, paper.dim, type),
  ];
  return {
    marks: [headingOf(heading), { kind: 'group', y: viewTop, marks }],
    width: Math.max(layout.width, headingWidth(heading), legend.right, margin + measure(caption)),
    height: viewTop + layout.height + 2 * lineHeight + 12,
  };
}
