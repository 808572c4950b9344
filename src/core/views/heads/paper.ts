import type { Analysis } from '../../attention/analysis.ts';
import { runText } from '../../attention/edited-words.ts';
import { firstSelection } from '../../attention/selection.ts';
import { plainOptions, type ViewOptions } from '../../attention/view.ts';
import { headingOf, headingWidth, margin, paper, sheetOf, words, type Drawing } from '../../picture/paper.ts';
import type { Mark } from '../../picture/marks.ts';
import { lineMark, paperMeasure, textMark, tokenSize, widthOf } from '../../picture/type.ts';
import { headsIn, layerName, mapsIn, type Focus } from '../../scene/focus.ts';
import { ShownMap, type Labelled } from '../../scene/shown-map.ts';
import { labelMarks } from '../labels.ts';
import { labelSpace, layoutHeadsOnPaper, rowMiddle, type HeadLayout } from './layout.ts';
import { collectLines, linesInView } from './lines.ts';
import { captionsOf, centreMarks, leftOutWords, restMarks } from './marks.ts';
import { words as table } from '../../words/words.ts';

/** As many lines as a file of a few megabytes holds; beyond it the weakest are left out, and the picture says so. */
const lineBudget = 40_000;
/** Where the legend of heads and the view below it stand, in pixels from the top. */
const legendLine = 48;
const viewTop = 56;
const legendStep = 26;
/** As the panel draws lines while nothing is in focus. */
const calm = 0.8;
/** The line that joins a piece of a word to the piece above it. */
const joint = { inset: 9.5, letters: 10, opacity: 0.6 };

/**
 * The head view of one layer as a stand-alone SVG picture on white, as the panel draws it while nothing is in focus: a
 * drawing for every map that `focus` shows, side by side. Rows, columns and weights are what the options leave.
 *
 * The middle of each query's window, where attention is local, is dotted. Without a layer the first one is drawn,
 * without heads all of them. Throws RangeError when there is no such map, layer or head.
 */
export function headsSvgOf(analysis: Analysis, focus: Focus, options: ViewOptions = plainOptions): string {
  const one = { ...focus, layer: focus.layer ?? firstSelection(analysis).layer };
  const maps = mapsIn(analysis, one);
  const [first] = maps;
  const drawings = maps.map((map) => drawingOf(new ShownMap(map, analysis.sequences, options), one));
  return sheetOf(
    first
      ? table().pictures.titleOf(runText(analysis), layerName(first, one, options))
      : table().pictures.title(runText(analysis)),
    drawings,
  );
}

function drawingOf(shown: ShownMap, focus: Focus): Drawing {
  const { map, options, queries, keys, window } = shown;
  const heads = headsIn(map, focus);
  const captions = captionsOf(map, map.rows ? options.rows : null);
  const widthFor = (rows: readonly Labelled[], caption: string): number =>
    Math.max(widthOf(rows.map(({ label }) => label)), widthOf([caption], words.size));
  const labels = { query: widthFor(queries, captions[0]), key: widthFor(keys, captions[1]) };
  const layout = layoutHeadsOnPaper(labels, queries.length, keys.length, heads.length);
  const [layer] = shown.layers(focus);
  const weights = layer === undefined ? new Float32Array() : shown.layer(layer);
  const lines = collectLines(weights, queries.length, keys.length, heads);
  const { indices, leftOutBelow } = linesInView(lines, layout, lineBudget);
  const { names, pictures } = table();
  const local = window ? pictures.window(window.halfWidth) : '';
  const [only] = heads;
  const heading =
    `${pictures.map(map.name, map.kind)}, ${layerName(map, focus, options)}, ` +
    `${only !== undefined && heads.length === 1 ? names.head(only) : pictures.heads(heads.length)}${local}${shown.filters}`;
  const left = margin - layout.queryEdge + labels.query + labelSpace;
  const height = viewTop + layout.contentHeight + margin / 2;
  const view: Mark[] = [
    ...captionMarks(captions, layout),
    ...(window ? centreMarks(window, layout, paper) : []),
    { kind: 'group', opacity: calm, marks: restMarks(lines, indices, heads, layout, paper) },
    ...columnMarks(queries, 'query', layout),
    ...columnMarks(keys, 'key', layout),
  ];
  return {
    marks: [
      headingOf(heading),
      ...legend(heads),
      { kind: 'group', x: left, y: viewTop, marks: view },
      ...(leftOutBelow > 0 ? [textMark(leftOutWords(leftOutBelow), margin, height - 8, paper.dim, words)] : []),
    ],
    width: Math.max(left + layout.width, 2 * margin + heads.length * legendStep, headingWidth(heading)),
    height: leftOutBelow > 0 ? height + 8 : height,
  };
}

function legend(heads: readonly number[]): Mark[] {
  return heads.flatMap((head, place) => {
    const x = margin + place * legendStep;
    const { dash, width } = paper.strokeOf(head);
    return [
      lineMark(paper.colorOf(head), [x, legendLine + 6, x + 18, legendLine + 6], { width: 4 * width, dash }),
      textMark(String(head), x, legendLine - 3, paper.dim, { ...words, size: 9 }),
    ];
  });
}

function columnMarks(rows: readonly Labelled[], side: 'query' | 'key', layout: HeadLayout): Mark[] {
  const [edge, anchor, sign] =
    side === 'query' ? ([layout.queryEdge, 'end', -1] as const) : ([layout.keyEdge, 'start', 1] as const);
  const look = { palette: paper, measure: paperMeasure(), size: tokenSize, strong: false };
  return rows.flatMap(({ label, special, unknown, joined }, index) => {
    const y = rowMiddle(layout, layout[side], index);
    const x = edge + sign * joint.inset;
    const { letters, opacity } = joint;
    return [
      ...(joined ? [lineMark(paper.dim, [x, y - layout.rowHeight + letters, x, y - letters], { opacity })] : []),
      ...labelMarks({ text: label, special, unknown }, edge + sign * labelSpace, y, Infinity, anchor, look),
    ];
  });
}

function captionMarks([from, to]: ReturnType<typeof captionsOf>, layout: HeadLayout): Mark[] {
  const y = layout.top / 2;
  return [
    textMark(from, layout.queryEdge - labelSpace, y, paper.dim, { ...words, anchor: 'end' }),
    textMark(to, layout.keyEdge + labelSpace, y, paper.dim, words),
  ];
}
