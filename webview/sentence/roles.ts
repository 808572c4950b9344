import { html, nothing, type TemplateResult } from 'lit';
import { readsGrammar } from '../../src/core/catalogue/built-in.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import type { Acting } from '../act.ts';
import { isSelf } from '../../src/core/scene/frame.ts';
import type { Frame } from '../state/frame.ts';
import { cutCaptions } from './cut.ts';

/** What the texts of an encoder-decoder are called, in the order of its sequences, and what each is. */
const names = [
  { name: 'Source', says: 'Source: the text that the encoder reads.' },
  { name: 'Target', says: 'Target: the text that the decoder writes, token by token.' },
] as const;

/** What a text does in a map of two sequences. */
const parts = {
  query: { name: ' · queries', says: ' Its tokens are the queries of this map: they look.' },
  key: { name: ' · keys', says: ' Its tokens are the keys of this map: they are looked at.' },
} as const;

/** The name over a text of an encoder-decoder, with its part in the map; nothing where there is one text alone. */
export function textName(frame: Frame, side: TokenFocus['side'], act: Acting): TemplateResult | typeof nothing {
  const part = isSelf(frame.map) ? { name: '', says: '' } : parts[side];
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
    ${nameLine(frame, index, { name: ' · not in this map', says: ' It has no part in this map.' }, act)}<p
      class="other">${sequence.text.trim() === '' ? '(empty)' : sequence.text}</p>${cutCaptions(sequence, sequence.tokens, false).map((words) => html`<p class="caption">${words}</p>`)}
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
  const named = hasTarget(frame) ? names[sequence] : undefined;
  if (!named) return nothing;
  const set = html`<button class="link" title="Give the decoder a target of yours, or let the model write one."
    @click=${() => act({ type: 'command', command: 'target' })}>Set target…</button>`;
  const example = html`<button class="link"
    title="This model knows the words of a small grammar alone: see sentences that it translates."
    @click=${() => act({ type: 'command', command: 'example' })}>Example sentences…</button>`;
  const way = named.name === 'Target' ? set : readsGrammar(frame.info.model.id) ? example : nothing;
  return html`<p class="name"><span title=${`${named.says}${part.says}`}>${named.name}${part.name}</span>${way}</p>`;
}
