/**
 * What the panel's views cost at 12 × 12 heads: made-up weights in hand to painted, nodes, hovers, memory; and the same
 * weights of 64 tokens drawn as known tools draw them, one SVG line a weight, in the same browser. Usage: `node
 * bench/views.ts`; needs Chromium (or name one in CHROMIUM). Prints a table with the limits beside; exits with 1 when
 * one is missed.
 *
 * The host is a worker, so that neither its work nor its weights count as the panel's. Times are medians, hovers the
 * 95th of a hundred; each ends after the frame is painted, so none is below the wait for a frame. A busy machine makes
 * all of them longer: the load is printed too, the best round, and what the page's own thread worked (`own`), in
 * processor time.
 */
import { availableParallelism, loadavg } from 'node:os';
import type { CDPSession, Page } from 'playwright-core';
import type { ViewName } from '../src/core/attention/view.ts';
import { launchChromium } from '../test/harness/chromium.ts';
import { servePage } from '../test/ui/panel/page/server.ts';

const model = { layers: 12, heads: 12 };
const sizes = [64, 128, 256, 512] as const;
const rounds = 5;
const hovers = 100;
const limits = {
  model: [60, 100, 180, 300],
  heads: [50, 70, 100, 200],
  nodes: [2000, 2000, 2500, 3000],
  hover: [16, 16, 16, 16],
  ratio: 40,
  heap: 120,
};

/**
 * What one thing took: the median and the best of the rounds, and the median of the page's own thread, in milliseconds.
 */
interface Cost {
  readonly wall: number;
  readonly best: number;
  readonly processor: number;
}

/** What a hover took: the 95th of a hundred, the median, and the mean of the page's own thread, in milliseconds. */
interface Hover {
  readonly p95: number;
  readonly middle: number;
  readonly processor: number;
}

/** The page of the bench with what a debugger sees of it. */
class BenchPage {
  readonly #page: Page;
  readonly #session: CDPSession;

  constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /**
   * Shows so many tokens in a view, `rounds` times; gives the medians and how long the engine takes for the thumbnails.
   */
  async open(tokens: number, view: ViewName): Promise<Cost & { pooled: number }> {
    const pooled = await this.#page.evaluate((wanted) => window.bench.prepare(wanted), { ...model, tokens, view });
    const walls: number[] = [];
    const own: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      await this.#page.evaluate(() => window.bench.open());
      const before = await this.#processor();
      const wall = await this.#page.evaluate(() => window.bench.hand());
      const worked = (await this.#processor()) - before;
      // The first round compiles code and loads fonts.
      if (round === 0) continue;
      walls.push(wall);
      own.push(worked);
    }
    return { pooled, wall: median(walls), best: Math.min(...walls), processor: median(own) };
  }

  /** Moves the pointer over the view, from token to token, and gives the times to the painted frame. */
  async hover(view: 'heads' | 'matrix'): Promise<Hover> {
    const box = await this.#page
      .locator(view === 'heads' ? 'ta-heads .column.query' : 'ta-matrix .stage')
      .boundingBox();
    const scroller = await this.#page.locator(`ta-${view}`).boundingBox();
    if (!box || !scroller) throw new Error(`The ${view} view is not there.`);
    const times: number[] = [];
    const before = await this.#processor();
    const height = Math.min(box.height, scroller.height) - 80;
    for (let move = 0; move <= hovers; move++) {
      const x = box.x + box.width * 0.6;
      const y = box.y + 50 + (height * ((move * 37) % 101)) / 101;
      const next = this.#page.evaluate(() => window.bench.nextHover());
      await this.#page.mouse.move(x, y);
      const time = await next;
      if (move > 0) times.push(time);
    }
    const worked = ((await this.#processor()) - before) / (hovers + 1);
    return {
      p95: times.sort((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1] ?? NaN,
      middle: median(times),
      processor: worked,
    };
  }

  nodes(): Promise<number> {
    return this.#page.evaluate(() => window.bench.nodes());
  }

  naive(tokens: number): Promise<number> {
    return this.#page.evaluate(({ layers, heads, count }) => window.bench.naive(count, layers, heads), {
      ...model,
      count: tokens,
    });
  }

  /** Everything that the page's scripts keep, buffers included, in megabytes; after going through layers with a key. */
  async heap(): Promise<number> {
    for (let layer = 0; layer < 5; layer++) {
      await this.#page.keyboard.press(']');
      await this.#page.evaluate(() => window.bench.settled());
    }
    await this.#session.send('HeapProfiler.collectGarbage');
    const usage: { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number } =
      await this.#session.send('Runtime.getHeapUsage');
    return (usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? NaN)) / 1e6;
  }

  async #processor(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
  }
}

const server = await servePage({ host: 'bench/views/page.ts', worker: 'bench/views/worker.ts' });
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 760 } });
  page.on('pageerror', (error) => {
    throw error;
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(server.address);
  await report(new BenchPage(page, session), browser.version());
} finally {
  await browser.close();
  await server.close();
}

async function report(page: BenchPage, version: string): Promise<void> {
  console.log(
    `12 × 12 heads, Chromium ${version} without a window, load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors`,
  );
  const head: string[] = [];
  const all: string[] = [];
  const nodes: string[] = [];
  const hover: string[] = [];
  const pooled: string[] = [];
  let smallest = NaN;
  let heap = NaN;
  for (const [at, tokens] of sizes.entries()) {
    const heads = await page.open(tokens, 'heads');
    head.push(cell(heads, limits.heads[at]));
    const [headHover, headNodes] = [await page.hover('heads'), await page.nodes()];
    await page.open(tokens, 'matrix');
    const [matrixHover, matrixNodes] = [await page.hover('matrix'), await page.nodes()];
    const grid = await page.open(tokens, 'model');
    all.push(cell(grid, limits.model[at]));
    pooled.push(`${grid.pooled.toFixed(0)} ms`);
    nodes.push(within(Math.max(headNodes, matrixNodes, await page.nodes()), limits.nodes[at], ''));
    hover.push(hoverCell(headHover.p95 > matrixHover.p95 ? headHover : matrixHover, limits.hover[at]));
    if (at === 0) smallest = grid.wall + grid.pooled;
    heap = await page.heap();
  }
  const naive = await page.naive(sizes[0]);
  row('tokens', sizes.map(String));
  row('model view, in hand to painted', all);
  row('head view of 12 heads, likewise', head);
  row('nodes of the panel, of three views the most', nodes);
  row('hover to painted, p95, of two views the worse', hover);
  row('thumbnails of all heads, in the engine', pooled);
  console.log(`memory of the panel's scripts at ${sizes.at(-1)} tokens: ${within(heap, limits.heap, ' MB')}`);
  const ratio = naive / smallest;
  console.log(
    `one SVG line a weight, ${sizes[0]} tokens: ${(naive / 1000).toFixed(1)} s; the model view, thumbnails included, is ${ratio.toFixed(0)}× as fast (≥ ${limits.ratio}×)`,
  );
  if (!(ratio >= limits.ratio)) process.exitCode = 1;
  console.log(`load ${loadavg()[0]?.toFixed(1)} at the end`);
}

function row(name: string, cells: readonly string[]): void {
  console.log(`${name.padEnd(48)}${cells.map((text) => text.padStart(44)).join('')}`);
}

function cell({ wall, best, processor }: Cost, limit?: number): string {
  return `${within(wall, limit, ' ms')}, best ${best.toFixed(0)}, own ${processor.toFixed(0)}`;
}

function hoverCell({ p95, middle, processor }: Hover, limit?: number): string {
  return `${within(p95, limit, ' ms')}, median ${middle.toFixed(0)}, own ${processor.toFixed(1)}`;
}

function within(value: number, limit: number | undefined, unit: string): string {
  const holds = limit !== undefined && value <= limit;
  if (!holds) process.exitCode = 1;
  return `${value < 100 ? value.toFixed(1) : value.toFixed(0)}${unit} (≤ ${limit}${holds ? '' : ', MISSED'})`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
