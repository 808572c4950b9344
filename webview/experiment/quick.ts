import { html, nothing, type TemplateResult } from 'lit';
import { editLike, withEdits, withoutEdit } from '../../src/core/run/edit-list.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import { linkEdits, placeOf, reachesOf, replaceEdits } from '../../src/core/scene/try.ts';
import { visibleText } from '../../src/core/text/label.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { cellOfFocus, type Focus } from '../state/focus.ts';
import type { Picture } from '../state/frame.ts';
import { term } from '../controls/term.ts';
import { withKey } from '../state/keyboard.ts';
import { labelOn } from '../words/label.ts';
import { headName, pairOf } from './target.ts';

/** What the block needs. */
export interface QuickScene {
  readonly frame: Picture;
  readonly focused: Focus | null;
  readonly edits: readonly Edit[];
  readonly act: Acting;
}

/** The first things to try with what is in focus, each one click away, and the box that has them all. */
export function quickBlock({ frame, focused, edits, act }: QuickScene): TemplateResult {
  const says = words().experiment;
  const focus = cellOfFocus(focused);
  const pair = pairOf(focus);
  const head = headName(frame);
  const [reach = 'map'] = reachesOf(frame);
  const off: Edit = { kind: 'off', ...placeOf(frame, reach) };
  // A masked model predicts nothing in a text without a mask: there would be nothing to compare.
  const { blank, family } = frame.info.model;
  const unit = focus && { side: focus.side, index: focus.index };
  const masked = unit && blank !== undefined && family === 'encoder' ? replaceEdits(frame, unit, blank) : null;
  const offer = (name: string, meaning: string, more: readonly Edit[]): TemplateResult => {
    const isMade = more.every((edit) => editLike(edits, edit)?.kind === edit.kind);
    return html`<button class="link" title=${meaning} aria-pressed=${isMade} @click=${() =>
      act({
        type: 'edit',
        edits: isMade ? more.reduce(withoutEdit, edits) : withEdits(edits, more),
      })}>${name}</button>`;
  };
  return html`
    <h3>${term('ablation', says.box, act)}</h3>
    <p class="ways">${head === null ? nothing : offer(says.quick.off(says.reaches.head(head)), says.offMeaning, [off])}${
      pair
        ? offer(
            says.quick.block(labelOn(frame, 'query', pair.query), labelOn(frame, 'key', pair.key)),
            says.blockMeaning,
            linkEdits(frame, pair, reach, null),
          )
        : nothing
    }${masked && blank !== undefined ? offer(says.mask(visibleText(blank)), says.maskMeaning, masked) : nothing}<button class="link" title=${withKey(says.addMeaning, 't')} @click=${(
      event: Event,
    ) => act({ type: 'try', token: focus, at: pointOf(event) })}>${says.more}</button></p>
  `;
}

/** Where a button is, in the panel. */
function pointOf({ currentTarget }: Event): { readonly x: number; readonly y: number } | null {
  if (!(currentTarget instanceof Element)) return null;
  const { left, bottom } = currentTarget.getBoundingClientRect();
  return { x: left, y: bottom + 4 };
}
