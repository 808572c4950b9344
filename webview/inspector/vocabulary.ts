import { html, nothing, type TemplateResult } from 'lit';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import { visibleText } from '../../src/core/text/label.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { term } from '../controls/term.ts';
import type { Picture } from '../state/frame.ts';

/** A word of more pieces names these and counts the others. */
const maxPieces = 4;

/** Vocabulary text and id of the token in focus, of each piece of a word; controls and marks are made visible. */
export function vocabularyLine(
  frame: Picture,
  { side, index }: TokenFocus,
  act: Acting,
): TemplateResult | typeof nothing {
  const unit = frame.sides[side][index];
  if (!unit) return nothing;
  const says = words().inspector;
  const pieces = sequenceOn(frame.source, side).tokens.slice(unit.first, unit.end);
  const told = pieces.length > maxPieces ? pieces.slice(0, maxPieces - 1) : pieces;
  const others = pieces.length - told.length;
  const texts = [...told.map(({ text }) => visibleText(text)), ...(others > 0 ? [says.morePieces(others)] : [])].join(
    ' ',
  );
  const ids = says.ids(told.map(({ id }) => id));
  // No whitespace: it would be a node more.
  return html`<div class="where vocabulary"><code title=${says.vocabularyMeaning} .textContent=${texts}></code>${term('vocabulary', ids, act, says.vocabularyMeaning)}</div>`;
}
