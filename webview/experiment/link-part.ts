import { html, nothing, type TemplateResult } from 'lit';
import { editLike, withoutEdit } from '../../src/core/run/edit-list.ts';
import type { Pair } from '../../src/core/scene/pair.ts';
import { linkEdits, type Reach } from '../../src/core/scene/try.ts';
import { words } from '../../src/core/words/words.ts';
import { labelOn, quoted } from '../words/label.ts';
import { named } from '../controls/term.ts';
import type { TryScene } from './box.ts';
import { stepped } from './stepped.ts';
import { amountOf, reachName } from './target.ts';

/** Numbers that can be added to a score. */
const biases = Array.from({ length: 41 }, (_, at) => (at - 20) / 2);

/** What the part of a link is told beside the scene. */
export interface LinkWays {
  readonly offered: readonly Reach[];
  readonly choose: (reach: Reach) => void;
  readonly hand: () => void;
}

/** What can be tried with a link: blocked, strengthened or weakened, its row set by hand. */
export function linkPart(scene: TryScene, pair: Pair, ways: LinkWays): TemplateResult {
  const { frame, edits, reach, add, set } = scene;
  const says = words().experiment;
  const block = linkEdits(frame, pair, reach, null);
  const isBlocked = block.every((edit) => editLike(edits, edit)?.kind === 'block');
  const name = (side: 'query' | 'key'): string => quoted(labelOn(frame, side, pair[side]));
  return html`
    <h2>${named('attention-weight', says.link(name('query'), name('key')), scene.act)}</h2>
    ${ways.offered.length > 1 ? reachChoice(scene, ways) : nothing}
    <div class="buttons">
      <button title=${says.blockMeaning} aria-pressed=${isBlocked} @click=${() =>
        isBlocked ? set(block.reduce(withoutEdit, edits)) : add(block)}>${says.block}</button>
      <button title=${says.handMeaning} @click=${ways.hand}>${says.hand}</button>
    </div>
    ${stepped({
      name: says.bias,
      meaning: says.biasMeaning,
      steps: biases,
      value: amountOf(edits, block[0], 0),
      text: says.signed,
      choose: (value) => add(linkEdits(frame, pair, reach, value)),
    })}
  `;
}

function reachChoice({ frame, reach }: TryScene, { offered, choose }: LinkWays): TemplateResult {
  const says = words().experiment;
  const chosen = ({ target }: Event): void => {
    const wanted = target instanceof HTMLSelectElement ? offered[target.selectedIndex] : undefined;
    if (wanted) choose(wanted);
  };
  return html`<label class="reach" title=${says.reachMeaning}><span>${says.reach}</span><select @change=${chosen}>${offered.map(
    (each) => html`<option ?selected=${each === reach}>${reachName(frame, each)}</option>`,
  )}</select></label>`;
}
