import { LitElement, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { words } from '../../src/core/words/words.ts';

/** Whether the panel has the keyboard. While it has not, its keys would be typed into somebody's text. */
export function hasKeyboard(): boolean {
  return document.hasFocus();
}

/** A hint with its key: `Go to the layer above. Key: ]`; without the key while that would not reach the panel. */
export function withKey(says: string, key: string): string {
  return hasKeyboard() ? words().toolbar.withKey(says, key) : says;
}

/**
 * Renders its host anew whenever the keyboard comes to the panel or leaves it, so that hints name keys only while they
 * work.
 */
export class KeyboardWatch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #turned = (): void => this.#host.requestUpdate();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    for (const name of ['focus', 'blur'] as const) window.addEventListener(name, this.#turned);
  }

  hostDisconnected(): void {
    for (const name of ['focus', 'blur'] as const) window.removeEventListener(name, this.#turned);
  }
}

/** The keys that bring the keyboard from the editor to the panel, as they are set at first. */
export function keysToPanel(): readonly string[] {
  return /^mac/iu.test(navigator.platform) ? ['⌘', '⌥', '⇧', 'A'] : ['Ctrl', 'Alt', 'Shift', 'A'];
}

/** Gives the keyboard to the first part of an element that takes it, once it has been drawn. */
async function focusInside(element: Element | null): Promise<void> {
  if (!(element instanceof LitElement)) return;
  await element.updateComplete;
  const { renderRoot } = element;
  (
    renderRoot.querySelector<HTMLElement>('[tabindex="0"]') ?? renderRoot.querySelector<HTMLElement>('[tabindex]')
  )?.focus();
}

/** Gives the keyboard to what took the place of the part that had it and is gone (another view, another text). */
export function focusSuccessor(root: ParentNode, part: Element | null): void {
  if (part && !part.isConnected)
    void focusInside(root.querySelector(part.classList.contains('view') ? '.view' : part.localName));
}

/** The column or text that has the keyboard. */
export function sideWithKeyboard(event: KeyboardEvent): TokenFocus['side'] | null {
  for (const target of event.composedPath()) {
    const side = target instanceof HTMLElement ? target.dataset['side'] : undefined;
    if (side === 'query' || side === 'key') return side;
  }
  return null;
}

/** Whether a button, list or field that has the keyboard uses this key itself. */
export function isTakenByControl(event: KeyboardEvent): boolean {
  const presses = event.key === 'Enter' || event.key === ' ';
  return event
    .composedPath()
    .some(
      (target) =>
        target instanceof HTMLElement &&
        (/^(input|textarea|vscode-(single-select|multi-select|textfield|radio-group))$/.test(target.localName) ||
          (presses && /(button|summary)$/.test(target.localName))),
    );
}
