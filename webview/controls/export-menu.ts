import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { formatWords, panelFormats } from '../../src/core/export/panel-format.ts';
import type { Acting } from '../act.ts';
import { sharedStyles } from '../styles/shared.ts';

const exportStyles = css`
  .export {
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

/**
 * The Export button and its menu: one item a format, and the picture to the clipboard. The menu is the browser's own popover,
 * which a click elsewhere closes; its items are in the document only while it is open.
 */
export class ExportMenu extends LitElement {
  static override readonly styles = [sharedStyles, exportStyles];
  static override readonly properties = { act: { attribute: false } };

  declare act: Acting;
  #isOpen = false;
  #wasOpen = false;

  protected override render(): TemplateResult {
    return html`
      <button class="export" aria-haspopup="menu" aria-expanded=${this.#isOpen} title="Write what is shown to a file, or copy it" @pointerdown=${() => { this.#wasOpen = this.#isOpen; }} @click=${() => this.#open()}>Export</button>
      <div id="export-menu" popover role="menu" aria-label="Export" @keydown=${(event: KeyboardEvent) => this.#pressed(event)} @toggle=${(event: ToggleEvent) => this.#toggled(event)}>
        ${this.#isOpen ? this.#items() : nothing}
      </div>
    `;
  }

  #items(): TemplateResult[] {
    const files = panelFormats.map((format) => this.#item(formatWords[format].name, formatWords[format].says, () => this.act({ type: 'export', format })));
    return [...files, this.#item('Copy as image', 'the picture, to the clipboard', () => this.act({ type: 'copy' }))];
  }

  #item(name: string, says: string, choose: () => void): TemplateResult {
    const chosen = (): void => {
      this.#close();
      choose();
    };
    return html`<button role="menuitem" tabindex="-1" @click=${chosen}><span>${name}</span><span class="says">${says}</span></button>`;
  }

  async #open(): Promise<void> {
    const menu = this.#menu();
    // The browser closes an open menu before its button is clicked: such a click is not to open it again.
    const closed = this.#wasOpen;
    this.#wasOpen = false;
    if (!menu || closed || this.#isOpen) return;
    this.#isOpen = true;
    this.requestUpdate();
    await this.updateComplete;
    menu.showPopover();
    const button = this.#button()?.getBoundingClientRect();
    // Under its button, and never over the edge of a narrow panel.
    const left = Math.max(4, Math.min(button?.left ?? 0, innerWidth - menu.offsetWidth - 4));
    menu.style.setProperty('left', `${left}px`);
    menu.style.setProperty('top', `${(button?.bottom ?? 0) + 4}px`);
    this.#all()[0]?.focus();
  }

  /** Closes the menu and gives the keyboard back to its button. */
  #close(): void {
    this.#menu()?.hidePopover();
    this.#closed();
    this.#button()?.focus();
  }

  #toggled(event: ToggleEvent): void {
    if (event.newState === 'closed') this.#closed();
  }

  #closed(): void {
    this.#isOpen = false;
    this.requestUpdate();
  }

  #pressed(event: KeyboardEvent): void {
    const items = this.#all();
    const at = items.findIndex((one) => one === event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    // The keys of the panel rest while its menu is open.
    event.stopPropagation();
    if (event.key === 'Tab') this.#menu()?.hidePopover();
    if (event.key === 'Escape') this.#close();
    if (event.key === 'Escape' || to !== undefined) event.preventDefault();
    if (to !== undefined) items[(to + items.length) % items.length]?.focus();
  }

  #menu(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[role=menu]');
  }

  #button(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.export');
  }

  #all(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }
}
