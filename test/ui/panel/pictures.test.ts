import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import type { Selection } from '../../../src/core/attention/selection.ts';
import { firstView, plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { panelPages, type Around, type PanelPage } from './browser.ts';
import type { AnalysisName } from './page/analyses.ts';
import { editedRun } from './page/edited.ts';
import { themeNames } from './page/themes.ts';
import { difference } from './pixels.ts';

const open = panelPages();
const folder = join(import.meta.dirname, '..', '..', '..', 'test-results', 'panel');
mkdirSync(folder, { recursive: true });

interface Scene {
  readonly name: string;
  readonly analysis?: AnalysisName;
  readonly selection?: Partial<Selection>;
  readonly around?: Around;
  readonly options?: Partial<ViewOptions>;
  /** What is done before the picture is taken. */
  readonly act?: (panel: PanelPage) => Promise<unknown>;
  /** Widths of the panel in CSS pixels; 750 where none are given. */
  readonly widths?: readonly number[];
}

const ate = { side: 'query', index: 6 } as const;
const pinned = { layer: 3, heads: [7], head: 7, token: { ...ate, cell: 2 } } as const;
const looked = [560, 1000];
/** Waits until a part stands in the panel. */
const standing =
  (part: string) =>
  ({ page }: PanelPage): Promise<void> =>
    page.locator(part).waitFor();

/** Pictures of the panel for the eye: every state in every theme, the main ones at every width. */
const scenes: readonly Scene[] = [
  { name: 'empty' },
  { name: 'rest', analysis: 'cat', around: { first: true } },
  {
    name: 'focus',
    widths: [300, 420, 560, 700, 1000, 1400],
    analysis: 'cat',
    selection: { layer: 3, heads: [2, 7], head: 7, token: ate },
  },
  { name: 'mean', analysis: 'cat', selection: { layer: 3, token: ate } },
  {
    name: 'looked-at',
    widths: [300, 420, 700],
    analysis: 'pieces',
    selection: { heads: [3], head: 3, token: { side: 'key', index: 4 } },
  },
  { name: 'causal', analysis: 'causal', selection: { token: { side: 'query', index: 7 } } },
  { name: 'cross', analysis: 'cross', selection: { map: 2, layer: 1, token: { side: 'query', index: 3 } } },
  { name: 'recurrent', widths: [300, 1400], analysis: 'recurrent', selection: { token: { side: 'query', index: 3 } } },
  { name: 'busy', analysis: 'cat', around: { busy: { stage: 'Running the model', done: 2, total: 6 } } },
  {
    name: 'failure',
    analysis: 'cat',
    around: {
      failure: {
        what: 'The model process ended in the middle of a run: out of memory.',
        next: 'Run again: a new process starts by itself.',
        action: { label: 'Run again', command: 'rerun' },
      },
    },
  },
  { name: 'stale', analysis: 'cat', selection: { token: ate }, around: { stale: true } },
  { name: 'many-heads', widths: [300, 1000], analysis: 'many', selection: { token: { side: 'query', index: 3 } } },
  { name: 'long', analysis: 't512', selection: { token: { side: 'query', index: 40 } } },
  {
    name: 'model',
    widths: [300, 1400],
    analysis: 'pieces',
    selection: { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 3 } },
    around: { view: { ...firstView, view: 'model' } },
  },
  { name: 'model-long', analysis: 't512', around: { view: { ...firstView, view: 'model', order: 'entropy' } } },
  {
    name: 'matrix',
    analysis: 'cat',
    selection: { layer: 3, heads: [7], head: 7, token: { ...ate, cell: 7 } },
    around: { view: { ...firstView, view: 'matrix' } },
    widths: [300, ...looked, 1400],
  },
  {
    name: 'layers',
    widths: [300, 1400],
    analysis: 'cat',
    selection: { layer: 3, heads: [7], head: 7, token: ate },
    around: { view: { ...firstView, view: 'layers' } },
  },
  {
    name: 'measured',
    widths: looked,
    analysis: 'cat',
    selection: { layer: 3, heads: [4], head: 4, token: ate },
    around: { measurements: 1 },
  },
  {
    name: 'measured-nothing',
    widths: looked,
    analysis: 'cat',
    selection: { layer: 3, heads: [6], head: 6, token: ate },
    around: { measurements: 1 },
  },
  {
    name: 'measured-model',
    widths: looked,
    analysis: 'cat',
    selection: { layer: 3, heads: [4], head: 4 },
    around: { measurements: 1, view: { ...firstView, view: 'model', order: 'role' } },
  },
  {
    name: 'filtered-model',
    widths: [400, 1000],
    analysis: 'cat',
    selection: { layer: 3, heads: [4], head: 4 },
    around: { measurements: 1, view: { ...firstView, view: 'model', role: 'verb-to-subject' } },
  },
  {
    name: 'head-map',
    widths: [400, 560, 1000],
    analysis: 'cat',
    selection: { layer: 3, heads: [4], head: 4 },
    around: { measurements: 1, view: { ...firstView, view: 'layers', chart: 'similarity' } },
  },
  { name: 'help', analysis: 'cat', act: (panel) => panel.page.keyboard.press('?') },
  {
    name: 'filter-menu',
    widths: [300, 1400],
    analysis: 'pair',
    options: { hideSpecial: true, topK: 3 },
    act: ({ page }) => page.getByRole('button', { name: 'Filter' }).click(),
  },
  {
    name: 'words',
    widths: [300, 1400],
    analysis: 'pieces',
    selection: { token: { side: 'query', index: 4 } },
    options: { unit: 'words', mass: 0.9, layerMerge: 'mean' },
  },
  {
    name: 'pair',
    analysis: 'pair',
    selection: { heads: [2, 3], head: null, token: { side: 'query', index: 2 } },
    options: { pairs: 'ab' },
  },
  {
    name: 'step',
    widths: [300, 750],
    analysis: 'cross',
    selection: { map: 2, layer: 1, token: { side: 'query', index: 3 } },
    options: { step: 3 },
  },
  // The sections of what explains, each as it opens.
  {
    name: 'arithmetic',
    analysis: 'cat',
    selection: pinned,
    around: { view: { ...firstView, view: 'arithmetic' } },
    act: standing('ta-arithmetic .sheet'),
    widths: [400, ...looked],
  },
  {
    name: 'arithmetic-recurrent',
    analysis: 'recurrent',
    selection: { token: { side: 'query', index: 3, cell: 2 } },
    around: { view: { ...firstView, view: 'arithmetic' } },
    act: standing('ta-arithmetic .sheet'),
    widths: looked,
  },
  {
    name: 'parts',
    analysis: 'cat',
    selection: pinned,
    around: { view: { ...firstView, view: 'parts' } },
    act: standing('ta-parts .sheet'),
    widths: [400, ...looked],
  },
  {
    name: 'effects',
    analysis: 'masked',
    selection: { token: { side: 'query', index: 2 } },
    around: { view: { ...firstView, view: 'model' } },
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Effect of every head' }).click();
      await page.locator('.effects-line').waitFor();
    },
    widths: looked,
  },
  { name: 'edited', analysis: 'cat', selection: pinned, around: editedRun, widths: [400, ...looked] },
  {
    name: 'try-it',
    analysis: 'cat',
    selection: pinned,
    around: editedRun,
    act: ({ page }) => page.keyboard.press('t'),
    widths: looked,
  },
  {
    name: 'by-hand',
    analysis: 'cat',
    selection: pinned,
    around: editedRun,
    act: async ({ page }) => {
      await page.keyboard.press('t');
      await page.getByRole('button', { name: 'Attend by hand…' }).first().click();
    },
    widths: looked,
  },
  { name: 'masked', analysis: 'masked', selection: { token: { side: 'query', index: 5 } }, widths: [750, ...looked] },
  {
    name: 'written',
    analysis: 'written',
    selection: { token: { side: 'query', index: 7 } },
    around: { view: { ...firstView, sampling: { ...firstView.sampling, topK: 3, seed: 1 } } },
    widths: [300, ...looked, 1400],
  },
  {
    name: 'chat',
    analysis: 'chat',
    act: ({ page }) => page.getByText('How this was read').click(),
    widths: [300, ...looked],
  },
  {
    name: 'answered',
    analysis: 'answered',
    selection: { token: { side: 'query', index: 3 } },
    widths: [400, ...looked],
  },
  {
    name: 'compare-kinds',
    analysis: 'bahdanau',
    around: { view: { ...firstView, view: 'compare', compare: [{ model: 'luong' }, { model: 't5' }] } },
    act: ({ page }) => page.locator('ta-compare [role=grid]').nth(4).waitFor(),
    widths: [400, ...looked],
  },
  ...(['model', 'layers'] as const).map((view) => ({
    name: `hybrid-${view}`,
    analysis: 'hybrid' as const,
    selection: { layer: 2, heads: [3], head: 3 },
    around: { view: { ...firstView, view } },
    widths: looked,
  })),
];

for (const { name, analysis, selection, around, options, act, widths = [750] } of scenes) {
  test(`pictures: ${name}`, async () => {
    const panel = await open({ width: widths[0] ?? 750 });
    if (analysis) await panel.show(analysis, selection, around);
    else await panel.page.getByText('Nothing analysed yet').waitFor();
    if (options) {
      const view = { ...firstView, options: { ...plainOptions, ...options } };
      await panel.page.evaluate((wanted) => window.fakeHost.wantView(wanted), view);
    }
    await act?.(panel);
    for (const width of widths) {
      await panel.resize(width);
      const pictures: Buffer[] = [];
      for (const theme of [...themeNames, ...themeNames.slice(0, 1)]) {
        await panel.wear(theme);
        pictures.push(await panel.page.screenshot({ animations: 'disabled' }));
      }
      for (const [at, theme] of themeNames.entries())
        writeFileSync(join(folder, `${name}-${theme}-${width}.png`), pictures[at] ?? assert.fail());
      const [first = assert.fail(), again = assert.fail()] = [pictures[0], pictures.at(-1)];
      // Colours may be rounded otherwise; nothing of the other themes may be left in the first.
      if (!first.equals(again))
        assert.ok(difference(PNG.sync.read(first), PNG.sync.read(again)).count <= 2, `${width} px`);
      const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} in ${width} px`);
    }
    assert.deepEqual(panel.errors, []);
    assert.deepEqual(await panel.violations(), []);
  });
}
