import { html, nothing, type TemplateResult } from 'lit';
import { openingSelection, type Opening } from '../../src/core/attention/opening.ts';
import { openingRule, openingSentence } from '../../src/core/attention/opening-words.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { soloHead } from '../../src/core/attention/selection.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import type { Picture } from '../state/frame.ts';

/** What the block needs. */
export interface OpeningScene {
  readonly opening: Opening | null | undefined;
  readonly frame: Picture;
  readonly view: ViewState;
  readonly act: Acting;
}

/**
 * Why the analysis opened with what is shown, as long as that is shown: the link that stands out, a button that pins
 * it, and one that shows all heads.
 */
export function openingBlock({ opening, frame, view, act }: OpeningScene): TemplateResult | typeof nothing {
  if (opening === undefined || !isShown(opening, frame)) return nothing;
  const { source } = frame;
  const says = words().opening;
  const pin = (): void => {
    if (opening === null) return;
    const selection = soloHead({ ...source.selection, layer: opening.layer }, opening.head);
    act({ type: 'view', view, selection: { ...selection, token: unit(frame, opening.query) } });
  };
  return html`
    <p class="opening" title=${openingRule()}>${openingSentence(source.info, opening)}</p>
    <p class="ways">
      ${opening === null ? nothing : html`<button class="link" title=${says.showLinkMeaning} @click=${pin}>${says.showLink}</button>`}
      ${
        view.view === 'model'
          ? nothing
          : html`<button class="link" title=${says.allHeadsMeaning}
            @click=${() => act({ type: 'view', view: { ...view, view: 'model' } })}>${says.allHeads}</button>`
      }
    </p>
  `;
}

/** The query's place in the picture; null where it is hidden. */
function unit({ sides }: Picture, token: number): { side: 'query'; index: number } | null {
  const index = sides.query.findIndex(({ first, end }) => first <= token && token < end);
  return index < 0 ? null : { side: 'query', index };
}

function isShown(opening: Opening | null, { source }: Picture): boolean {
  const { map, layer, heads, head } = openingSelection(source.info, opening);
  const now = source.selection;
  return now.map === map && now.layer === layer && now.head === head && now.heads.length === heads.length;
}
