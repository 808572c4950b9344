import type { Analysis } from '../../attention/analysis.ts';
import { runText } from '../../attention/edited-words.ts';
import { plainOptions, type ViewOptions } from '../../attention/view.ts';
import { weightRamp } from '../../color/weight-ramp.ts';
import {
  headingLine,
  headingOf,
  headingWidth,
  margin,
  paper,
  rampLegend,
  rule,
  sheetOf,
  words,
  type Drawing,
} from '../../picture/paper.ts';
import { paperMeasure, tokenSize, widthOf } from '../../picture/type.ts';
import { focusName, headsIn, mapsIn, type Focus } from '../../scene/focus.ts';
import { ShownMap, type Labelled } from '../../scene/shown-map.ts';
import type { Label } from '../labels.ts';
import { layoutMatrixOnPaper, paperCell } from './layout.ts';
import { hatchWords, levelsOf, matrixMarks, type MatrixPicture } from './marks.ts';
import { words as table } from '../../words/words.ts';

const viewTop = headingLine + 12;
const legendHeight = 36;

/**
 * The matrix view as a stand-alone SVG picture on white: queries down, keys across, each cell in the colour of its head
 * by the square root of the weight; a drawing for every map that `focus` shows, side by side. Several heads or layers
 * become one, and rows, columns and weights are what the options leave.
 *
 * Throws RangeError when there is no such map, layer or head.
 */
export function matrixSvgOf(analysis: Analysis, focus: Focus, options: ViewOptions = plainOptions): string {
  const drawings = mapsIn(analysis, focus).map((map) =>
    drawingOf(new ShownMap(map, analysis.sequences, options), focus),
  );
  return sheetOf(table().pictures.matrix(runText(analysis)), drawings);
}

function drawingOf(shown: ShownMap, focus: Focus): Drawing {
  const { map, options, queries, keys } = shown;
  const layer = shown.oneLayer(focus);
  const size = Math.min(tokenSize, paperCell(queries.length, keys.length));
  const labels = {
    query: widthOf(
      queries.map(({ label }) => label),
      size,
    ),
    key: widthOf(
      keys.map(({ label }) => label),
      size,
    ),
  };
  const layout = layoutMatrixOnPaper(queries.length, keys.length, labels);
  const ramp = weightRamp(paper.colorOfAll(headsIn(map, focus)), paper.surface);
  const picture: MatrixPicture = {
    seen: shown.seen(layer),
    levels: levelsOf(shown.merged(focus)),
    ramp,
    queries: queries.map(labelOf),
    keys: keys.map(labelOf),
  };
  const { pictures } = table();
  const heading = `${pictures.map(map.name, map.kind)}, ${focusName(map, focus, options)}${shown.filters}`;
  const hatched = hatchWords(shown.sight(layer));
  const says = `${pictures.colour}${hatched === null ? '' : `. ${hatched}`}`;
  const { area } = layout;
  const frame = { x: area.left - 0.5, y: area.top - 0.5, width: area.width + 1, height: area.height + 1 };
  const stroke = { color: rule, opacity: 1, width: 1, dash: [] };
  const left = margin - 8;
  const legendTop = viewTop + area.top + area.height + 10;
  return {
    marks: [
      headingOf(heading),
      {
        kind: 'group',
        x: left,
        y: viewTop,
        marks: [
          ...matrixMarks(layout, picture, { palette: paper, measure: paperMeasure(size), size }),
          { kind: 'rectangle', ...frame, fill: null, stroke },
        ],
      },
      ...rampLegend(left + area.left, legendTop, ramp, says),
    ],
    width: Math.max(
      left + layout.width + margin,
      headingWidth(heading),
      left + area.left + widthOf([says], words.size) + margin,
    ),
    height: legendTop + legendHeight + margin / 2,
  };
}

function labelOf({ label, special, unknown }: Labelled): Label {
  return { text: label, special, unknown };
}
