import type { Locator } from 'playwright-core';
import { comes, until } from '../../harness/until.ts';
import type { Workbench } from '../../harness/workbench.ts';
import { marksIn } from './marks.ts';

const limit = 60_000;

/** After this many milliseconds without the effect of a press, it is pressed again: the first one may have gone astray. */
const patience = 8_000;

/** One command of the lines above fences, where it is on the screen. */
interface Lens {
  /** The line of the file that it is above, from 1. */
  readonly line: number;
  readonly title: string;
  readonly x: number;
  readonly y: number;
}

/** A chapter that is open in the workbench, its lines above fences used with the mouse. */
export class ChapterEditor {
  readonly #workbench: Workbench;
  readonly #file: string;

  constructor(workbench: Workbench, file: string) {
    this.#workbench = workbench;
    this.#file = file;
  }

  /** The titles of the commands above a line, counted from 1, once the editor has drawn them. */
  async titles(line: number): Promise<readonly string[]> {
    return (await this.#above(line)).map(({ title }) => title);
  }

  /**
   * Presses the command of a title above a line until `effect` holds. A line that moves while others are drawn is
   * waited for; the press counts only if the mouse was on that command. It is not pressed again while `isUnderWay`.
   */
  async press(
    line: number,
    title: string,
    effect: () => Promise<boolean>,
    isUnderWay: () => Promise<boolean> = () => Promise.resolve(false),
  ): Promise<void> {
    await until(
      `“${title}” above line ${line} does what it says`,
      async () => {
        const lens = (await this.#above(line)).find((one) => one.title === title);
        if (!lens) return false;
        const { mouse } = this.#workbench.page;
        await mouse.move(lens.x, lens.y);
        if (!(await this.#isUnder(lens))) return false;
        await mouse.down();
        await mouse.up();
        const isDone = (): Promise<boolean> => comes(until(title, effect, patience));
        while (!(await isDone())) if (!(await isUnderWay())) return false;
        return true;
      },
      limit,
    );
  }

  /**
   * The commands above a line, in sight and at rest. The keyboard leaves the editor to bring a line into sight, and the
   * editor asks for no commands then: what is in sight is only waited for.
   */
  async #above(line: number): Promise<readonly Lens[]> {
    let found: readonly Lens[] = [];
    await until(
      `the editor draws what is above line ${line} of ${this.#file}`,
      async () => {
        found = (await this.#atRest()).filter((lens) => lens.line === line);
        if (found.length === 0 && !(await this.#isInSight(line))) await this.go(line);
        return found.length > 0;
      },
      limit,
    );
    return found;
  }

  /** Whether a line and what is above it can be seen. */
  #isInSight(line: number): Promise<boolean> {
    return this.#editor().evaluate((editor, line) => {
      const bounds = (editor.querySelector('.lines-content')?.parentElement ?? editor).getBoundingClientRect();
      return [...editor.querySelectorAll('.margin .line-numbers')].some((number) => {
        const { top, bottom } = number.getBoundingClientRect();
        return Number(number.textContent) === line && top > bounds.top + 60 && bottom < bounds.bottom - 30;
      });
    }, line);
  }

  /** Every command in sight whose place is the same in two frames. */
  async #atRest(): Promise<readonly Lens[]> {
    return this.#editor().evaluate(async (editor) => {
      const read = (): Lens[] => {
        const numbers = [...editor.querySelectorAll<HTMLElement>('.margin .line-numbers')].map((number) => ({
          line: Number(number.textContent),
          top: number.getBoundingClientRect().top,
        }));
        const bounds = (editor.querySelector('.lines-content')?.parentElement ?? editor).getBoundingClientRect();
        return [...editor.querySelectorAll<HTMLElement>('.codelens-decoration')].flatMap((zone) => {
          const { bottom, height } = zone.getBoundingClientRect();
          const own = numbers.find(({ top }) => Math.abs(top - bottom) < 0.75 * height);
          if (!own || height === 0) return [];
          return [...zone.querySelectorAll('a')].flatMap((command) => {
            const box = command.getBoundingClientRect();
            const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + box.height / 2];
            const isInSight = y > bounds.top + 30 && y < bounds.bottom - 30 && box.width > 0;
            return isInSight ? [{ line: own.line, title: command.textContent.trim(), x, y }] : [];
          });
        });
      };
      const before = JSON.stringify(read());
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const now = read();
      return JSON.stringify(now) === before ? now : [];
    });
  }

  /** Whether the mouse, were it pressed now, would press this command. */
  #isUnder({ title, x, y }: Lens): Promise<boolean> {
    return this.#editor().evaluate(
      (editor, { title, x, y }) => {
        const command = document.elementFromPoint(x, y)?.closest('.codelens-decoration a');
        return command !== null && command !== undefined && editor.contains(command)
          ? command.textContent.trim() === title
          : false;
      },
      { title, x, y },
    );
  }

  /** What a line looks like: its text with what the editor adds to it, and the part of it that is covered. */
  async line(line: number): Promise<{ readonly text: string; readonly covered: string }> {
    return this.#editor().evaluate((editor, line) => {
      const tops = new Map(
        [...editor.querySelectorAll<HTMLElement>('.margin .line-numbers')].map((number) => [
          Number(number.textContent),
          number.getBoundingClientRect().top,
        ]),
      );
      const [top, below] = [tops.get(line) ?? Infinity, tops.get(line + 1) ?? Infinity];
      const parts = [...editor.querySelectorAll<HTMLElement>('.view-lines .view-line')]
        .filter((part) => part.getBoundingClientRect().top > top - 5 && part.getBoundingClientRect().top < below - 5)
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
      const spans = parts.flatMap((part) => [...part.querySelectorAll<HTMLElement>(':scope > span > span')]);
      const textOf = (some: readonly HTMLElement[]): string =>
        some
          .map(({ textContent }) => textContent)
          .join('')
          .replaceAll('\u00a0', ' ')
          .trim();
      return { text: textOf(spans), covered: textOf(spans.filter((span) => getComputedStyle(span).opacity === '0')) };
    }, line);
  }

  /** Whether the cursor is in a line. */
  async isAt(line: number): Promise<boolean> {
    return (await this.#editor().locator('.line-numbers.active-line-number').allInnerTexts()).includes(`${line}`);
  }

  /** Whether the word that is a link into the panel has a frame in the text. */
  async isFramed(word: string): Promise<boolean> {
    const middle = await this.#editor().evaluate((editor, word) => {
      const spans = [...editor.querySelectorAll<HTMLElement>('.view-lines .view-line > span > span')];
      const own = spans.find(
        (span, at) => span.textContent === word && (spans[at + 1]?.textContent ?? '').startsWith(']'),
      );
      const box = own?.getBoundingClientRect();
      return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : null;
    }, word);
    const { focus } = await marksIn(this.#editor());
    return focus.some(
      (box) => middle !== null && box.left < middle.x && middle.x < box.right && Math.abs(box.middle - middle.y) < 5,
    );
  }

  /**
   * Puts the cursor into a line, before a character of it, both from 1, and that line into the middle of the editor.
   * It is put there again where something else took the keyboard from the box for the line, before or while it closed.
   */
  async go(line: number, character = 1): Promise<void> {
    const { page } = this.#workbench;
    const focused = this.#editor().and(page.locator('.focused'));
    const input = page.locator('.quick-input-widget input');
    await until(
      `the cursor is put into line ${line}`,
      async () => {
        if ((await focused.count()) === 0) await this.#workbench.focus(this.#file);
        await page.keyboard.press('Control+g');
        const isTyped = await comes(input.fill(`:${line}:${character}`, { timeout: 2000 }));
        await page.keyboard.press(isTyped ? 'Enter' : 'Escape');
        const isClosed = await comes(input.waitFor({ state: 'hidden', timeout: 5000 }));
        return isTyped && isClosed && this.#isCursorAt(line, character);
      },
      limit,
    );
  }

  /** Whether the status bar says soon that the cursor is there; the box closes a little before it does. */
  #isCursorAt(line: number, character: number): Promise<boolean> {
    const place = new RegExp(`^Ln ${line}, Col ${character}$`, 'u');
    const status = this.#workbench.page.locator('#status\\.editor\\.selection', { hasText: place });
    return comes(status.waitFor({ timeout: 2000 }));
  }

  #editor(): Locator {
    return this.#workbench.editor(this.#file);
  }
}
