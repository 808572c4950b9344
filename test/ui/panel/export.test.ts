import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import { everything } from '../../../src/core/scene/focus.ts';
import { isPng } from '../../../src/core/picture/png.ts';
import { modelSvgOf } from '../../../src/core/views/model/paper.ts';
import { headsSvgOf } from '../../../src/core/views/heads/paper.ts';
import { analyses } from './page/analyses.ts';
import { panelPages } from './browser.ts';

const open = panelPages();
const pictures = join(import.meta.dirname, '..', '..', '..', 'test-results', 'panel');
mkdirSync(pictures, { recursive: true });

test('the menu is used by mouse and by keyboard alone, and asks the host for a file', async () => {
  const panel = await open();
  await panel.show('cat');
  const button = panel.page.getByRole('button', { name: 'Export' });
  await button.click();
  await panel.page.getByRole('menuitem', { name: /^HTML/ }).click();
  assert.deepEqual(await panel.told('export'), ['html']);
  await panel.page.getByRole('menu').waitFor({ state: 'hidden' });
  await button.click();
  await panel.page.getByRole('menu').waitFor();
  await button.click();
  await panel.page.getByRole('menu').waitFor({ state: 'hidden' });
  await button.focus();
  const choose = async (...keys: string[]): Promise<void> => {
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('[role=menuitem]:focus').waitFor();
    for (const key of [...keys, 'Enter']) await panel.page.keyboard.press(key);
  };
  await choose('ArrowDown', 'ArrowDown');
  assert.deepEqual(await panel.told('export'), ['html', 'csv']);
  await choose('End', 'ArrowDown');
  assert.deepEqual(
    await panel.told('export'),
    ['html', 'csv', 'svg'],
    'the keyboard came back to the button, the menu goes round',
  );
  await panel.page.keyboard.press('Enter');
  await panel.page.getByRole('menu').waitFor();
  await panel.page.keyboard.press('Escape');
  await panel.page.getByRole('menu').waitFor({ state: 'hidden' });
  assert.equal(
    await panel.page.evaluate(
      () =>
        document.activeElement?.shadowRoot?.activeElement?.shadowRoot?.activeElement?.shadowRoot?.activeElement
          ?.textContent,
    ),
    'Export',
  );
  assert.deepEqual(await panel.told('select'), [], 'the panel heard none of these keys');
  assert.deepEqual([panel.errors, await panel.violations()], [[], []]);
});

test('the panel paints a picture at twice its size', async () => {
  const panel = await open();
  await panel.show('cat');
  const svg = headsSvgOf(analyses.cat(), { ...everything, layer: 3 });
  const bytes = Uint8Array.from(await panel.page.evaluate((source) => window.fakeHost.paint(source), svg));
  assert.ok(isPng(bytes));
  const size = new DataView(bytes.buffer);
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  assert.deepEqual([size.getUint32(16), size.getUint32(20)], [2 * Number(width), 2 * Number(height)]);
  await assert.rejects(panel.page.evaluate(() => window.fakeHost.paint('<svg')));
  assert.deepEqual(await panel.violations(), []);
});

test('pictures within the picture are painted too: the thumbnails of all heads', async () => {
  const panel = await open();
  await panel.show('cat');
  const svg = modelSvgOf(analyses.cat(), everything);
  const { data, width } = PNG.sync.read(
    Buffer.from(await panel.page.evaluate((source) => window.fakeHost.paint(source), svg)),
  );
  const boxes = [...svg.matchAll(/<image x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g)].map(
    (found) => found.slice(1).map(Number) as [number, number, number, number],
  );
  assert.equal(boxes.length, 6 * 8);
  for (const [x, y, across, down] of boxes) {
    const colors = new Set<number>();
    for (let row = 0; row < 2 * down; row++)
      for (let column = 0; column < 2 * across; column++)
        colors.add(data.readUInt32BE(4 * ((2 * y + row) * width + 2 * x + column)));
    assert.ok(colors.size > 3, `${colors.size} colours at ${x}, ${y}`);
  }
  assert.deepEqual(await panel.violations(), []);
});

test('the picture is copied; where that is not allowed, the host hears why', async () => {
  const panel = await open();
  await panel.show('cat');
  const { page } = panel;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copy = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /^Copy as image/ }).click();
  };
  await copy();
  await page.locator('#announcement', { hasText: 'The picture is on the clipboard.' }).waitFor({ state: 'attached' });
  assert.deepEqual(await panel.told('copied'), [null]);
  assert.deepEqual(await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types)), [
    'image/png',
  ]);
  await page.evaluate(() => {
    navigator.clipboard.write = () => Promise.reject(new Error('Not allowed here.'));
  });
  await copy();
  await page.locator('#announcement', { hasText: 'could not be copied' }).waitFor({ state: 'attached' });
  assert.deepEqual(await panel.told('copied'), [null, 'Not allowed here']);
});

for (const width of [300, 1000]) {
  test(`the menu at ${width} px lies in the panel`, async () => {
    const panel = await open({ width, theme: width === 300 ? 'contrast' : 'light' });
    await panel.show('cat');
    await panel.page.getByRole('button', { name: 'Export' }).click();
    const box = (await panel.page.getByRole('menu').boundingBox()) ?? assert.fail();
    assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
    await panel.page.screenshot({ path: join(pictures, `export-menu-${width}.png`) });
  });
}
