import type { Analysis } from '../../attention/analysis.ts';
import { runText } from '../../attention/edited-words.ts';
import { layerNumber } from '../../attention/layers.ts';
import type { Cell } from '../../block/explanation.ts';
import type { ScoreParts } from '../../block/score-parts.ts';
import { itemAt } from '../../item-at.ts';
import { headingLine, headingOf, paper, sheetOf } from '../../picture/paper.ts';
import { paperMeasure } from '../../picture/type.ts';
import { words } from '../../words/words.ts';
import { weightNames } from '../arithmetic/names.ts';
import { partsContent } from './content.ts';
import { layoutParts, noteSize } from './layout.ts';
import { partsMarks } from './marks.ts';

/** A weight of an analysis, and what its score is made of. */
export interface ToldParts {
  readonly cell: Cell;
  readonly told: ScoreParts;
}

const width = 840;
const viewTop = headingLine + 8;

/**
 * Why a score of an analysis is what it is, as a stand-alone SVG picture on white: the words, the table of parts, the
 * largest terms, and what they sum to beside the model's own score. Throws RangeError when there is no such map.
 */
export function partsSvgOf(analysis: Analysis, { cell, told }: ToldParts): string {
  const map = itemAt(analysis.maps, cell.map);
  const says = words();
  const names = weightNames(map, analysis.sequences, cell);
  const content = partsContent(told, names);
  const layout = layoutParts(content, width, paperMeasure, { hasControls: false, hasBars: paper.contrast });
  const head = says.names.headOf(layerNumber(map, cell.layer), cell.head);
  const heading = says.scoreParts.heading(head, names.query, names.key);
  const marks = partsMarks(layout, { palette: paper, measure: paperMeasure(noteSize), hasTitles: true });
  return sheetOf(says.scoreParts.picture(runText(analysis)), [
    { marks: [headingOf(heading), { kind: 'group', y: viewTop, marks }], width, height: viewTop + layout.height },
  ]);
}
