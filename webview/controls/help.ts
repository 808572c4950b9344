import { css, html, nothing, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';
import { keysToPanel } from '../state/keyboard.ts';
import { keyHelp } from '../state/keys.ts';
import { words } from '../../src/core/words/words.ts';
import { marked } from './term.ts';

/**
 * The help overlay: how to read the picture, and the keys. The browser's own dialog keeps the focus in and closes on
 * Escape; it has contents only while it is open. `closed` is called when it has closed.
 */
export function helpDialog(open: boolean, closed: () => void, act: Acting): TemplateResult {
  const says = words().help;
  const close = (event: Event): void => dialogOf(event)?.close();
  return html`
    <dialog aria-labelledby="help-title" @click=${closeOnBackdrop} @close=${closed}>${
      open
        ? html`
      <form method="dialog">
        <div class="top">
          <h1 id="help-title">${says.title}</h1>
          <vscode-button autofocus title=${says.closeMeaning} @click=${close}>${says.close}</vscode-button>
        </div>
        <p>${marked(says.lines, ['token', 'query', 'key', 'attention-weight', 'head'], act)}</p>
        <p>${marked(says.decoder, ['decoder'], act)}</p>
        <p>${says.pointing}</p>
        <p>${says.terms}</p>
        <p>${says.keyboard(html`${keyCaps(keysToPanel())}`)}</p>
        <dl>
          ${keyHelp().map(({ keys, says }) => html`<dt>${keyCaps(keys)}</dt><dd>${says}</dd>`)}
        </dl>
      </form>`
        : nothing
    }
    </dialog>
  `;
}

function closeOnBackdrop(event: Event): void {
  if (event.target === event.currentTarget) dialogOf(event)?.close();
}

function dialogOf({ currentTarget }: Event): HTMLDialogElement | null {
  return currentTarget instanceof Element ? currentTarget.closest('dialog') : null;
}

/** The looks of the help overlay. */
export const helpStyles = css`
  dialog {
    max-width: min(460px, calc(100vw - 24px));
    max-height: calc(100vh - 24px);
    overflow: auto;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--ta-rule));
    border-radius: 6px;
    padding: 0;
    background: var(--vscode-editorHoverWidget-background);
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    line-height: 1.5;
  }

  dialog::backdrop {
    background: color-mix(in srgb, var(--vscode-editor-background) 60%, transparent);
  }

  dialog form {
    padding: 0 18px 16px;
  }

  /* Its button has the keyboard at first: above everything, so that the help opens at its beginning. */
  dialog .top {
    position: sticky;
    top: 0;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding: 14px 0 8px;
    background: var(--vscode-editorHoverWidget-background);
  }

  dialog h1 {
    margin: 0;
    font-size: 1.15em;
    font-weight: 600;
  }

  dialog p {
    margin: 0 0 8px;
  }

  dialog dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 6px 14px;
    margin: 14px 0;
  }

  dialog dt,
  dialog dd {
    margin: 0;
  }
`;

/** Keys as they stand in prose, each in a frame and with a blank behind it. */
export function keyCaps(keys: readonly string[]): TemplateResult[] {
  return keys.map((key) => html`<kbd>${key}</kbd> `);
}
