import type { Analysis } from '../../attention/analysis.ts';
import { rowOfOthers } from '../../attention/layer-words.ts';
import { layerCount, layerNumber } from '../../attention/layers.ts';
import type { AttentionMap } from '../../attention/map.ts';
import { orderName } from '../../attention/metric-words.ts';
import { runText } from '../../attention/edited-words.ts';
import { gridOf, gridOrder, type HeadOrder, type HeadsPlace } from '../../attention/order.ts';
import { roleFilterText } from '../../attention/role-filter.ts';
import { summariseHeads } from '../../attention/roles.ts';
import { firstView, type ViewState } from '../../attention/view.ts';
import type { Mark } from '../../picture/marks.ts';
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
import { lineMark, paperMeasure, textMark, widthOf } from '../../picture/type.ts';
import { mapsIn, type Focus } from '../../scene/focus.ts';
import { ShownMap } from '../../scene/shown-map.ts';
import { captionIn, captionRooms } from '../captions.ts';
import { bandHeight, captionLine, captionRoom, gap, layoutGridOnPaper, sideSpace, type Grid } from './grid.ts';
import { effectMarks } from './effect-marks.ts';
import { tileMarks, tileRamp, tileSourceOf } from './marks.ts';
import { partCaption, partLine } from './parts.ts';
import { largestThumbnail, thumbnailsOf } from './thumbnails.ts';
import { words as table } from '../../words/words.ts';

const viewTop = headingLine + 12;
const legendHeight = 48;
const measure = paperMeasure(words.size);

/**
 * The model view as a stand-alone SVG picture on white: every head of the maps that `focus` shows as a thumbnail of
 * what the options leave, in the order of `view`, each with its role or the number that orders it. Throws RangeError
 * when there is no such map.
 */
export function modelSvgOf(analysis: Analysis, focus: Focus, view: ViewState = firstView): string {
  const drawings = mapsIn(analysis, focus).map((map) =>
    drawingOf(new ShownMap(map, analysis.sequences, { ...view.options, step: null }), analysis, view),
  );
  return sheetOf(table().pictures.allHeads(runText(analysis)), drawings);
}

function drawingOf(
  { map, options, filters }: ShownMap,
  { sequences, model, probe, effects }: Analysis,
  { order: wanted, role }: ViewState,
): Drawing {
  const [layers, heads] = map.shape;
  const summaries = summariseHeads(map, sequences, model.relations, probe, effects);
  const thumbnails = thumbnailsOf(map, sequences, options, largestThumbnail);
  const isEmpty = thumbnails.rows * thumbnails.columns === 0;
  const cells = Math.max(1, thumbnails.rows, thumbnails.columns);
  const order = gridOrder(wanted, role);
  const grid = gridOf(map, wanted, summaries, role);
  const titleOf = (place: HeadsPlace): string => partLine(map, place, summaries);
  const captionOf = (place: HeadsPlace): readonly string[] => partCaption(map, place, summaries, order);
  const captions = captionRooms(grid.groups.flat().map(captionOf), measure);
  const layout = layoutGridOnPaper({ ...grid, captions, cells });
  const { pictures } = table();
  const heading =
    `${pictures.map(map.name, map.kind)}, ${pictures.grid(layers, heads, layerCount(map))}` +
    (wanted === 'layer' ? '' : `, ${orderName(wanted)}`) +
    `${role === null ? '' : `, ${roleFilterText(summaries, role)}`}${filters}`;
  const legendTop = viewTop + layout.contentHeight + 4;
  const left = margin - 8;
  const marks: Mark[] = [
    ...(isEmpty ? [] : tileMarks(layout, tileSourceOf(thumbnails, map, layout.cells, paper), titleOf)),
    ...effectMarks({ ...layout, first: 0, last: layout.lines.length - 1, scroll: 0 }, { map, summaries }, paper),
    ...captionMarks(layout, captionOf),
    ...axisMarks(layout, order, map),
    ...bandMarks(layout),
  ];
  return {
    marks: [
      headingOf(heading),
      { kind: 'group', x: left, y: viewTop, marks },
      ...rampLegend(margin, legendTop, tileRamp(paper.colorOf(0), paper.surface), pictures.colourOfStrongest),
    ],
    width: Math.max(
      left + layout.width,
      headingWidth(heading),
      2 * margin + widthOf([pictures.colourOfStrongest], words.size),
    ),
    height: legendTop + legendHeight,
  };
}

/** The names below each tile. */
function captionMarks(layout: Grid, captionOf: (place: HeadsPlace) => readonly string[]): Mark[] {
  if (layout.caption === 0) return [];
  return layout.lines.flatMap(({ tiles }) =>
    tiles.flatMap((tile) =>
      captionIn(captionOf(tile), captionRoom(layout), measure).map((line, at) =>
        textMark(line, tile.x + layout.tile / 2, tile.y + layout.tile + 2 + (at + 0.5) * captionLine, paper.dim, {
          ...words,
          anchor: 'middle',
        }),
      ),
    ),
  );
}

/** The layers without attention: which they are, and a line to the end of the grid. */
function bandMarks({ bands, right }: Grid): Mark[] {
  return bands.flatMap(({ others, y }) => {
    const text = rowOfOthers(others);
    const [start, middle] = [sideSpace + measure(text, false) + gap, y + bandHeight / 2];
    const name = textMark(text, sideSpace, middle, paper.dim, words);
    return start < right ? [name, lineMark(rule, [start, middle, right, middle])] : [name];
  });
}

/** Numbers of layers beside their first line, of heads above the first layer. */
function axisMarks({ lines, bands, tile }: Grid, order: HeadOrder, map: AttentionMap): Mark[] {
  if (order !== 'layer') return [];
  const [top] = lines;
  const above = Math.min(top?.y ?? 0, bands[0]?.y ?? Infinity) - 8;
  const layers = lines.flatMap(({ starts, y, tiles: [first] }) =>
    starts && first
      ? [
          textMark(String(layerNumber(map, first.layer)), first.x - 8, y + tile / 2, paper.foreground, {
            ...words,
            anchor: 'end',
          }),
        ]
      : [],
  );
  const heads = (top?.tiles ?? []).map(({ head, x }) =>
    textMark(head === null ? table().effects.short : String(head), x + tile / 2, above, paper.foreground, {
      ...words,
      anchor: 'middle',
    }),
  );
  return [...layers, ...heads];
}
