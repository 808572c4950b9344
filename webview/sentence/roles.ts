import { html, nothing, type TemplateResult } from 'lit';
import { readsGrammar } from '../../src/core/catalogue/built-in.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import type { Acting } from '../act.ts';
import { isSelf } from '../../src/core/scene/frame.ts';
import type { Frame } from '../state/frame.ts';
import { term } from '../controls/term.ts';
import { cutCaptions } from './cut.ts';
import { words } from '../../src/core/words/words.ts';

/** The name over a text of an encoder-decoder, with its part in the map; nothing where there is one text alone. */
export function textName(frame: Frame, side: TokenFocus['side'], act: Acting): TemplateResult | typeof nothing {
  const says = words().sentence;
  const part = isSelf(frame.map) ? { name: '', says: '' } : side === 'query' ? says.queries : says.keys;
  return nameLine(frame, side === 'query' ? frame.map.queries : frame.map.keys, part, act);
}

/**
 * The texts of an encoder-decoder that have no part in the map shown, so that source and target are always in sight.
 */
export function otherTexts(frame: Frame, act: Acting): TemplateResult | typeof nothing {
  if (!hasTarget(frame)) return nothing;
  const {
    info: { sequences },
    map: { queries, keys },
  } = frame;
  return html`${sequences.map((sequence, index) =>
    index === queries || index === keys
      ? nothing
      : html`
    ${nameLine(frame, index, words().sentence.notInMap, act)}<p
      class="other">${sequence.text.trim() === '' ? words().sentence.empty : sequence.text}</p>${cutCaptions(sequence, sequence.tokens, false).map((caption) => html`<p class="caption">${caption}</p>`)}
  `,
  )}`;
}

/** Whether the model has a decoder beside what reads the text: what it writes is the target. */
function hasTarget({ info: { maps } }: Frame): boolean {
  return maps.some(({ kind }) => kind === 'cross');
}

function nameLine(
  frame: Frame,
  sequence: number,
  part: { readonly name: string; readonly says: string },
  act: Acting,
): TemplateResult | typeof nothing {
  const says = words().sentence;
  const text = hasTarget(frame) ? [says.source, says.target][sequence] : undefined;
  if (!text) return nothing;
  const set = html`<button class="link" title=${says.setTargetMeaning}
    @click=${() => act({ type: 'command', command: 'target' })}>${says.setTarget}</button>`;
  const example = html`<button class="link"
    title=${says.examplesMeaning}
    @click=${() => act({ type: 'command', command: 'example' })}>${says.examples}</button>`;
  const way = text === says.target ? set : readsGrammar(frame.info.model.id) ? example : nothing;
  return html`<p class="name"><span title=${`${text.says}${part.says}`}>${term(
    text === says.target ? 'decoder' : 'encoder',
    text.name,
    act,
    text.says,
  )}${part.name}</span>${way}</p>`;
}
