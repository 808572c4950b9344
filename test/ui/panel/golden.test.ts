import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { firstView } from '../../../src/core/attention/view.ts';
import { views, viewTable, type ViewName } from '../../../src/core/views/table.ts';
import { exportOf } from '../../../src/core/export/export-of.ts';
import { panelPages, type PanelPage } from './browser.ts';
import { analyses } from './page/analyses.ts';
import { explanationOf } from './page/explanations.ts';
import { scorePartsOf } from './page/score-parts.ts';
import { themeNames } from './page/themes.ts';
import { difference, maxPixels } from './pixels.ts';

/**
 * Every view in every theme, narrow and wide, and in a file, as it was when somebody last looked at it:
 * golden/VIEW-THEME-WIDTH.png and golden/VIEW-file.png. `npm run golden` renews them. Letters are those of
 * test/fixtures/fonts.
 */
const open = panelPages();
const folder = join(import.meta.dirname, 'golden');
const results = join(import.meta.dirname, '..', '..', '..', 'test-results', 'golden');
const isRenewing = process.env['GOLDEN'] === 'renew';
const widths = [300, 1400] as const;

/** What the view that compares shows beside it: the text in other tokens. */
const beside = [{ model: 'catBytes' }] as const;
const selection = { map: 0, layer: 3, heads: [2, 7], head: 7, token: null } as const;

/** The panel at a sentence with a token in focus, whose lines, cells and numbers are seen. */
async function shown(view: ViewName, width: number): Promise<PanelPage> {
  const panel = await open({ width, height: 640, reducedMotion: 'reduce' });
  await panel.show(
    'cat',
    { layer: 3, heads: [2, 7], head: 7, token: { side: 'query', index: 6 } },
    { view: { ...firstView, view, compare: view === 'compare' ? [...beside] : [] } },
  );
  return panel;
}

async function picture(page: Page): Promise<PNG> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return PNG.sync.read(await page.screenshot({ animations: 'disabled' }));
}

/** A view of the same sentence and heads as a file, in a page of its size. */
async function filed(view: ViewName): Promise<PNG> {
  const { page } = await open({ theme: 'light', width: 900, height: 760 });
  const focus = { map: 0, layer: 3, heads: [2, 7] };
  const analysis = analyses.cat();
  const cell = { map: 0, layer: 3, head: 7, query: 6, key: 7 };
  const weight = { cell, told: explanationOf(analysis, cell), parts: scorePartsOf(analysis, cell) };
  const parts = exportOf(viewTable[view].picture, analysis, focus, () => assert.fail(), firstView, {
    weight,
    compared: { analysis, sides: [analyses.catBytes()], selection, view: { ...firstView, view, compare: [...beside] } },
  });
  const svg = Array.from(parts, String).join('');
  await page.goto('about:blank');
  await page.setContent(`<body style="margin: 0">${svg}</body>`);
  return picture(page);
}

function compare(name: string, now: PNG): void {
  if (isRenewing) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), PNG.sync.write(now, { deflateLevel: 9, colorType: 2 }));
    return;
  }
  assert.ok(existsSync(join(folder, name)), `${name} is missing; npm run golden makes it`);
  const { count, where } = difference(PNG.sync.read(readFileSync(join(folder, name))), now);
  if (count <= maxPixels) return;
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, name), PNG.sync.write(now));
  writeFileSync(join(results, name.replace('.png', '-difference.png')), PNG.sync.write(where));
  assert.fail(
    `${name}: ${count} pixels differ; test-results/golden shows where. If it is meant so, npm run golden renews it.`,
  );
}

for (const view of views) {
  for (const width of widths)
    test(`${view}, ${width} px: as it was, in every theme`, async () => {
      const panel = await shown(view, width);
      for (const theme of themeNames) {
        await panel.wear(theme);
        compare(`${view}-${theme}-${width}.png`, await picture(panel.page));
      }
    });
}

for (const view of views)
  test(`${view} in a file: as it was`, async () => compare(`${view}-file.png`, await filed(view)));

test('the same twice is the same; a thin line more is seen', async () => {
  const panel = await shown('heads', 1400);
  const before = await picture(panel.page);
  const again = await picture((await shown('heads', 1400)).page);
  assert.ok(difference(before, again).count <= maxPixels / 4);
  const now = await shown('heads', 1400);
  await now.page.locator('ta-heads canvas.rest').evaluate((canvas) => {
    const context = (canvas as HTMLCanvasElement).getContext('2d');
    if (!context) return;
    Object.assign(context, { strokeStyle: 'rgb(120 180 240 / 0.4)', lineWidth: 1 });
    context.beginPath();
    context.moveTo(150, 40);
    context.lineTo(550, 300);
    context.stroke();
  });
  const { count } = difference(before, await picture(now.page));
  assert.ok(count > maxPixels, `${count} pixels`);
});
