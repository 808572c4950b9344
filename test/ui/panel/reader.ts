import type { CDPSession, Page } from 'playwright-core';
import { until } from '../../harness/until.ts';

type AXNode = Awaited<ReturnType<typeof readTree>>[number];

/** How long something may take to be heard, in milliseconds. */
const patience = 15_000;
const states = ['checked', 'pressed', 'selected', 'expanded', 'disabled'] as const;

async function readTree(session: CDPSession) {
  return (await session.send('Accessibility.getFullAXTree')).nodes;
}

/**
 * A person who does not see the page: keys in, and out what the browser tells assistive technology of where the
 * keyboard is.
 */
export class Reader {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async of(page: Page): Promise<Reader> {
    const session = await page.context().newCDPSession(page);
    await session.send('Accessibility.enable');
    return new Reader(page, session);
  }

  /**
   * Presses keys and says what has the keyboard then: role, name, states; of a list or grid also the part that is
   * active in it.
   */
  async press(...keys: string[]): Promise<string> {
    for (const key of keys) await this.#page.keyboard.press(key);
    return this.focus();
  }

  /**
   * Presses keys and waits until what has the keyboard fits: what opens takes the keyboard a moment after the key.
   * Rejects when it never does.
   */
  async pressUntil(wanted: string | RegExp, ...keys: string[]): Promise<string> {
    let said = await this.press(...keys);
    const fits = (): boolean => (typeof wanted === 'string' ? said === wanted : wanted.test(said));
    if (fits()) return said;
    await until(
      `the keyboard is at ${String(wanted)} (first it was at “${said}”)`,
      async () => {
        said = await this.focus();
        return fits();
      },
      patience,
    );
    return said;
  }

  /** Presses Tab until what has the keyboard fits, at most once round, and says it; rejects when nothing does. */
  async tabTo(wanted: RegExp): Promise<string> {
    const heard: string[] = [];
    for (let stop = 0; stop < 40; stop++) {
      const said = await this.press('Tab');
      if (wanted.test(said)) return said;
      heard.push(said);
    }
    throw new Error(`No tab stop is ${wanted}, only ${heard.join(' | ')}.`);
  }

  /** What has the keyboard. */
  async focus(): Promise<string> {
    const tree = await readTree(this.#session);
    const focused = tree.findLast((node) => property(node, 'focused')?.value === true);
    if (!focused) return 'nothing';
    const [related] = property(focused, 'activedescendant')?.relatedNodes ?? [];
    const active = related && tree.find(({ backendDOMNodeId }) => backendDOMNodeId === related.backendDOMNodeId);
    return active ? `${said(focused)}: ${said(active)}` : said(focused);
  }

  /** What stands under a role in the tree of assistive technology, each with its name and states. */
  async all(role: string): Promise<string[]> {
    return (await readTree(this.#session)).filter((node) => node.role?.value === role && !node.ignored).map(said);
  }

  /** Waits until the live region says something that fits, and gives it. */
  async announced(wanted: RegExp): Promise<string> {
    const region = this.#page.locator('#announcement', { hasText: wanted });
    await region.waitFor({ state: 'attached' });
    return (await region.textContent()) ?? '';
  }
}

function property(node: AXNode, name: string) {
  return node.properties?.find((one) => one.name === name)?.value;
}

function said(node: AXNode): string {
  const on = states.filter((state) => [true, 'true'].includes(property(node, state)?.value));
  return [String(node.role?.value ?? ''), String(node.name?.value ?? ''), ...on]
    .filter((part) => part !== '')
    .join(' ');
}
