import { css, html, LitElement, type TemplateResult } from 'lit';
import type { TermId } from '../../src/core/glossary/terms.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import { partOf } from '../part.ts';
import { sharedStyles } from '../styles/shared.ts';

/** Room between a term and its definition, and between that and the edge of the window, in pixels. */
const space = 4;

/**
 * A term of the glossary where a text names it: under the mouse and with the keyboard on it, its definition; chosen, the
 * glossary at its place. It looks like the text around it.
 */
export class TermElement extends LitElement {
  static override readonly styles = [
    sharedStyles,
    css`
      .term {
        border-radius: 2px;
        cursor: help;
      }

      .term:hover {
        text-decoration: underline dotted;
      }

      .term:focus-visible {
        outline: 1px solid var(--ta-focus);
        outline-offset: 1px;
      }

      .definition {
        position: fixed;
        inset: auto;
        margin: 0;
        max-width: min(300px, calc(100vw - 16px));
        padding: 6px 10px;
        border: 1px solid var(--vscode-editorHoverWidget-border, var(--ta-rule));
        border-radius: 4px;
        background-color: var(--vscode-editorHoverWidget-background);
        color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
        font-size: var(--vscode-font-size, 13px);
        font-weight: normal;
        line-height: 1.4;
        white-space: normal;
      }
    `,
  ];
  static override readonly properties = { term: { attribute: false }, act: { attribute: false } };

  declare term: TermId;
  declare act: Acting;

  protected override render(): TemplateResult {
    const { glossary } = words();
    const { name, short } = glossary.terms[this.term];
    // No button: it would not be broken between its words as the text around it is.
    return html`<span class="term" role="button" tabindex="0" aria-describedby="definition" @click=${this.#open}
      @pointerenter=${this.#show} @focus=${this.#show} @blur=${this.#hide}><slot></slot></span><div
      id="definition" class="definition" role="tooltip" popover="manual">${short} <button class="link" tabindex="-1"
      title=${glossary.moreMeaning(name)} @click=${this.#open}>${glossary.more}</button></div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerleave', this.#hide);
    this.addEventListener('keydown', this.#pressed);
  }

  readonly #open = (): void => {
    this.#hide();
    this.act({ type: 'glossary', of: this.term });
  };

  readonly #show = (): void => {
    const [term, definition] = [partOf(this, '.term', HTMLElement), partOf(this, '.definition', HTMLElement)];
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
    partOf(this, '.definition', HTMLElement).hidePopover();
  };

  /** Enter and blank choose the term; Escape closes its definition, and nothing else. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const isOpen = partOf(this, '.definition', HTMLElement).matches(':popover-open');
    if (event.key === 'Escape' && isOpen) this.#hide();
    else if (event.key === 'Enter' || event.key === ' ') this.#open();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** A term of the glossary around a text that names it. */
export function term(id: TermId, text: string, act: Acting): TemplateResult {
  return html`<ta-term .term=${id} .act=${act}>${text}</ta-term>`;
}
