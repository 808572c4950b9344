import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { sharedStyles } from '../styles/shared.ts';

/** One thing that a menu offers: its name, a word on it, and what it does. */
export interface MenuItem {
  readonly name: string;
  readonly says: string;
  readonly disabled?: boolean;
  readonly choose: () => void;
}

const menuStyles = css`
  .opener {
    border-color: var(--ta-control-border);
    line-height: 18px;
  }

  .opener svg {
    display: none;
  }

  .opener.bare {
    border-color: transparent;
  }

  #menu {
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

  #menu button {
    display: flex;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 0 20px;
    width: 100%;
    padding: 2px 8px;
    text-align: start;
  }

  #menu .says {
    color: var(--ta-dim);
    font-size: 0.92em;
  }

  #menu button:focus-visible {
    outline-offset: -1px;
  }

  @media (max-width: 420px) {
    .opener {
      width: 24px;
      padding: 0;
    }

    .opener svg {
      display: block;
      margin: 2px auto;
    }

    .opener svg + span {
      display: none;
    }
  }
`;

/**
 * A button and its menu. The menu is the browser's own popover, which a click elsewhere closes; its items are in the
 * document only while it is open. With an icon, the icon stands for the label in a narrow panel.
 */
export class MenuElement extends LitElement {
  static override readonly styles = [sharedStyles, menuStyles];
  static override readonly properties = {
    label: { attribute: false },
    says: { attribute: false },
    icon: { attribute: false },
    bare: { attribute: false },
    items: { attribute: false },
  };

  declare label: string;
  declare says: string;
  declare icon: TemplateResult;
  declare bare: boolean;
  declare items: readonly MenuItem[];
  #isOpen = false;
  #wasOpen = false;

  protected override render(): TemplateResult {
    return html`
      <button class="opener ${this.bare ? 'bare' : ''}" aria-label=${this.label} aria-haspopup="menu"
        aria-expanded=${this.#isOpen} title=${this.says} @pointerdown=${() => {
          this.#wasOpen = this.#isOpen;
        }} @click=${() => this.#open()}>${this.icon}<span>${this.label}</span></button>
      <div id="menu" popover role="menu" aria-label=${this.label}
        @keydown=${(event: KeyboardEvent) => this.#pressed(event)}
        @toggle=${(event: ToggleEvent) => this.#toggled(event)}>
        ${this.#isOpen ? this.items.map((item) => this.#item(item)) : nothing}
      </div>
    `;
  }

  #item({ name, says, disabled = false, choose }: MenuItem): TemplateResult {
    const chosen = (): void => {
      this.#close();
      choose();
    };
    return html`<button role="menuitem" tabindex="-1" ?disabled=${disabled} @click=${chosen}><span>${name}</span><span
      class="says">${says}</span></button>`;
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
    return this.renderRoot.querySelector<HTMLElement>('.opener');
  }

  #all(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]:not(:disabled)')];
  }
}
