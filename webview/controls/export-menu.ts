import { css, html, type TemplateResult } from 'lit';
import { formatWords, panelFormats } from '../../src/core/export/panel-format.ts';
import type { Acting } from '../act.ts';

/**
 * The Export button and its menu: one item a format, and the picture to the clipboard. It is the browser's own popover, which a
 * click elsewhere closes.
 */
export function exportMenu(act: Acting): TemplateResult {
  return html`
    <button class="export" popovertarget="export-menu" aria-haspopup="menu" title="Write what is shown to a file, or copy it">Export</button>
    <div id="export-menu" popover role="menu" aria-label="Export" @keydown=${rove} @toggle=${opened}>
      ${panelFormats.map((format, index) => item(formatWords[format].name, formatWords[format].says, () => act({ type: 'export', format }), index === 0))}
      ${item('Copy as image', 'the picture, to the clipboard', () => act({ type: 'copy' }))}
    </div>
  `;
}

function item(name: string, says: string, choose: () => void, first = false): TemplateResult {
  const chosen = (event: Event): void => {
    close(menuOf(event));
    choose();
  };
  return html`<button role="menuitem" tabindex="-1" ?autofocus=${first} @click=${chosen}><span>${name}</span><span class="says">${says}</span></button>`;
}

function opened(event: ToggleEvent): void {
  const menu = menuOf(event);
  if (!menu || event.newState !== 'open') return;
  const button = buttonOf(menu)?.getBoundingClientRect();
  // Under its button, and never over the edge of a narrow panel.
  const left = Math.max(4, Math.min(button?.left ?? 0, innerWidth - menu.offsetWidth - 4));
  menu.style.setProperty('left', `${left}px`);
  menu.style.setProperty('top', `${(button?.bottom ?? 0) + 4}px`);
}

function rove(event: KeyboardEvent): void {
  const menu = menuOf(event);
  if (!menu) return;
  const items = itemsOf(menu);
  const at = items.findIndex((one) => one === event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  // The keys of the panel rest while its menu is open.
  event.stopPropagation();
  if (event.key === 'Tab') menu.hidePopover();
  if (event.key === 'Escape') {
    event.preventDefault();
    close(menu);
  }
  if (to === undefined) return;
  items[(to + items.length) % items.length]?.focus();
  event.preventDefault();
}

/** Closes the menu and gives the keyboard back to its button, which the browser does not do across shadow trees. */
function close(menu: HTMLElement | null): void {
  menu?.hidePopover();
  buttonOf(menu)?.focus();
}

function menuOf(event: Event): HTMLElement | null {
  return event.currentTarget instanceof HTMLElement ? event.currentTarget.closest<HTMLElement>('[role=menu]') : null;
}

function buttonOf(menu: HTMLElement | null): HTMLElement | null {
  const button = menu?.previousElementSibling;
  return button instanceof HTMLElement ? button : null;
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
}

/** The looks of the export menu. */
export const exportStyles = css`
  .end > button.export {
    width: auto;
    padding: 0 6px;
    border-color: var(--ta-control-border);
    line-height: 18px;
  }

  #export-menu {
    position: fixed;
    inset: auto;
    max-width: calc(100vw - 8px);
    margin: 0;
    padding: 4px;
    border: 1px solid var(--vscode-menu-border, var(--ta-control-border));
    border-radius: 5px;
    background: var(--vscode-menu-background, var(--vscode-editorHoverWidget-background));
    color: var(--vscode-menu-foreground, var(--vscode-foreground));
  }

  #export-menu button {
    display: flex;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 0 20px;
    width: 100%;
    padding: 2px 8px;
    text-align: start;
  }

  #export-menu .says {
    color: var(--ta-dim);
    font-size: 0.92em;
  }

  #export-menu button:focus-visible {
    outline-offset: -1px;
  }
`;
