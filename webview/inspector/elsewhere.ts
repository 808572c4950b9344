import { html, nothing, type TemplateResult } from 'lit';
import { layerNumber } from '../../src/core/attention/layers.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import type { HeadLink } from '../../src/core/attention/strongest-heads.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { labelIn, rowWordsOf, wordsOf } from '../../src/core/document/words.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import { otherSide } from '../../src/core/scene/links.ts';
import { linksElsewhere } from '../../src/core/scene/word-links.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import type { Picture } from '../state/frame.ts';
import { selectHead } from '../views/head-places.ts';

/** So many heads elsewhere are named; the list keeps their height, so that nothing jumps. */
const most = 3;

/** What the list needs; `links` is null until they are known. */
export interface ElsewhereScene {
  readonly frame: Picture;
  readonly view: ViewState;
  readonly links: readonly HeadLink[] | null;
  readonly act: Acting;
}

/** The heads elsewhere in which a pinned word has its strongest links, each a button that goes there. */
export function elsewhereList(
  { frame: { source, selection, options }, view, links, act }: ElsewhereScene,
  side: TokenFocus['side'],
): TemplateResult | typeof nothing {
  const { map } = source;
  const says = words().inspector;
  if (map.shape[0] * map.shape[1] < 2) return nothing;
  const elsewhere = linksElsewhere(links ?? [], source, most);
  const others = wordsOf(sequenceOn(source, otherSide(side)));
  const partners = side === 'query' ? others : rowWordsOf(others, map, source.info.sequences, options.rows);
  return html`<h3 title=${says.elsewhereMeaning}>${says.elsewhere}</h3><ul class="elsewhere">${elsewhere.map((one) => {
    const label = labelIn(partners, one.token);
    const go = (): void => act(selectHead({ selection }, view, one));
    const name = words().names.place(layerNumber(map, one.layer), one.head);
    const text = `${name} ${side === 'query' ? '→' : '←'} ${label}`;
    // No whitespace and no child parts: each would be a node more in every row.
    return html`<li class="link"><button class="link" title=${says.goTo(name)} @click=${go}
        .textContent=${text}></button><span class="weight" .textContent=${weightText(one.weight)}></span></li>`;
  })}</ul>
  `;
}
