import { html, LitElement, nothing, render, type TemplateResult } from 'lit';
import { capitalised } from '../../src/core/glossary/page.ts';
import { termsIn, type TermPiece } from '../../src/core/glossary/entry.ts';
import type { TermId } from '../../src/core/glossary/terms.ts';
import type { GlossaryPlace } from '../../src/core/views/glossary-place.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { partOf } from '../part.ts';
import { sharedStyles } from '../styles/shared.ts';
import { styled } from '../styles/styled.ts';
import { arrowStep } from './roving.ts';
import { TermStops } from './term-stops.ts';
import { termStyles } from './term-styles.ts';

/** Room between a term and its definition, and between that and the edge of the window, in pixels. */
const space = 4;

const stops = new TermStops<TermElement>('ta-term');

/**
 * A term of the glossary where it stands on screen: under the mouse and with the keyboard on it, its definition; chosen,
 * the glossary at its place. The terms of one part of the panel are one tab stop, the arrow keys lead from one to the
 * next. Over a picture, which has the text itself, it is as large as its place and called by `label`.
 */
export class TermElement extends LitElement {
  static override readonly styles = [sharedStyles, termStyles];
  static override readonly properties = {
    term: { attribute: false },
    note: { attribute: false },
    label: { attribute: false },
    act: { attribute: false },
    isStop: { state: true },
  };

  declare term: TermId;
  /** What the term is at this place, before its definition; empty where there is nothing to say. */
  declare note: string;
  declare label: string | null;
  declare act: Acting;
  /** Whether it has the tab stop of its part of the panel. */
  declare isStop: boolean;

  /** The definition while it is open. */
  #definition: HTMLElement | null = null;

  constructor() {
    super();
    this.note = '';
    this.label = null;
    this.isStop = false;
  }

  protected override render(): TemplateResult {
    // No button: it would not be broken between its words as the text around it is. An empty title, so that one of the
    // text around it does not lie over the definition.
    return html`<span class="term ${this.label === null ? '' : 'over'}" role="button" title=""
      tabindex=${this.isStop ? 0 : -1} aria-label=${this.label ?? nothing} @click=${this.#open}
      @pointerenter=${this.#show} @focus=${this.#focused} @blur=${this.#hide}><slot></slot></span>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    stops.add(this);
    this.addEventListener('pointerleave', this.#hide);
    this.addEventListener('keydown', this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    stops.remove(this);
    this.#hide();
  }

  override focus(options?: FocusOptions): void {
    partOf(this, '.term', HTMLElement).focus(options);
  }

  readonly #open = (event: Event): void => {
    event.stopPropagation();
    this.#hide();
    this.act({ type: 'glossary', of: this.term });
  };

  readonly #focused = (): void => {
    stops.choose(this);
    this.#show();
  };

  readonly #show = (): void => {
    if (this.#definition) return;
    const term = partOf(this, '.term', HTMLElement);
    const definition = definitionOf(this.term, this.note, this.#open);
    this.#definition = definition;
    definition.classList.toggle('late', !term.matches(':focus'));
    this.renderRoot.append(definition);
    // At once: a screen reader reads the description of what has just got the keyboard.
    term.setAttribute('aria-describedby', definition.id);
    definition.showPopover();
    const at = term.getBoundingClientRect();
    const { width, height } = definition.getBoundingClientRect();
    const left = Math.max(space, Math.min(at.left, innerWidth - width - space));
    // It touches its term, so that the mouse can go from one to the other.
    const top = at.bottom + height + space > innerHeight ? at.top - height : at.bottom;
    definition.style.setProperty('left', `${left}px`);
    definition.style.setProperty('top', `${Math.max(space, top)}px`);
  };

  readonly #hide = (): void => {
    if (!this.#definition) return;
    this.#definition.remove();
    this.#definition = null;
    this.renderRoot.querySelector('.term')?.removeAttribute('aria-describedby');
  };

  /** Enter and blank choose the term, arrow keys go to the next; Escape closes its definition, and nothing else. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const by = arrowStep(event);
    if (event.key === 'Escape' && this.#definition) this.#hide();
    else if (event.key === 'Enter' || event.key === ' ') this.#open(event);
    else if (by !== 0) stops.step(this, by);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** The definition of a term as an element; there is one only while it is open, as most terms never are. */
function definitionOf(id: TermId, note: string, open: (event: Event) => void): HTMLElement {
  const { glossary } = words();
  const { name, short: definition } = glossary.terms[id];
  const element = document.createElement('div');
  Object.assign(element, { id: 'definition', className: 'definition', role: 'tooltip', popover: 'manual' });
  render(
    html`${note === '' ? nothing : html`<p>${note}</p>`}<b>${capitalised(name)}.</b> ${definition} <button class="link"
      tabindex="-1" title=${glossary.moreMeaning(name)} @click=${open}>${glossary.more}</button>`,
    element,
  );
  return element;
}

/** A term of the glossary around a text that names it; `note` says what it is at this place. */
export function term(id: TermId, text: string, act: Acting, note = ''): TemplateResult {
  // No child part: it would be a node more.
  return html`<ta-term .term=${id} .note=${note} .act=${act} .textContent=${text}></ta-term>`;
}

/** A text with those of some terms that it names, each where it is named first; `note` as of {@link term}. */
export function marked(text: string, ids: readonly TermId[], act: Acting, note = ''): TemplateResult {
  return html`${termsIn(text).map((piece) =>
    typeof piece === 'string' ? piece : ids.includes(piece.term) ? term(piece.term, piece.text, act, note) : piece.text,
  )}`;
}

/** A text of two words or one is a term as a whole: `Head 3.7`. */
const short = /^\s*\S+(?:\s\S+)?\s*$/u;

/** A text about a term: where it names the term, and else as a whole, that has its definition. */
export function named(id: TermId, text: string, act: Acting, note = ''): TemplateResult {
  const pieces = short.test(text) ? [] : termsIn(text);
  const at = pieces.findIndex((piece) => typeof piece !== 'string' && piece.term === id);
  if (at < 0) return term(id, text, act, note);
  const textOf = (piece: TermPiece): string => (typeof piece === 'string' ? piece : piece.text);
  const rest = (from: number, to: number): string => pieces.slice(from, to).map(textOf).join('');
  return html`${rest(0, at)}${term(id, rest(at, at + 1), act, note)}${rest(at + 1, pieces.length)}`;
}

/** Terms over a picture, where it writes them; what they are in is positioned. */
export function placedTerms(places: readonly GlossaryPlace[], act: Acting): TemplateResult {
  return html`${places.map(
    ({ term: id, text, box: { x, y, width, height } }) => html`<ta-term .term=${id} .label=${text} .act=${act}
      ${styled({ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` })}></ta-term>`,
  )}`;
}
