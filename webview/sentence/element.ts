import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import type { Candidate } from '../../src/core/prediction/prediction.ts';
import { answerIn } from '../../src/core/prediction/span.ts';
import type { Acting } from '../act.ts';
import { otherSide, partnersOf } from '../../src/core/scene/links.ts';
import type { Focus } from '../state/focus.ts';
import { isSelf, sequenceOn } from '../../src/core/scene/frame.ts';
import type { Frame } from '../state/frame.ts';
import type { Picture } from '../state/frame.ts';
import { sharedStyles } from '../styles/shared.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import { weightTint, type Tint } from '../tint.ts';
import { reveal } from '../part.ts';
import { buildText, type TextElements } from './build.ts';
import { cutCaptions } from './cut.ts';
import { predictedLines } from './predicted.ts';
import { otherTexts, textName } from './roles.ts';
import { Overflow } from './overflow.ts';
import { sentenceStyles } from './styles.ts';
import { words } from '../../src/core/words/words.ts';

/**
 * The analysed text as text, coloured by what the token in focus looks at (or is looked at by). With two sequences
 * there are two texts, the one that looks first.
 *
 * Its words are built once an analysis; moving the focus changes the style of those words alone whose weight changes.
 */
export class SentenceElement extends LitElement {
  static override readonly styles = [sharedStyles, sentenceStyles];
  static override readonly properties = {
    frame: { attribute: false },
    focused: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    writing: { attribute: false },
  };

  declare frame: Picture;
  declare focused: Focus | null;
  declare palette: Palette;
  declare act: Acting;
  /** What the model is writing after the text; null while it writes nothing. */
  declare writing: string | null;

  #texts = new Map<TokenFocus['side'], TextElements>();
  readonly #overflow = new Overflow(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: Frame | undefined = changed.get('frame');
    if (this.#texts.size > 0 && before?.info === this.frame.info && before.map === this.frame.map) return;
    if (this.#texts.size > 0 && !changed.has('frame')) return;
    this.#texts = new Map(
      sidesOf(this.frame).map((side) => [
        side,
        buildText(sequenceOn(this.frame, side), side, {
          fillings: fillingsOf(this.frame, side),
          answer: answerOf(this.frame, side),
        }),
      ]),
    );
  }

  protected override render(): TemplateResult {
    const { predictions = [], sequences } = this.frame.info;
    return html`${sidesOf(this.frame).map((side) => this.#text(side))}${otherTexts(this.frame.source, this.act)}${predictedLines(predictions, sequences)}`;
  }

  protected override updated(): void {
    for (const [side, text] of this.#texts) this.#colour(side, text);
  }

  #text(side: TokenFocus['side']): TemplateResult {
    const says = words().sentence;
    const self = isSelf(this.frame.map);
    const sequence = sequenceOn(this.frame, side);
    // One text for both sides: it speaks of the side that is in focus already.
    const speaks = self ? (this.frame.selection.token?.side ?? side) : side;
    return html`
      ${textName(this.frame.source, side, this.act)}
      <div
        class="text"
        id=${`text-${side}`}
        role="listbox"
        aria-orientation="horizontal"
        tabindex="0"
        data-side=${speaks}
        aria-label=${self ? says.text : side === 'query' ? says.queryText : says.keyText}
        aria-activedescendant=${this.#activeId(side) ?? nothing}
        @pointerover=${(event: PointerEvent) => this.#pointed(event, speaks, 'point')}
        @pointerleave=${() => this.act({ type: 'point', token: null })}
        @click=${(event: MouseEvent) => this.#pointed(event, speaks, 'lock')}
      >${this.#texts.get(side)?.root}${this.#written(side)}</div>
      ${this.#overflow.cue(side)}
      ${cutCaptions(sequence, sequenceOn(this.frame.source, side).tokens).map(
        (caption) => html`<p
        class="caption">${caption}</p>`,
      )}
    `;
  }

  /** The text that grows while the model writes it. */
  #written(side: TokenFocus['side']): TemplateResult | typeof nothing {
    const isOfIt = sequenceOn(this.frame, side) === this.frame.info.sequences.at(-1);
    return this.writing && isOfIt ? html`<span class="written" role="presentation">${this.writing}</span>` : nothing;
  }

  #activeId(side: TokenFocus['side']): string | undefined {
    const token = this.focused?.token;
    if (!token || (token.side !== side && !isSelf(this.frame.map))) return undefined;
    return this.#texts.get(side)?.words.find((word) => word.tokens.includes(token.index))?.element.id;
  }

  #pointed(event: Event, side: TokenFocus['side'], type: 'point' | 'lock'): void {
    const word = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (word) this.act({ type, token: { side, index: Number(word.dataset['index']) } });
    else if (type === 'point') this.act({ type, token: null });
  }

  #colour(side: TokenFocus['side'], text: TextElements): void {
    const { frame, focused } = this;
    const self = isSelf(frame.map);
    const isOther = focused !== null && (self || focused.token.side === otherSide(side));
    const partners = isOther ? partnersOf(frame, focused.token) : null;
    const partner = isOther ? focused.cell : null;
    const own = focused && (self || focused.token.side === side) ? focused.token.index : null;
    for (const word of text.words) {
      const tint = partners ? this.#tint(word.tokens, partners) : { background: '', color: '' };
      if (word.background !== tint.background) word.element.style.backgroundColor = word.background = tint.background;
      if (word.color !== tint.color) word.element.style.color = word.color = tint.color;
      const isOwn = own !== null && word.tokens.includes(own);
      const isPartner = !isOwn && partner !== null && word.tokens.includes(partner);
      if (word.partner !== isPartner) word.element.classList.toggle('partner', (word.partner = isPartner));
      if (word.focused === isOwn) continue;
      word.focused = isOwn;
      word.element.classList.toggle('focused', isOwn);
      word.element.setAttribute('aria-selected', String(isOwn));
      if (isOwn) reveal(word.element);
    }
  }

  /** Characters that several tokens share carry the weight of them all. */
  #tint(tokens: readonly number[], partners: Float32Array): Tint {
    const weight = tokens.reduce((sum, token) => sum + (partners[token] ?? 0), 0);
    return weightTint(this.frame, weight, this.palette);
  }
}

/** The likeliest candidate of each mask of a side, by its unit. */
function fillingsOf({ source, sides }: Picture, side: TokenFocus['side']): ReadonlyMap<number, Candidate> {
  const prediction = source.info.predictions?.find(({ kind }) => kind === 'masked');
  const sequence = side === 'query' ? source.map.queries : source.map.keys;
  if (prediction?.kind !== 'masked' || prediction.sequence !== sequence) return new Map();
  return new Map(
    prediction.places.flatMap(({ token, candidates: [best] }) => {
      const unit = sides[side].findIndex(({ first, end }) => first <= token && token < end);
      return best && unit >= 0 ? [[unit, best] as const] : [];
    }),
  );
}

/** The units of a side that are the answer to the question. */
function answerOf({ source, sides }: Picture, side: TokenFocus['side']): ReadonlySet<number> {
  const found = answerIn(source.info.predictions);
  const sequence = side === 'query' ? source.map.queries : source.map.keys;
  if (found?.prediction.sequence !== sequence) return new Set();
  const { first, last } = found.answer;
  return new Set(sides[side].flatMap((unit, index) => (unit.first <= last && first < unit.end ? [index] : [])));
}

function sidesOf(frame: Frame): readonly TokenFocus['side'][] {
  return isSelf(frame.map) ? ['query'] : ['query', 'key'];
}
