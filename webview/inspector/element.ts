import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { amountText, weightText } from '../../src/core/attention/number-words.ts';
import { relationLabels, relationSentences } from '../../src/core/attention/relations.ts';
import { relationMeaning, roleDefinition, scoreTitle } from '../../src/core/attention/role-titles.ts';
import { roleMeaning } from '../../src/core/attention/role-words.ts';
import { cssOf } from '../../src/core/color/srgb.ts';
import type { Token } from '../../src/core/text/token.ts';
import { unknownTitle } from '../../src/core/text/unknown-words.ts';
import type { Acting } from '../act.ts';
import { bothWays } from '../../src/core/scene/links.ts';
import type { Focus } from '../state/focus.ts';
import { isSelf, sequenceOn } from '../../src/core/scene/frame.ts';
import { freePartners } from '../../src/core/scene/sight.ts';
import { tokenOf } from '../../src/core/scene/scene.ts';
import type { Picture } from '../state/frame.ts';
import { sharedStyles } from '../styles/shared.ts';
import { styled } from '../styles/styled.ts';
import type { Palette } from '../theme.ts';
import { cellSentence, focusSentence } from '../words/focus.ts';
import { headName, patternSentence, spokenSummary } from '../words/head.ts';
import { headsName, layerName } from '../../src/core/scene/names.ts';
import { labelOn, titleOn } from '../words/label.ts';
import { rowSentence } from '../words/window.ts';
import { partnerList, strongestLinks } from './links.ts';
import { predictionBlock } from './prediction.ts';
import { inspectorStyles } from './styles.ts';

const entropyMeaning =
  'How widely the head spreads its attention: 0 when every token looks at one token alone; at its maximum when every token looks at all alike. Mean over the text, in nats.';
const meanColours =
  'Each line has the colour of its head; words and bars are grey, since they show several heads at once.';
const meanPatterns = 'Each line keeps its head’s pattern.';
const honestLine = 'A weight says where this head reads, not why the model answers as it does.';
const honestMean = 'A weight says where these heads read, not why the model answers as it does.';

/** What the token in focus looks at, what looks at it, what the head does, in numbers and in one or two sentences. */
export class InspectorElement extends LitElement {
  static override readonly styles = [sharedStyles, inspectorStyles];
  static override readonly properties = {
    inEditor: { attribute: false },
    frame: { attribute: false },
    focused: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
  };

  /** The sequences whose given characters stand in a document. */
  declare inEditor: readonly number[];
  declare frame: Picture;
  declare focused: Focus | null;
  declare palette: Palette;
  declare act: Acting;

  protected override render(): TemplateResult {
    const { focused } = this;
    return html`
      ${focused ? this.#token(focused) : this.#nothingInFocus()}
      ${predictionBlock(this.frame.source, focused && inSource(this.frame, focused))}
      ${this.#head()}
      ${focused ? html`<p>${focusSentence(this.frame, focused)}</p>` : nothing}
      <p class="dim">${this.frame.selection.head === null ? honestMean : honestLine}</p>
    `;
  }

  #token(focused: Focus): TemplateResult {
    const { frame } = this;
    const { side, index } = focused.token;
    const sequence = sequenceOn(frame, side);
    const token = sequence.tokens[index];
    const ways = bothWays(frame, focused.token);
    const lookedAtBy = ways.lookedAtBy && freePartners(frame, { side: 'key', index });
    const cell = cellSentence(frame, focused);
    const row = rowSentence(frame.source, inSource(frame, focused).token);
    const direction = isSelf(frame.map) ? frame.options.direction : 'both';
    return html`
      <h2 class=${token?.unknown ? 'unknown' : ''}
        title=${titleOn(frame, side, index)}>${labelOn(frame, side, index)}</h2>
      ${token?.unknown ? html`<div class="where">${unknownTitle(token)}</div>` : nothing}
      ${
        cell
          ? html`<div class="where cell"><span>${cell.link}${cell.note ? ` (${cell.note})` : ''}</span><span
            class="exact">${cell.exact}</span></div>`
          : html`<div class="where">${placeText(frame, focused.token)} · ${token ? this.#characters(token, focused) : nothing}</div>`
      }
      ${ways.looksAt && direction !== 'to' ? html`<h3>Looks at</h3>${partnerList(frame, { side: 'query', index }, ways.looksAt, this.palette)}` : nothing}
      ${lookedAtBy && direction !== 'from' ? html`<h3>Is looked at by</h3>${partnerList(frame, { side: 'key', index }, lookedAtBy, this.palette)}` : nothing}
      ${row ? html`<p class="row-words">${row}</p>` : nothing}
    `;
  }

  /** The characters of a token, with a way to them where they stand in a document. */
  #characters({ start, end }: Token, focused: Focus): TemplateResult | string {
    if (end <= start) return 'no characters of its own';
    const { source } = this.frame;
    const sequence = focused.token.side === 'query' ? source.map.queries : source.map.keys;
    const isWritten =
      inSource(this.frame, focused).token.index >= (source.info.sequences[sequence]?.generatedFrom ?? Infinity);
    const words = `characters ${start}–${end}`;
    if (isWritten || !this.inEditor.includes(sequence)) {
      return html`<span
        title=${isWritten ? 'The model wrote these characters: they stand in no document.' : 'These characters stand in no document as it is now.'}>${words}</span>`;
    }
    return html`<button class="link" title="Show these characters in the editor."
      @click=${() => this.act({ type: 'reveal', token: focused.token })}>${words}</button>`;
  }

  #nothingInFocus(): TemplateResult {
    return html`
      <h2>No token in focus</h2>
      <div class="where">Point at a token to see its attention; click to pin it.</div>
      <h3>Strongest links</h3>
      ${strongestLinks(this.frame)}
    `;
  }

  #head(): TemplateResult {
    const { frame } = this;
    const { head, heads } = frame.selection;
    if (head === null) {
      const merged =
        frame.headMerge === 'mean' ? 'mean over the heads shown' : 'highest of the heads shown; rows need not sum to 1';
      return html`
        <h3>${
          heads.length === 0
            ? nothing
            : html`<span class="swatch"
            ${styled({ 'background-color': cssOf(this.palette.colorOfAll(heads)) })}></span>`
        }${capital(headsName(frame))}, ${layerName(frame)}</h3>
        <p
          class="dim">${heads.length === 0 ? 'No heads selected. Pick one, or All.' : html`Numbers are the ${merged}. ${this.palette.contrast ? meanPatterns : meanColours}`}</p>
      `;
    }
    const summary = spokenSummary(frame);
    return html`
      <h3><span class="swatch"
        ${styled({ 'background-color': cssOf(this.palette.colorOf(head)) })}></span>Head ${headName(frame.layer, head)}</h3>
      ${
        summary?.relation
          ? html`
        <p><b title=${relationMeaning}>${relationLabels[summary.relation.relation]}</b></p>
        ${relationSentences(summary.relation).map((sentence) => html`<p>${sentence}</p>`)}
      `
          : nothing
      }
      ${
        summary
          ? html`
        <p class="dim">
          ${
            summary.role
              ? html`<b
            title=${`${roleMeaning(summary.role.name)} ${roleDefinition}`}>${summary.role.name}</b> <span
            title=${scoreTitle(summary.role)}>${weightText(summary.role.score)}</span> on this text; `
              : nothing
          }<span
            title=${entropyMeaning}>entropy ${amountText(summary.entropy, 1)} of ${amountText(summary.maxEntropy, 1)} nats</span>
        </p>
        <p>${patternSentence(frame.source, summary)}</p>
      `
          : nothing
      }
    `;
  }
}

/** `token 6`, or `tokens 6–7` for a word of several. */
function placeText({ sides }: Picture, { side, index }: Focus['token']): string {
  const { first, end } = sides[side][index] ?? { first: index, end: index + 1 };
  return end - first === 1 ? `token ${first}` : `tokens ${first}–${end - 1}`;
}

/** The focus in the tokens that the model has. */
function inSource(frame: Picture, focus: Focus): Focus {
  return { ...focus, token: tokenOf(frame, focus.token) ?? focus.token };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
