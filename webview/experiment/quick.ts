import { html, nothing, type TemplateResult } from 'lit';
import { editLike, withEdits, withoutEdit } from '../../src/core/run/edit-list.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import { linkEdits, placeOf, reachesOf } from '../../src/core/scene/try.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { cellOfFocus, type Focus } from '../state/focus.ts';
import type { Picture } from '../state/frame.ts';
import { term } from '../controls/term.ts';
import { withKey } from '../state/keyboard.ts';
import { labelOn } from '../words/label.ts';
import { maskingOf } from './masking.ts';
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
  const masking = maskingOf(frame, focused);
  // What is made already is taken back, and its name says so: a link cannot look pressed.
  const offer = (names: readonly [make: string, undo: string], meaning: string, more: readonly Edit[]) => {
    const isMade = more.every((edit) => editLike(edits, edit)?.kind === edit.kind);
    return html`<button class="link" title=${meaning} @click=${() =>
      act({
        type: 'edit',
        edits: isMade ? more.reduce(withoutEdit, edits) : withEdits(edits, more),
      })}>${names[isMade ? 1 : 0]}</button>`;
  };
  const cell = pair && ([labelOn(frame, 'query', pair.query), labelOn(frame, 'key', pair.key)] as const);
  const headNamed = head === null ? null : says.reaches.head(head);
  return html`
    <h3>${term('ablation', says.box, act)}</h3>
    <p class="ways">${
      headNamed === null
        ? nothing
        : offer([says.quick.off(headNamed), says.quick.on(headNamed)], says.offMeaning, [off])
    }${
      pair && cell
        ? offer(
            [says.quick.block(...cell), says.quick.unblock(...cell)],
            says.blockMeaning,
            linkEdits(frame, pair, reach, null),
          )
        : nothing
    }${masking ? offer([says.mask(masking.blank), says.quick.unmask(masking.blank)], says.maskMeaning, masking.edits) : nothing}<button class="link" title=${withKey(says.addMeaning, 't')} @click=${(
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
