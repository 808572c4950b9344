import { html, nothing, type TemplateResult } from 'lit';
import { layerNumber } from '../../src/core/attention/layers.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { roleText } from '../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { named } from '../controls/term.ts';
import type { Picture } from '../state/frame.ts';
import { selectHead } from '../views/head-places.ts';

/** What the list needs. */
export interface SimilarScene {
  readonly frame: Picture;
  readonly view: ViewState;
  readonly act: Acting;
}

/** The heads most like a head, nearest first, each a button that goes there; nothing where heads were not compared. */
export function similarList(
  { frame: { source, selection }, view, act }: SimilarScene,
  { similar = [] }: HeadSummary,
): TemplateResult | typeof nothing {
  if (similar.length === 0) return nothing;
  const { map, summaries } = source;
  const { probe, names, inspector } = words();
  return html`<h3>${named('js-divergence', probe.similar, act, probe.similarMeaning)}</h3><ol class="similar">${similar.map(
    (one) => {
      const name = names.place(layerNumber(map, one.layer), one.head);
      const summary = summaries?.[one.layer]?.[one.head];
      const role = summary && roleText(summary);
      return html`<li class="link"><button class="link" title=${inspector.goTo(name)}
      @click=${() => act(selectHead({ selection }, view, one))}
      .textContent=${role ? `${name} ${role}` : name}></button><span class="weight" .textContent=${weightText(one.distance)}></span></li>`;
    },
  )}</ol>`;
}
