import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Token } from '../../src/core/text/token.ts';
import { unknownTitle } from '../../src/core/text/unknown-words.ts';
import type { Opening } from '../../src/core/attention/opening.ts';
import type { HeadLink } from '../../src/core/attention/strongest-heads.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import type { Acting, WeightView } from '../act.ts';
import { quickBlock } from '../experiment/quick.ts';
import { bothWays } from '../../src/core/scene/links.ts';
import { cellOfFocus, type Focus } from '../state/focus.ts';
import { isSelf, sequenceOn } from '../../src/core/scene/frame.ts';
import { freePartners } from '../../src/core/scene/sight.ts';
import { tokenOf } from '../../src/core/scene/scene.ts';
import type { Picture } from '../state/frame.ts';
import type { LogitState } from '../state/weight-sources.ts';
import { named, term } from '../controls/term.ts';
import { withKey } from '../state/keyboard.ts';
import { cueStyles, sharedStyles } from '../styles/shared.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import { cellSentence, focusSentence } from '../words/focus.ts';
import { labelOn, titleOn } from '../words/label.ts';
import { restSentence, textSentences } from '../words/plain.ts';
import { rowSentence } from '../words/window.ts';
import { elsewhereList } from './elsewhere.ts';
import { headBlock } from './head.ts';
import { partnerList, strongestLinks } from './links.ts';
import { openingBlock } from './opening.ts';
import { vocabularyLine } from './vocabulary.ts';
import { predictionBlock } from './prediction.ts';
import { logitStyles } from './logit-styles.ts';
import { inspectorStyles } from './styles.ts';
import { voiceOf } from '../sentence/voice.ts';
import { words } from '../../src/core/words/words.ts';

/** What the token in focus looks at, what looks at it, what the head does, in numbers and in one or two sentences. */
export class InspectorElement extends LitElement {
  static override readonly styles = [sharedStyles, cueStyles, inspectorStyles, logitStyles];
  static override readonly properties = {
    inEditor: { attribute: false },
    opening: { attribute: false },
    elsewhere: { attribute: false },
    logit: { attribute: false },
    view: { attribute: false },
    frame: { attribute: false },
    focused: { attribute: false },
    palette: { attribute: false },
    act: { attribute: false },
    edits: { attribute: false },
  };

  /** The sequences whose given characters stand in a document. */
  declare inEditor: readonly number[];
  /** What the analysis opened with, null where nothing stood out; undefined where it was not opened by the rule. */
  declare opening: Opening | null | undefined;
  /** The strongest links of the pinned word in all heads; null while none is known. */
  declare elsewhere: readonly HeadLink[] | null;
  /** What is known of the logit that was asked for. */
  declare logit: LogitState;
  declare view: ViewState;
  declare frame: Picture;
  declare focused: Focus | null;
  declare palette: Palette;
  declare act: Acting;
  /** The edits of the run that is shown, or of the one under way. */
  declare edits: readonly Edit[];

  protected override render(): TemplateResult {
    const { focused } = this;
    return html`${focused ? this.#token(focused) : this.#nothingInFocus()}${predictionBlock(
      this.frame.source,
      focused && inSource(this.frame, focused),
      { analysis: this.frame.analysis, state: this.logit, palette: this.palette, act: this.act },
    )}${headBlock({ frame: this.frame, palette: this.palette, view: this.view, act: this.act })}${quickBlock({
      frame: this.frame,
      focused,
      edits: this.edits,
      act: this.act,
    })}${
      focused
        ? html`<p>${[focusSentence(this.frame, focused), restSentence(this.frame, focused) ?? ''].join(' ').trim()}</p>`
        : nothing
    }<p class="dim">${this.#caution()} <button
        class="link" title=${words().glossary.limits.linkMeaning}
        @click=${() => this.act({ type: 'glossary', of: 'limits' })}>${words().glossary.limits.link}</button></p>`;
  }

  /** What a weight does not tell: the first half of the sentence is of weights, the second of explanations. */
  #caution(): TemplateResult {
    const { caution, cautionOfSome } = words().inspector;
    const { reads, not } = this.frame.selection.head === null ? cautionOfSome : caution;
    return html`${reads}${term('faithfulness', `${not}.`, this.act)}`;
  }

  #token(focused: Focus): TemplateResult {
    const { frame, palette } = this;
    const says = words().inspector;
    const { side, index } = focused.token;
    const sequence = sequenceOn(frame, side);
    const token = sequence.tokens[index];
    const ways = bothWays(frame, focused.token);
    const lookedAtBy = ways.lookedAtBy && freePartners(frame, { side: 'key', index });
    const cell = cellSentence(frame, focused);
    const row = rowSentence(frame.source, inSource(frame, focused).token);
    const direction = isSelf(frame.map) ? frame.options.direction : 'both';
    // No whitespace between the parts: it would be nodes more, of which there are few to spend.
    return html`<h2 class=${token?.unknown ? 'unknown' : ''}
      title=${titleOn(frame, side, index)}>${labelOn(frame, side, index)}</h2>${
        token?.unknown ? html`<div class="where">${unknownTitle(token)}</div>` : nothing
      }${vocabularyLine(frame, focused.token, this.act)}${
        cell
          ? html`<div class="where cell"><span>${cell.link}${cell.note ? ` (${cell.note})` : ''}</span><span
            class="exact">${cell.exact}</span></div>`
          : html`<div class="where">${named(
              token?.special ? 'special-token' : 'token',
              placeText(frame, focused.token),
              this.act,
            )} · ${token ? this.#characters(token, focused) : nothing}</div>`
      }${this.#ways(focused)}${
        ways.looksAt && direction !== 'to'
          ? html`<h3>${named('attention-weight', says.looksAt, this.act)}</h3>${partnerList(
              frame,
              { side: 'query', index },
              ways.looksAt,
              palette,
              this.act,
            )}`
          : nothing
      }${
        lookedAtBy && direction !== 'from'
          ? html`<h3>${named('key', says.lookedAtBy, this.act)}</h3>${partnerList(
              frame,
              { side: 'key', index },
              lookedAtBy,
              palette,
              this.act,
            )}`
          : nothing
      }${
        focused.locked ? elsewhereList({ frame, view: this.view, links: this.elsewhere, act: this.act }, side) : nothing
      }${row ? html`<p class="row-words">${row}</p>` : nothing}`;
  }

  /** Leads to how the weight in focus is computed, or the strongest of the token, and to why its score is so. */
  #ways(focused: Focus): TemplateResult {
    const { arithmetic, scoreParts } = words();
    const to = (view: WeightView): void => this.act({ type: 'explain', token: cellOfFocus(focused), view });
    const way = (view: WeightView, name: string, says: string): TemplateResult | typeof nothing =>
      this.view.view === view
        ? nothing
        : html`<button class="link" title=${says} @click=${() => to(view)}>${name}</button>`;
    return html`<div class="ways">${way('arithmetic', arithmetic.how, withKey(arithmetic.howMeaning, 'e'))}${way(
      'parts',
      scoreParts.why,
      withKey(scoreParts.whyMeaning, 'w'),
    )}</div>`;
  }

  /** The characters of a token, with a way to them where they stand in a document. */
  #characters({ start, end }: Token, focused: Focus): TemplateResult | string {
    const says = words().inspector;
    if (end <= start) return says.noCharacters;
    const { source } = this.frame;
    const sequence = focused.token.side === 'query' ? source.map.queries : source.map.keys;
    const found = source.info.sequences[sequence];
    const voice = found ? voiceOf(found, inSource(this.frame, focused).token.index) : null;
    const place = says.characters(start, end);
    const isAdded = voice?.isWritten || voice?.isTemplate;
    if (isAdded || !this.inEditor.includes(sequence)) {
      const added = voice?.isWritten ? says.generatedCharacters : says.templateCharacters;
      return html`<span title=${isAdded ? added : says.goneCharacters}>${place}</span>`;
    }
    return html`<button class="link" title=${says.reveal}
      @click=${() => this.act({ type: 'reveal', token: focused.token })}>${place}</button>`;
  }

  #nothingInFocus(): TemplateResult {
    const says = words().inspector;
    return html`
      <h2 class="advice">${says.noToken}</h2>
      <div class="where">${says.noTokenAdvice}</div>
      ${openingBlock({ opening: this.opening, frame: this.frame, view: this.view, act: this.act })}
      <h3>${named('attention-weight', says.strongest, this.act)}</h3>
      ${strongestLinks(this.frame)}
      <p class="dim">${textSentences(this.frame.source).join(' ')}</p>
    `;
  }
}

/** `token 6`, or `tokens 6–7` for a word of several. */
function placeText({ sides }: Picture, { side, index }: Focus['token']): string {
  const { first, end } = sides[side][index] ?? { first: index, end: index + 1 };
  const says = words().inspector;
  return end - first === 1 ? says.token(first) : says.tokens(first, end - 1);
}

/** The focus in the tokens that the model has. */
function inSource(frame: Picture, focus: Focus): Focus {
  return { ...focus, token: tokenOf(frame, focus.token) ?? focus.token };
}
