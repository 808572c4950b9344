import { editText } from '../run/edits.ts';
import { words } from '../words/words.ts';
import type { AnalysisInfo } from './analysis.ts';
import { numbersText } from './model-words.ts';

/** Edits that are told by name. */
const maxTold = 8;

/** One line that says that a run is edited, and how; empty for a run as the model is. */
export function editedText({ edits = [] }: Pick<AnalysisInfo, 'edits'>): string {
  if (edits.length === 0) return '';
  return words().edits.run(edits.slice(0, maxTold).map(editText), Math.max(0, edits.length - maxTold));
}

/**
 * A model that ran by its id and number format, and what was edited: `masked-lm-small (fp32)`, `masked-lm-small (fp32).
 * Edited run: off 1.2`.
 */
export function runText(analysis: Pick<AnalysisInfo, 'model' | 'edits'>): string {
  const numbers = numbersText(analysis.model);
  const name = numbers === '' ? analysis.model.id : `${analysis.model.id} (${numbers})`;
  const edited = editedText(analysis);
  return edited === '' ? name : words().edits.model(name, edited);
}
