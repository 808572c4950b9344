import type { Analysis } from '../../attention/analysis.ts';
import { layerNumber } from '../../attention/layers.ts';
import { runText } from '../../attention/edited-words.ts';
import type { Cell, Explanation } from '../../block/explanation.ts';
import type { ScoreParts } from '../../block/score-parts.ts';
import { itemAt } from '../../item-at.ts';
import { headingLine, headingOf, paper, sheetOf } from '../../picture/paper.ts';
import { paperMeasure } from '../../picture/type.ts';
import { words } from '../../words/words.ts';
import { contentOf, plainChoice } from './content.ts';
import { layoutArithmetic } from './layout.ts';
import { arithmeticMarks } from './marks.ts';
import { weightNames } from './names.ts';

/** A weight of an analysis, and what it is made of. */
export interface ToldWeight {
  readonly cell: Cell;
  readonly told: Explanation;
  /** Why its score is what it is, where that was asked for. */
  readonly parts?: ScoreParts;
}

const width = 840;
const viewTop = headingLine + 8;

/**
 * The arithmetic of one weight as a stand-alone SVG picture on white: formula, vectors, the row of scores and weights,
 * what the head hands over, and the model's own number beside ours. Throws RangeError when there is no such map.
 */
export function arithmeticSvgOf(analysis: Analysis, { cell, told }: ToldWeight): string {
  const map = itemAt(analysis.maps, cell.map);
  const says = words();
  const names = weightNames(map, analysis.sequences, cell);
  const content = contentOf(told, names, plainChoice);
  const layout = layoutArithmetic(content, width, paperMeasure, { hasControls: false, hasBars: paper.contrast });
  const head = says.names.headOf(layerNumber(map, cell.layer), cell.head);
  const heading = says.arithmetic.heading(head, names.query, names.key);
  // Only of one width of all letters it is known where each piece of a formula ends.
  const marks = arithmeticMarks(layout, content, cell.key, {
    palette: paper,
    color: paper.colorOf(cell.head),
    formula: 'tokens',
    hasTitles: true,
  });
  return sheetOf(says.arithmetic.picture(runText(analysis)), [
    { marks: [headingOf(heading), { kind: 'group', y: viewTop, marks }], width, height: viewTop + layout.height },
  ]);
}
