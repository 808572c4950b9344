import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { probabilityText } from '../../src/core/attention/number-words.ts';
import type { Candidate } from '../../src/core/prediction/prediction.ts';
import { visibleText } from '../../src/core/text/label.ts';
import type { Sequence } from '../../src/core/text/token.ts';
import { unknownTitle } from '../../src/core/text/unknown-words.ts';
import { partsOf, type SentencePart } from './parts.ts';
import { voiceOf, type Voice } from './voice.ts';
import { words as says } from '../../src/core/words/words.ts';

/** A word (or piece, or special token) of the sentence, and what its element looks like now. */
export interface WordElement {
  readonly element: HTMLElement;
  readonly tokens: readonly number[];
  background: string;
  color: string;
  focused: boolean;
  /** The other end of the one weight that is in focus. */
  partner: boolean;
}

/** The elements of one text: everything in order, and the words among it. */
export interface TextElements {
  readonly root: HTMLElement;
  readonly words: readonly WordElement[];
}

/** What a text is shown with: after each mask what the model would put there, by token, and the tokens of an answer. */
export interface Predicted {
  readonly fillings: ReadonlyMap<number, Candidate>;
  readonly answer: ReadonlySet<number>;
}

/**
 * Builds the elements of a text. Whitespace stays as it was written; a token of nothing but it gets a mark to point at.
 */
export function buildText(sequence: Sequence, side: TokenFocus['side'], { fillings, answer }: Predicted): TextElements {
  const root = document.createElement('span');
  root.setAttribute('role', 'presentation');
  const words: WordElement[] = [];
  const parts = partsOf(sequence);
  let said = '';
  parts.forEach((part, at) => {
    if (part.kind === 'gap') return root.append(part.text);
    if (part.kind === 'second') return root.append(document.createElement('br'));
    const voice = 'tokens' in part ? voiceOf(sequence, part.tokens[0]) : null;
    if (voice && voice.name !== said) {
      root.append(heading(voice));
      said = voice.name;
    }
    const element = document.createElement('span');
    root.append(element);
    if (part.kind === 'rest') {
      element.className = 'rest';
      element.textContent = part.text;
      return;
    }
    element.id = `${side}-word-${words.length}`;
    element.className = classOf(part, at);
    const title = titleOf(sequence, part);
    if (title !== '') {
      element.classList.add('unknown');
      element.title = title;
    }
    element.classList.toggle('written', voice?.isWritten === true);
    element.classList.toggle('template', voice?.isTemplate === true);
    element.classList.toggle('answer', answer.has(part.tokens[0]));
    element.dataset['index'] = String(part.tokens[0]);
    element.setAttribute('role', 'option');
    element.setAttribute('aria-selected', 'false');
    fill(element, part);
    const filling = 'tokens' in part ? fillings.get(part.tokens[0]) : undefined;
    if (filling) element.append(filled(filling));
    words.push({ element, tokens: part.tokens, background: '', color: '', focused: false, partner: false });
  });
  return { root, words };
}

/** The likeliest word for a mask, which is no part of the text. */
function filled({ text, probability }: Candidate): HTMLElement {
  const element = document.createElement('span');
  element.className = 'filling';
  element.textContent = visibleText(text);
  element.title = says().sentence.filling(visibleText(text), probabilityText(probability));
  return element;
}

/** What is said of characters that the model does not know. */
function titleOf({ tokens }: Sequence, part: SentencePart): string {
  const strange =
    'tokens' in part ? part.tokens.map((index) => tokens[index]).find((token) => token?.unknown) : undefined;
  return strange ? unknownTitle(strange) : '';
}

/**
 * Puts the name of who speaks in front of the words; it is no part of the text, so it is neither pointed at nor copied.
 */
function heading({ name, isBlock }: Voice): HTMLElement {
  const element = document.createElement('span');
  element.className = isBlock ? 'voice block' : 'voice';
  element.setAttribute('role', 'presentation');
  element.textContent = name;
  return element;
}

function classOf(part: SentencePart, at: number): string {
  if (part.kind === 'special') return at === 0 ? 'special before' : 'special after';
  return part.kind === 'token' && part.joined ? 'token joined' : 'token';
}

function fill(element: HTMLElement, part: SentencePart): void {
  if (part.kind !== 'token' || part.text.trim() !== '') {
    element.textContent = part.text;
    return;
  }
  const mark = document.createElement('span');
  mark.className = 'mark';
  mark.textContent = /[\n\r]/.test(part.text) ? '⏎' : '␣';
  element.append(mark, /[\n\r]/.test(part.text) ? part.text : '');
}
