import type { Analysis } from '../../attention/analysis.ts';
import type { AttentionMap } from '../../attention/map.ts';
import { otherLayers } from '../../attention/layers.ts';
import { headLine } from '../../attention/metric-words.ts';
import { runText } from '../../attention/edited-words.ts';
import { headMeasures, type HeadMetric } from '../../measures/head-measures.ts';
import { summariseHeads, type HeadSummary } from '../../attention/roles.ts';
import { firstView, type ViewState } from '../../attention/view.ts';
import type { Mark } from '../../picture/marks.ts';
import { headingLine, headingOf, headingWidth, paper, rule, sheetOf, type Drawing } from '../../picture/paper.ts';
import { mapsIn, type Focus } from '../../scene/focus.ts';
import { layoutLayersOnPaper } from './layout.ts';
import { axisMarks, bandMarks, dotMarks, stripMarks } from './marks.ts';
import { words } from '../../words/words.ts';

const viewTop = headingLine + 16;

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
    drawingOf(
      map,
      summariseHeads(map, analysis.sequences, analysis.model.relations, analysis.probe, analysis.effects),
      metric,
    ),
  );
  return sheetOf(words().pictures.layers(runText(analysis), headMeasures[metric].says().axis), drawings);
}

function drawingOf(map: AttentionMap, summaries: readonly (readonly HeadSummary[])[], metric: HeadMetric): Drawing {
  const layout = layoutLayersOnPaper(summaries, metric, otherLayers(map));
  const { pictures } = words();
  const heading = `${pictures.map(map.name, map.kind)}, ${pictures.everyHead(headMeasures[metric].says().axis)}`;
  const axis = axisMarks(layout, metric, paper, rule, pictures.axis);
  const strips = layout.strips.flatMap((strip): Mark[] => {
    const { name, mean } = stripMarks(map, strip, layout, false, paper);
    const dots = strip.dots.map((at): Mark => {
      const { dot, number } = dotMarks(at, layout, paper);
      const title = headLine(map, at, summaries[at.layer]?.[at.head] ?? null);
      return { kind: 'group', title, marks: number ? [dot, number] : [dot] };
    });
    return [name, ...(mean ? [mean] : []), ...dots];
  });
  const bands = layout.bands.flatMap((band): Mark[] => {
    const { behind, texts } = bandMarks(band, layout, paper);
    return [behind, ...texts];
  });
  const marks = [...axis.lines, ...axis.texts, ...bands, ...strips];
  return {
    marks: [headingOf(heading), { kind: 'group', y: viewTop, marks }],
    width: Math.max(layout.width, headingWidth(heading)),
    height: viewTop + layout.height + 12,
  };
}
