import { existsSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { ViewName } from '../../src/core/views/table.ts';
import { findChromium, launchChromium } from '../../test/harness/chromium.ts';
import { servePage, type PageServer } from '../../test/ui/panel/page/server.ts';
import { Shared } from '../benchmark.ts';
import type { Bench } from './page.ts';

declare global {
  interface Window {
    bench: Bench;
  }
}

const model = { layers: 12, heads: 12 };

/**
 * The panel in Chromium, with made-up weights of 12 × 12 heads. Its host is a worker, so that neither the host's work
 * nor its weights count as the panel's. Times are what the page's own thread works, in milliseconds of the processor:
 * what is busy beside it makes the clock run on, and hardly these.
 */
export class BenchPage {
  readonly #page: Page;
  readonly #session: CDPSession;

  constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /** Shows so many tokens in a panel that is opened anew: from all that it has asked for being there to painted. */
  async show(view: ViewName, tokens: number): Promise<number> {
    await this.#page.evaluate((wanted) => window.bench.prepare(wanted), { ...model, tokens, view });
    await this.#page.evaluate(() => window.bench.open());
    return this.#worked(() => this.#page.evaluate(() => window.bench.hand()));
  }

  /** Draws every weight of all heads, or of those of one layer, as a line of SVG. */
  lines(view: 'model' | 'heads', tokens: number): Promise<number> {
    return this.#worked(() =>
      this.#page.evaluate(([name, count]) => window.bench.lines(name, count), [view, tokens] as const),
    );
  }

  /** Goes to the next layer with a key, until it is painted. */
  nextLayer(): Promise<number> {
    return this.#worked(async () => {
      await this.#page.keyboard.press(']');
      await this.#page.evaluate(() => window.bench.settled());
    });
  }

  /** Moves the pointer from token to token over the view; gives the mean of the moves. */
  async hover(view: 'heads' | 'matrix', moves: number): Promise<number> {
    const box = await this.#box(view === 'heads' ? 'ta-heads .column.query' : 'ta-matrix .stage');
    const height = Math.min(box.height, (await this.#box(`ta-${view}`)).height) - 80;
    const all = await this.#worked(async () => {
      for (let move = 0; move < moves; move++) {
        const painted = this.#page.evaluate(() => window.bench.nextHover());
        await this.#page.mouse.move(box.x + box.width * 0.6, box.y + 50 + (height * ((move * 37) % 101)) / 101);
        await painted;
      }
    });
    return all / moves;
  }

  /** Milliseconds by the clock from each frame to the next. */
  frames(count: number): Promise<number[]> {
    return this.#page.evaluate((wanted) => window.bench.frames(wanted), count);
  }

  /** Every node of the page, shadow trees included. */
  nodes(): Promise<number> {
    return this.#page.evaluate(() => window.bench.nodes());
  }

  /** Megabytes that the page's scripts keep, buffers included, after going through five layers with a key. */
  async heap(): Promise<number> {
    for (let layer = 0; layer < 5; layer++) await this.nextLayer();
    await this.#session.send('HeapProfiler.collectGarbage');
    const usage: { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number } =
      await this.#session.send('Runtime.getHeapUsage');
    return (usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? NaN)) / 1e6;
  }

  async #box(selector: string): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.#page.locator(selector).boundingBox();
    if (!box) throw new Error(`${selector} is not in the page.`);
    return box;
  }

  async #worked(action: () => Promise<void>): Promise<number> {
    const before = await this.#work();
    await action();
    return (await this.#work()) - before;
  }

  async #work(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
  }
}

interface Opened {
  readonly page: BenchPage;
  readonly browser: Browser;
  readonly server: PageServer;
}

/** The page that all benchmarks of views use. */
export const chromium = new Shared<Opened>(
  async () => {
    const server = await servePage({ host: 'bench/views/page.ts', worker: 'bench/views/worker.ts' });
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1000, height: 760 } });
    page.on('pageerror', (error) => {
      throw error;
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(server.address);
    return { page: new BenchPage(page, session), browser, server };
  },
  async ({ browser, server }) => {
    await browser.close();
    await server.close();
  },
  async () => {
    const path = await findChromium().catch(() => null);
    if (path === null) return 'there is no Chromium: install one, or name it in CHROMIUM';
    return existsSync(path) ? null : `there is no Chromium at ${path}`;
  },
);
