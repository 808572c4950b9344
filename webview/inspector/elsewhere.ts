import { html, nothing, type TemplateResult } from 'lit';
import { weightText } from '../../src/core/attention/number-words.ts';
import { soloHead, type TokenFocus } from '../../src/core/attention/selection.ts';
import type { HeadLink } from '../../src/core/attention/strongest-heads.ts';
import { labelIn, wordsOf } from '../../src/core/document/words.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import { otherSide } from '../../src/core/scene/links.ts';
import { minShown } from '../../src/core/scene/word-links.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import type { Picture } from '../state/frame.ts';

/** So many heads elsewhere are named; the list keeps their height, so that nothing jumps. */
const most = 3;

/**
 * The heads elsewhere in which a pinned word has its strongest links, each a button that goes there; `links` is null
 * until they are known.
 */
export function elsewhereList(
  { source, selection }: Picture,
  side: TokenFocus['side'],
  links: readonly HeadLink[] | null,
  act: Acting,
): TemplateResult | typeof nothing {
  const { layer, map } = source;
  const says = words().inspector;
  if (map.shape[0] * map.shape[1] < 2) return nothing;
  const spoken = selection.head === null ? selection.heads : [selection.head];
  const elsewhere = (links ?? [])
    .filter((one) => one.weight >= minShown && (one.layer !== layer || !spoken.includes(one.head)))
    .slice(0, most);
  const partners = wordsOf(sequenceOn(source, otherSide(side)));
  return html`<h3 title=${says.elsewhereMeaning}>${says.elsewhere}</h3><ul class="elsewhere">${elsewhere.map((one) => {
    const label = labelIn(partners, one.token);
    const go = (): void => act({ type: 'select', selection: soloHead({ ...selection, layer: one.layer }, one.head) });
    const text = `${one.layer}.${one.head} ${side === 'query' ? '→' : '←'} ${label}`;
    // No whitespace and no child parts: each would be a node more in every row.
    return html`<li class="link"><button class="link" title=${says.goTo(`${one.layer}.${one.head}`)} @click=${go}
        .textContent=${text}></button><span class="weight" .textContent=${weightText(one.weight)}></span></li>`;
  })}</ul>
  `;
}
