import { html, type TemplateResult } from 'lit';
import { strongest } from '../../src/core/attention/rows.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { otherSide, partnersOf } from '../../src/core/scene/links.ts';
import type { Picture } from '../state/frame.ts';
import { spokenName } from '../../src/core/scene/names.ts';
import { isRepeated, markedOn, nameOn } from '../words/label.ts';
import { exactText } from '../../src/core/attention/number-words.ts';
import { words } from '../../src/core/words/words.ts';

/** A long row is cut to its strongest links, and the caption says so. */
const maxRows = 30;

/** The lines of the token in focus as a table, for those who do not see the canvas; in the order of the text. */
export function tableTwin(frame: Picture, token: TokenFocus): TemplateResult {
  const says = words().inspector;
  const weights = partnersOf(frame, token);
  const links = strongest(weights, maxRows).sort((a, b) => a.index - b.index);
  const own = nameOn(frame, token.side, token.index);
  const side = otherSide(token.side);
  const name = (index: number): string =>
    isRepeated(frame, side, index)
      ? says.tokenInTable(markedOn(frame, side, index), frame.sides[side][index]?.first ?? index)
      : markedOn(frame, side, index);
  const where =
    links.length < weights.length ? says.cut(spokenName(frame), links.length, weights.length) : spokenName(frame);
  const caption = token.side === 'query' ? says.tableLooksAt(own, where) : says.tableLookedAtBy(own, where);
  return html`
    <div class="unseen"><table>
      <caption>${caption}</caption>
      <thead><tr><th scope="col">${says.columns.token}</th><th scope="col">${says.columns.weight}</th></tr></thead>
      <tbody>${links.map(
        ({ index, weight }) => html`<tr><th scope="row" .textContent=${name(index)}></th><td
        .textContent=${exactText(weight)}></td></tr>`,
      )}</tbody>
    </table></div>
  `;
}
