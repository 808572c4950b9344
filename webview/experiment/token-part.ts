import { html, nothing, type TemplateResult } from 'lit';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { editLike, withoutEdit } from '../../src/core/run/edit-list.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import { givenTokens, replaceEdits, valueEdits, type ValueEdit } from '../../src/core/scene/try.ts';
import { visibleText } from '../../src/core/text/label.ts';
import { words } from '../../src/core/words/words.ts';
import { labelOn, quoted } from '../words/label.ts';
import { named } from '../controls/term.ts';
import type { TryScene } from './box.ts';

/** Asks for a token of the vocabulary by its name; null where there is none. */
export type NamedToken = (name: string) => Promise<{ readonly text: string } | null>;

/** What the part of a token is told beside the scene. */
export interface TokenWays {
  /** Why what was typed is no token; empty where nothing is wrong. */
  readonly problem: string;
  readonly tell: (problem: string) => void;
  readonly named: NamedToken;
  /** Sets the row of the token by hand; null where it has none. */
  readonly hand: (() => void) | null;
}

/** What can be tried with a token: another one in its place, its values withheld or their mean in their place. */
export function tokenPart(scene: TryScene, token: TokenFocus, ways: TokenWays): TemplateResult | typeof nothing {
  const { frame, add } = scene;
  const says = words().experiment;
  const unit: TokenFocus = { side: token.side, index: token.index };
  const given = givenTokens(frame, unit);
  const { blank } = frame.info.model;
  const values = (['zero', 'mean'] as const).map((kind) => valueButton(scene, unit, kind));
  if (!given && values.every((button) => button === nothing) && !ways.hand) return nothing;
  const masked = given && blank !== undefined ? replaceEdits(frame, unit, blank) : null;
  return html`
    <h2>${named('token', says.token(quoted(labelOn(frame, unit.side, unit.index))), scene.act)}</h2>
    <div class="buttons">
      ${
        masked && blank !== undefined
          ? html`<button title=${says.maskMeaning} @click=${() => add(masked)}>${says.mask(visibleText(blank))}</button>`
          : nothing
      }
      ${values}
      ${ways.hand ? html`<button title=${says.handMeaning} @click=${ways.hand}>${says.hand}</button>` : nothing}
    </div>
    ${given ? replaceForm(scene, unit, ways) : nothing}
  `;
}

/** What is received in place of the values of a token, to be made and taken back. */
function valueButton(
  { frame, edits, add, set }: TryScene,
  unit: TokenFocus,
  kind: ValueEdit,
): TemplateResult | typeof nothing {
  const own = valueEdits(frame, unit, kind);
  if (!own) return nothing;
  const says = words().experiment;
  const isMade = own.every((edit) => editLike(edits, edit)?.kind === kind);
  const meaning = { zero: says.zeroMeaning, mean: says.meanMeaning }[kind];
  return html`<button title=${meaning} aria-pressed=${isMade} @click=${() =>
    isMade ? set(own.reduce(withoutEdit, edits)) : add(own)}>${says[kind]}</button>`;
}

function replaceForm({ frame, add }: TryScene, unit: TokenFocus, { problem, tell, named }: TokenWays): TemplateResult {
  const says = words().experiment;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const field = form instanceof HTMLFormElement ? form.elements.namedItem('by') : null;
    const typed = field instanceof HTMLInputElement ? field.value : '';
    if (typed === '') return;
    const found = await foundToken(named, namesOf(frame, unit, typed)).catch(() => undefined);
    tell(found ? '' : found === null ? says.noToken(typed) : says.unreadable);
    if (!found) return;
    const edits = replaceEdits(frame, unit, found.text);
    if (edits) add(edits);
  };
  return html`
    <form @submit=${submit}>
      <label for="by">${says.replaceBy}</label>
      <input id="by" name="by" type="text" maxlength="200" autocomplete="off" spellcheck="false"
        title=${says.replaceMeaning} aria-describedby="problem">
      <button type="submit">${says.replace}</button>
    </form>
    <p class="problem" id="problem" role="alert">${problem}</p>
  `;
}

/** What typed characters may be called in the vocabulary: first as a word after a blank, where the token is one. */
function namesOf({ source }: TryScene['frame'], { side, index }: TokenFocus, typed: string): readonly string[] {
  const mark = /^[Ġ▁]/u.exec(sequenceOn(source, side).tokens[index]?.text ?? '')?.[0];
  return mark === undefined ? [typed] : [`${mark}${typed}`, typed];
}

async function foundToken(named: NamedToken, names: readonly string[]): Promise<{ readonly text: string } | null> {
  for (const name of names) {
    const found = await named(name);
    if (found) return found;
  }
  return null;
}
