import { html, type TemplateResult } from 'lit';
import { strongest } from '../../src/core/attention/rows.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { otherSide, partnersOf } from '../../src/core/scene/links.ts';
import type { Picture } from '../state/frame.ts';
import { spokenName } from '../../src/core/scene/names.ts';
import { isRepeated, markedOn, nameOn } from '../words/label.ts';
import { exactText } from '../../src/core/attention/number-words.ts';

/** A long row is cut to its strongest links, and the caption says so. */
const mostRows = 30;

/** The lines of the token in focus as a table, for those who do not see the canvas; in the order of the text. */
export function tableTwin(frame: Picture, token: TokenFocus): TemplateResult {
  const weights = partnersOf(frame, token);
  const links = strongest(weights, mostRows).sort((a, b) => a.index - b.index);
  const own = nameOn(frame, token.side, token.index);
  const side = otherSide(token.side);
  const name = (index: number): string =>
    `${markedOn(frame, side, index)}${isRepeated(frame, side, index) ? ` (token ${frame.sides[side][index]?.first ?? index})` : ''}`;
  const direction = token.side === 'query' ? `${own} looks at` : `${own} is looked at by`;
  const cut = links.length < weights.length ? `, the ${links.length} strongest of ${weights.length}` : '';
  return html`
    <div class="unseen"><table>
      <caption>${direction} (${spokenName(frame)}${cut})</caption>
      <thead><tr><th scope="col">Token</th><th scope="col">Weight</th></tr></thead>
      <tbody>${links.map(
        ({ index, weight }) => html`<tr><th scope="row" .textContent=${name(index)}></th><td
        .textContent=${exactText(weight)}></td></tr>`,
      )}</tbody>
    </table></div>
  `;
}
