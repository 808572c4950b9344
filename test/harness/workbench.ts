import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import type { VsCodeServer } from './server.ts';
import { comes, until } from './until.ts';

/**
 * The themes that screenshots are taken in, with the classes that the workbench and the body of a webview carry then.
 */
export const themes = {
  dark: { name: 'Dark Modern', mark: 'vs-dark', kind: 'vscode-dark' },
  light: { name: 'Light Modern', mark: 'vs', kind: 'vscode-light' },
  'high-contrast': { name: 'Dark High Contrast', mark: 'hc-black', kind: 'vscode-high-contrast' },
  'high-contrast-light': { name: 'Light High Contrast', mark: 'hc-light', kind: 'vscode-high-contrast-light' },
} as const;

export type ThemeName = keyof typeof themes;

/** Pictures of the newest VS Code, and those of another beside them. */
const pictures = join(
  import.meta.dirname,
  '..',
  '..',
  'test-results',
  'screenshots',
  process.env['TEXT_ATTENTION_VSCODE_VERSION'] ?? '',
);

/** The workbench of a running VS Code in a browser page, used as a person uses it: by keyboard, mouse and eye. */
export class Workbench {
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(page: Page, context: BrowserContext) {
    this.page = page;
    this.#context = context;
  }

  /** Opens a folder, and in it a file in an editor, and waits until the file's first line can be read. */
  static async open(browser: Browser, server: VsCodeServer, folder: string, file: string): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const workbench = new Workbench(page, context);
    await page.goto(server.open(folder, [['openFile', server.remote(join(folder, file))]]));
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await workbench.editor(file).locator('.view-line').first().waitFor({ timeout: 60_000 });
    return workbench;
  }

  /** Reloads the window as the person does and waits until the file's first line can be read again. */
  async reload(file: string): Promise<void> {
    // A file named in the address is opened alone, in place of what was open before.
    await this.page.evaluate(() => {
      const address = new URL(location.href);
      address.searchParams.delete('payload');
      history.replaceState(null, '', address);
    });
    const loaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await this.run('Developer: Reload Window');
    await loaded;
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.editor(file).locator('.view-line').first().waitFor({ timeout: 60_000 });
  }

  /** The text editor of a file. */
  editor(file: string): Locator {
    return this.page.locator(
      `.editor-instance:has(.monaco-editor[data-uri$="/${file}"]) .monaco-editor[data-uri$="/${file}"]`,
    );
  }

  /** Opens a file of the folder from the explorer, to stay, and waits until its first line can be read. */
  async open(file: string): Promise<void> {
    await this.page
      .locator('.explorer-folders-view .monaco-list-row')
      .filter({ has: this.page.getByText(file, { exact: true }) })
      .dblclick();
    await this.editor(file).locator('.view-line').first().waitFor({ timeout: 60_000 });
  }

  /** Whether a file is open, in front or not. */
  async isOpen(file: string): Promise<boolean> {
    return (await this.#tab(file).count()) > 0;
  }

  /** Brings a file to the front that is open already, wherever it is. */
  async bring(file: string): Promise<void> {
    await this.#tab(file).click();
    await this.editor(file).locator('.view-line').first().waitFor();
  }

  #tab(file: string): Locator {
    return this.page.locator(`.tab[data-resource-name="${file}"]`);
  }

  /**
   * Puts the keyboard into a file's editor. The mouse goes to the first line that can be seen, wherever it is: asked to
   * click an element, the driver would scroll to it, and the editor would follow to the end of its text.
   */
  async focus(file: string): Promise<void> {
    const focused = this.editor(file).and(this.page.locator('.focused'));
    await until(
      `the keyboard is in ${file}`,
      async () => {
        const box = await this.editor(file).locator('.editor-scrollable').boundingBox();
        if (!box) return false;
        await this.page.mouse.click(box.x + 5, box.y + 5);
        return comes(focused.waitFor({ timeout: 2000 }));
      },
      60_000,
    );
  }

  /**
   * Runs a command from the palette. An extension that registers its commands late is not shown by a palette that is
   * open already, so the palette is closed and opened again until the row is there; so is one that closed before the
   * row was clicked, since something else took the keyboard.
   */
  async run(title: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const row = widget
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.getByText(title, { exact: true }) })
      .first();
    await until(
      `the palette runs “${title}”`,
      async () => {
        await this.page.keyboard.press('F1');
        await widget.locator('input').fill(`>${title}`);
        const isChosen = await comes(row.waitFor({ timeout: 2000 }).then(() => row.click({ timeout: 5000 })));
        if (!isChosen) await this.page.keyboard.press('Escape');
        return isChosen;
      },
      60_000,
    );
    await row.waitFor({ state: 'hidden' });
  }

  /**
   * Selects the first place of a text within one line of the file that has the keyboard, by the editor's own search.
   */
  async select(file: string, text: string): Promise<void> {
    await this.focus(file);
    await this.page.keyboard.press('ControlOrMeta+f');
    const search = this.editor(file).locator('.find-widget.visible');
    await search.locator('.find-part textarea').first().fill(text);
    await search.locator('.matchesCount', { hasText: /^\d+ of \d+$/ }).waitFor();
    await this.page.keyboard.press('Escape');
    await this.editor(file).locator('.selected-text').first().waitFor();
  }

  /** What is inside the webview that is open. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /**
   * Rests the mouse on the first place of a word in a file and gives the text of the hover that appears, once it has
   * `having`.
   */
  async hover(file: string, word: string, having: RegExp | string): Promise<string> {
    return this.hoverAt(() => this.#placeOf(file, word), having);
  }

  /**
   * Clicks the first place of a word in a file: the keyboard is in its editor, the cursor at the word. What is still
   * loading can move the lines (breadcrumbs above them do) between the look and the click, which is then made again.
   */
  async click(file: string, word: string): Promise<void> {
    await until(
      `the cursor is at “${word}”`,
      async () => {
        const { x, y } = await this.#placeOf(file, word);
        await this.page.mouse.click(x, y);
        await this.editor(file).and(this.page.locator('.focused')).waitFor();
        const now = await this.#placeOf(file, word);
        return now.x === x && now.y === y;
      },
      60_000,
    );
  }

  /** Rests the mouse on a place, in page pixels, and gives the text of the hover that appears, once it has `having`. */
  async hoverAt(place: () => Promise<{ x: number; y: number }>, having: RegExp | string): Promise<string> {
    const shown = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').filter({ hasText: having });
    await until(
      `a hover shows ${having}`,
      async () => {
        await this.page.mouse.move(2, 2);
        const { x, y } = await place();
        await this.page.mouse.move(x - 3, y);
        await this.page.mouse.move(x, y, { steps: 3 });
        return comes(shown.first().waitFor({ timeout: 3000 }));
      },
      30_000,
    );
    return (await shown.allInnerTexts()).join('\n');
  }

  /** The middle of a word's first place in an editor, in page pixels. */
  async #placeOf(file: string, word: string): Promise<{ x: number; y: number }> {
    return this.editor(file)
      .locator('.view-lines')
      .evaluate((lines, wanted) => {
        for (const line of lines.querySelectorAll('.view-line')) {
          const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          const nodes: Text[] = [];
          while (walk.nextNode()) nodes.push(walk.currentNode as Text);
          const text = nodes
            .map((node) => node.data)
            .join('')
            .replaceAll('\u00a0', ' ');
          const found = new RegExp(`(?<![\\p{L}\\p{N}])${wanted}(?![\\p{L}\\p{N}])`, 'u').exec(text);
          if (!found) continue;
          const range = document.createRange();
          let before = 0;
          for (const node of nodes) {
            const start = found.index - before;
            if (start >= 0 && start < node.length) range.setStart(node, start);
            const end = start + wanted.length;
            if (end > 0 && end <= node.length) range.setEnd(node, end);
            before += node.length;
          }
          const box = range.getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        }
        throw new Error(`“${wanted}” is not in the lines that the editor shows`);
      }, word);
  }

  /** Chooses a colour theme as a person does, and waits until the workbench wears it. */
  async wear(theme: ThemeName): Promise<void> {
    const { name, mark } = themes[theme];
    await this.run('Preferences: Color Theme');
    const picker = this.page.locator('.quick-input-widget');
    await picker.locator('input').fill(name);
    await picker
      .locator('.monaco-list-row')
      .filter({ has: this.page.getByText(name, { exact: true }) })
      .first()
      .click();
    await picker.waitFor({ state: 'hidden' });
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
  }

  /** A row of a tree in the side bar, by the beginning of its text. */
  treeRow(label: string): Locator {
    return this.page
      .locator('.sidebar .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: label }) })
      .first();
  }

  /** The child of an open tree row, `place` counting from 0; other rows may carry the same label. */
  async treeChild(parent: string, place: number, label: string): Promise<Locator> {
    const index = Number(await this.treeRow(parent).getAttribute('data-index'));
    return this.page
      .locator(`.sidebar .monaco-list-row[data-index="${index + 1 + place}"]`)
      .filter({ has: this.page.locator('.label-name', { hasText: label }) });
  }

  /** Opens a row of a tree, unless it is open. */
  async expand(label: string): Promise<void> {
    const row = this.treeRow(label);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
    await row.and(this.page.locator('[aria-expanded="true"]')).waitFor();
  }

  /** Notifications that are on the screen. */
  notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  /**
   * Writes a picture of the whole window to test-results/screenshots/NAME.png; of an older VS Code, to the folder of
   * its version there.
   */
  async picture(name: string): Promise<string> {
    await mkdir(pictures, { recursive: true });
    const path = join(pictures, `${name}.png`);
    // What is fading in is shown as it will be.
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
