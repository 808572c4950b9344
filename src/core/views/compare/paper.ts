import { runText } from '../../attention/edited-words.ts';
import { weightRamp } from '../../color/weight-ramp.ts';
import { comparisonOf, type Compared } from '../../compare/of-analyses.ts';
import type { Mark } from '../../picture/marks.ts';
import { headingLine, headingOf, margin, paper, rampLegend, sheetOf, words as type } from '../../picture/paper.ts';
import { fitted, paperMeasure, textMark, tokenSize, widthOf } from '../../picture/type.ts';
import { words } from '../../words/words.ts';
import { hatchingOf, panesOf, type PaneContent } from './content.ts';
import { noteHeight } from './layout.ts';
import { layOut, type LaidOut } from './lines.ts';
import { compareMarks, differenceRamp, runsColor } from './marks.ts';

/** Runs stand beside each other on paper of this width, in pixels. */
const paperWidth = 1040;
const viewTop = headingLine + 12;
const labelSize = 12;
const legendHeight = 48;
const swatch = 24;

/**
 * The compare view as a stand-alone SVG picture on white: a matrix for every run, what each differs from the first in,
 * and what is measured of both. Throws RangeError as {@link comparisonOf} does.
 */
export function compareSvgOf(compared: Compared): string {
  const contents = panesOf(comparisonOf(compared), compared.view.compare);
  const measures = { tokens: paperMeasure(labelSize), words: paperMeasure(type.size) };
  const laid = layOut(contents, paperWidth, measures);
  const { layout } = laid;
  const top = viewTop + layout.height;
  const look = { palette: paper, measure: measures.tokens, size: labelSize };
  const says = words().compare;
  const title = says.picture(runText(compared.analysis));
  const marks: Mark[] = [
    headingOf(title),
    {
      kind: 'group',
      x: margin - 12,
      y: viewTop,
      marks: [...compareMarks(layout, contents, look), ...texts(contents, laid)],
    },
    ...legend(contents, top),
  ];
  return sheetOf(title, [
    { marks, width: Math.max(layout.width, widthOf([title], tokenSize)) + 2 * margin - 24, height: top + legendHeight },
  ]);
}

/** Names, places and notes: in the panel they are elements. */
function texts(contents: readonly PaneContent[], { layout, lines }: LaidOut): Mark[] {
  const measure = paperMeasure(tokenSize);
  return layout.panes.flatMap(({ box, notesTop }, at) => {
    const { title = '', place = '' } = contents[at] ?? {};
    const name = textMark(fitted(title, box.width, measure, true), box.x, box.y + 10, paper.foreground, {
      ...type,
      size: tokenSize,
      bold: true,
    });
    return [
      name,
      textMark(fitted(place, box.width, paperMeasure(type.size)), box.x, box.y + 28, paper.dim, type),
      ...(lines[at] ?? []).map((line, index) =>
        textMark(line, box.x, notesTop + (index + 0.5) * noteHeight, paper.foreground, type),
      ),
    ];
  });
}

function legend(contents: readonly PaneContent[], y: number): Mark[] {
  const { compare, pictures } = words();
  const ramp = weightRamp(runsColor(contents, paper), paper.surface);
  const hasDots = contents.some(({ picture }) => picture !== null && picture.links.length > 0);
  const hatched = hatchingOf(contents);
  const says = [pictures.colour, ...(hatched === null ? [] : [hatched]), ...(hasDots ? [compare.dots] : [])].join('. ');
  const first = rampLegend(margin, y, ramp, says);
  const difference = contents.find(({ isDifference }) => isDifference);
  if (!difference) return first;
  const x = margin + Math.max(260, widthOf([says], type.size) + 32);
  const signed = differenceRamp(paper);
  const steps = 12;
  const swatches = Array.from({ length: steps }, (_, step): Mark => {
    const value = (2 * (step + 0.5)) / steps - 1;
    const level = 2 * Math.round(Math.abs(value) * 127) + Number(value < 0);
    const fill = signed[Math.min(signed.length - 1, level)] ?? paper.surface;
    return {
      kind: 'rectangle',
      x: x + swatch + (step * 180) / steps,
      y,
      width: 180 / steps + 0.5,
      height: 8,
      fill,
      stroke: null,
    };
  });
  return [
    ...first,
    ...swatches,
    textMark('−1', x, y + 4, paper.dim, type),
    textMark('+1', x + swatch + 186, y + 4, paper.dim, type),
    textMark(compare.scale, x, y + 24, paper.dim, type),
  ];
}
