import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type { Opening } from '../../../src/core/attention/opening.ts';
import type { Selection } from '../../../src/core/attention/selection.ts';
import type { Change } from '../../../src/core/prediction/change.ts';
import type { Edit } from '../../../src/core/run/edits.ts';
import type { WeightSymbol } from '../../../src/core/views/arithmetic/symbols.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import { buttonViews, type ViewName } from '../../../src/core/views/table.ts';
import type { AnalysisName } from './page/analyses.ts';
import { servePage, type Language, type PageServer } from './page/server.ts';
import type { toldNames } from './page/told.ts';
import type { ThemeName } from './page/themes.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Letters and colours as on every other machine.
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];
const attempts = 3;

/** Starts Chromium; a launch that fails on a busy machine is tried again. */
async function launch(): Promise<Browser> {
  let failure: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await chromium.launch({
        executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
        headless: true,
        args: flags,
        env: { ...process.env, ...bundledFonts() },
      });
    } catch (thrown) {
      failure = thrown;
    }
  }
  throw failure;
}

/** What stands in a view once it shows an analysis. */
const firstParts: Readonly<Record<ViewName, string>> = {
  heads: 'ta-heads .row',
  model: 'ta-model .cell',
  matrix: 'ta-matrix canvas.cells',
  layers: 'ta-layers :is(.dot, .body)',
  arithmetic: 'ta-arithmetic :is(.body, .sheet)',
  parts: 'ta-parts :is(.body, .sheet)',
  compare: 'ta-compare :is(.body, .sheet)',
};

/** How a page is opened. */
export interface PageChoice {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

/** What the analysis is shown with. */
export interface Around {
  readonly stale?: boolean;
  readonly first?: boolean;
  /** Above 0 heads have roles that were measured. */
  readonly measurements?: number;
  readonly leftOut?: string[];
  readonly inEditor?: number[];
  readonly opening?: Opening | null;
  readonly edits?: Edit[];
  readonly change?: Change;
  readonly trying?: Edit[] | null;
  readonly busy?: { stage: string; done?: number; total?: number; detail?: string } | null;
  readonly view?: ViewState | null;
  /** The part of the arithmetic that a word of a lesson names. */
  readonly symbol?: WeightSymbol | null;
  readonly failure?: {
    what: string;
    next: string;
    action: { label: string; command: 'rerun' | 'log' | 'settings' } | null;
  } | null;
}

/** The panel in a page of its own, with what tests ask of it. */
export class PanelPage {
  readonly page: Page;
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  /** Lets the host show an analysis and waits until its tokens stand in the head view. */
  async show(name: AnalysisName, selection: Partial<Selection> = {}, around: Around = {}): Promise<void> {
    await this.page.evaluate(([one, two, three]) => window.fakeHost.show(one, two, three), [
      name,
      selection,
      around,
    ] as const);
    await this.page
      .locator(firstParts[around.view?.view ?? 'heads'])
      .first()
      .waitFor({ state: 'attached' });
    await this.settled();
  }

  /** Turns to another view by its key and waits until it stands there. */
  async turn(view: ViewName): Promise<void> {
    const button = buttonViews.indexOf(view);
    await this.page.keyboard.press(button < 0 ? 'w' : String(button + 1));
    await this.page.locator(`ta-${view}`).waitFor();
    await this.settled();
  }

  /** Gives the panel another width, as a person does who moves the edge beside it. */
  async resize(width: number): Promise<void> {
    const height = this.page.viewportSize()?.height ?? 760;
    await this.page.setViewportSize({ width, height });
    await this.settled();
  }

  /** Puts on another theme, as VS Code does it with the panel open. */
  async wear(theme: ThemeName): Promise<void> {
    await this.page.evaluate((name) => window.fakeHost.theme(name), theme);
    await this.settled();
  }

  /** Waits until everything asked for is drawn. */
  async settled(): Promise<void> {
    await this.page.evaluate(
      () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    );
  }

  row(side: 'query' | 'key', index: number): Locator {
    return this.page.locator(`ta-heads #${side}-${index}`);
  }

  chip(head: number): Locator {
    return this.page.locator(`ta-toolbar .chip[data-head="${head}"]`);
  }

  /** Everything that the panel told its host under a name. */
  told(name: (typeof toldNames)[number]): Promise<unknown[]> {
    return this.page.evaluate(
      (wanted) => window.fakeHost.told.filter((one) => one.name === wanted).map((one) => one.payload),
      name,
    );
  }

  async lastSelection(): Promise<Selection> {
    const last = (await this.told('select')).at(-1) as { selection: Selection } | undefined;
    if (!last) throw new Error('The panel has not told a selection.');
    return last.selection;
  }

  asked(name: string): Promise<unknown[]> {
    return this.page.evaluate(
      (wanted) => window.fakeHost.asked.filter((one) => one.name === wanted).map((one) => one.params),
      name,
    );
  }

  violations(): Promise<string[]> {
    return this.page.evaluate(() => window.fakeHost.violations);
  }

  /** How much is drawn on a canvas: the sum of its pixels' opacity. */
  ink(canvas: 'rest' | 'focus'): Promise<number> {
    return this.page.locator(`ta-heads canvas.${canvas}`).evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const data = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      let sum = 0;
      for (let at = 3; at < data.length; at += 4) sum += data[at] ?? 0;
      return sum;
    });
  }

  /** The words of the inspector, in one line. */
  inspector(): Promise<string> {
    return this.page
      .locator('ta-inspector')
      .evaluate((element) => (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' '));
  }

  announcement(): Locator {
    return this.page.locator('#announcement');
  }
}

/** A browser for the tests of a file; `open` gives an empty page and closes the one before. */
export function blankPages(): (choice?: { width?: number; colorScheme?: 'light' | 'dark' }) => Promise<Page> {
  let browser: Browser | undefined;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());
  return async ({ width = 1000, colorScheme = 'light' } = {}) => {
    if (!browser) throw new Error('The browser is not there yet.');
    for (const context of browser.contexts()) await context.close();
    const context = await browser.newContext({ viewport: { width, height: 760 }, colorScheme });
    return context.newPage();
  };
}

/**
 * A browser and a server for the tests of a file; `open` loads the panel anew, in the tab that there is: a tab of its
 * own each time is a process of its own, which reads and compiles the panel again, and takes longer than most tests.
 */
export function panelPages(language: Language = 'en'): (choice?: PageChoice) => Promise<PanelPage> {
  let browser: Browser | undefined;
  let server: PageServer | undefined;
  let page: Page | undefined;
  before(async () => {
    [browser, server] = await Promise.all([launch(), servePage(undefined, language)]);
    page = await browser.newPage();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  return async ({ theme = 'dark', width = 1000, height = 760, reducedMotion = 'no-preference' } = {}) => {
    if (!page || !server) throw new Error('The browser is not there yet.');
    page.removeAllListeners();
    await page.goto('about:blank');
    // Where nothing is, so that nothing of the panel is under the pointer before a test points at it.
    await page.mouse.move(-1, -1);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion });
    const panel = new PanelPage(page);
    await page.goto(`${server.address}?theme=${theme}`);
    return panel;
  };
}

const root = join(import.meta.dirname, '..', '..', '..');
const fonts = join(root, 'test', 'fixtures', 'fonts');
const families: Readonly<Record<string, readonly string[]>> = {
  'DejaVu Sans': ['system-ui', 'sans-serif', 'serif', 'Ubuntu', 'Liberation Sans'],
  'DejaVu Sans Mono': ['monospace', 'ui-monospace', 'Menlo', 'Consolas', 'Droid Sans Mono'],
};

/**
 * The environment of a browser that knows no fonts but those of the repository, so that its pictures are the same on
 * every machine. Fontconfig, which it asks for fonts, reads a file that is written into `folder`, and keeps there what it
 * found, for all browsers of all test files.
 */
function bundledFonts(folder = join(root, 'node_modules', '.cache', 'text-attention-fonts')): Record<string, string> {
  const aliases = Object.entries(families).flatMap(([family, names]) =>
    names.map(
      (name) => `<alias binding="strong"><family>${name}</family><prefer><family>${family}</family></prefer></alias>`,
    ),
  );
  const file = join(folder, 'fonts.conf');
  const draft = `${file}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    draft,
    `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir><cachedir>${folder}</cachedir>${aliases.join('')}</fontconfig>`,
  );
  // Another test file may be reading it.
  renameSync(draft, file);
  return { FONTCONFIG_FILE: file };
}
