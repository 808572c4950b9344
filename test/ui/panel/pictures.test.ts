import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Selection } from '../../../src/core/attention/selection.ts';
import { firstView, plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { panelPages, type Around } from './browser.ts';
import type { AnalysisName } from './page/analyses.ts';
import type { ThemeName } from './page/themes.ts';

const open = panelPages();
const folder = join(import.meta.dirname, '..', '..', '..', 'test-results', 'panel');
mkdirSync(folder, { recursive: true });

interface Scene {
  readonly name: string;
  readonly analysis?: AnalysisName;
  readonly selection?: Partial<Selection>;
  readonly around?: Around;
  readonly options?: Partial<ViewOptions>;
  readonly help?: true;
  readonly filters?: true;
}

const ate = { side: 'query', index: 6 } as const;

/** Pictures of the panel for the eye: every state in every theme, the main ones at every width. */
const scenes: readonly Scene[] = [
  { name: 'empty' },
  { name: 'rest', analysis: 'cat', around: { first: true } },
  { name: 'focus', analysis: 'cat', selection: { layer: 3, heads: [2, 7], head: 7, token: ate } },
  { name: 'mean', analysis: 'cat', selection: { layer: 3, token: ate } },
  { name: 'looked-at', analysis: 'pieces', selection: { heads: [3], head: 3, token: { side: 'key', index: 4 } } },
  { name: 'causal', analysis: 'causal', selection: { token: { side: 'query', index: 7 } } },
  { name: 'cross', analysis: 'cross', selection: { map: 2, layer: 1, token: { side: 'query', index: 3 } } },
  { name: 'recurrent', analysis: 'recurrent', selection: { token: { side: 'query', index: 3 } } },
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
  { name: 'many-heads', analysis: 'many', selection: { token: { side: 'query', index: 3 } } },
  { name: 'long', analysis: 't512', selection: { token: { side: 'query', index: 40 } } },
  {
    name: 'model',
    analysis: 'pieces',
    selection: { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 3 } },
    around: { view: { ...firstView, view: 'model' } },
  },
  { name: 'model-long', analysis: 't512', around: { view: { ...firstView, view: 'model', order: 'entropy' } } },
  {
    name: 'layers',
    analysis: 'cat',
    selection: { layer: 3, heads: [7], head: 7, token: ate },
    around: { view: { ...firstView, view: 'layers' } },
  },
  {
    name: 'measured',
    analysis: 'cat',
    selection: { layer: 3, heads: [4], head: 4, token: ate },
    around: { measurements: 1 },
  },
  {
    name: 'measured-nothing',
    analysis: 'cat',
    selection: { layer: 3, heads: [6], head: 6, token: ate },
    around: { measurements: 1 },
  },
  {
    name: 'measured-model',
    analysis: 'cat',
    selection: { layer: 3, heads: [4], head: 4 },
    around: { measurements: 1, view: { ...firstView, view: 'model', order: 'role' } },
  },
  {
    name: 'filtered-model',
    analysis: 'cat',
    selection: { layer: 3, heads: [4], head: 4 },
    around: { measurements: 1, view: { ...firstView, view: 'model', role: 'verb-to-subject' } },
  },
  {
    name: 'head-map',
    analysis: 'cat',
    selection: { layer: 3, heads: [4], head: 4 },
    around: { measurements: 1, view: { ...firstView, view: 'layers', chart: 'similarity' } },
  },
  { name: 'help', analysis: 'cat', help: true },
  { name: 'filter-menu', analysis: 'pair', options: { hideSpecial: true, topK: 3 }, filters: true },
  {
    name: 'words',
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
    analysis: 'cross',
    selection: { map: 2, layer: 1, token: { side: 'query', index: 3 } },
    options: { step: 3 },
  },
];

const themes: readonly ThemeName[] = ['dark', 'light', 'contrast', 'contrast-light'];
const widths: Readonly<Record<string, readonly number[]>> = {
  focus: [300, 420, 700, 1400],
  'looked-at': [300, 420, 700],
  'many-heads': [300, 1000],
  'filter-menu': [300, 1400],
  words: [300, 1400],
  pair: [750],
  step: [300, 750],
  recurrent: [300, 1400],
  model: [300, 1400],
  layers: [300, 1400],
  measured: [560, 1000],
  'measured-nothing': [560, 1000],
  'measured-model': [560, 1000],
  'head-map': [400, 560, 1000],
  'filtered-model': [400, 1000],
};

for (const theme of themes) {
  test(`pictures in ${theme}`, async () => {
    for (const scene of scenes) {
      for (const width of widths[scene.name] ?? [750]) {
        const panel = await open({ theme, width });
        if (scene.analysis) await panel.show(scene.analysis, scene.selection, scene.around);
        else await panel.page.getByText('Nothing analysed yet').waitFor();
        if (scene.options) {
          await panel.page.evaluate((view) => window.fakeHost.wantView(view), {
            ...firstView,
            options: { ...plainOptions, ...scene.options },
          });
          await panel.settled();
        }
        if (scene.help) await panel.page.keyboard.press('?');
        if (scene.filters) await panel.page.getByRole('button', { name: 'Filter' }).click();
        const path = join(folder, `${scene.name}-${theme}-${width}.png`);
        await panel.page.screenshot({ path, animations: 'disabled' });
        assert.ok(statSync(path).size > 1000);
        assert.deepEqual(panel.errors, [], `${scene.name} ${theme} ${width}`);
      }
    }
  });
}
