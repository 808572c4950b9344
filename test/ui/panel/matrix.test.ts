import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { headOf } from '../../../src/core/attention/map.ts';
import { headColor } from '../../../src/core/color/head-color.ts';
import { rampStep, weightRamp } from '../../../src/core/color/weight-ramp.ts';
import { analyses } from './page/analyses.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();
const pictures = join(import.meta.dirname, '..', '..', '..', 'test-results', 'panel');
mkdirSync(pictures, { recursive: true });
const cat = analyses.cat().maps[0] ?? assert.fail();
const weight = (query: number, key: number): number => headOf(cat, 3, 7)[query * 11 + key] ?? 0;

/** The middle of a cell in the page; the geometry is read off the picture: cells are as large as fits. */
async function middleOf(panel: PanelPage, query: number, key: number): Promise<{ x: number; y: number }> {
  return panel.page.locator('ta-matrix').evaluate(
    (view, [row, column]) => {
      const stage = view.shadowRoot?.querySelector('.stage')?.getBoundingClientRect();
      const { gridX, gridY, cell } = (view as unknown as { layoutNow: { gridX: number; gridY: number; cell: number } })
        .layoutNow;
      return {
        x: (stage?.left ?? 0) + gridX + (column + 0.5) * cell,
        y: (stage?.top ?? 0) + gridY + (row + 0.5) * cell,
      };
    },
    [query, key] as const,
  );
}

function pixelAt(panel: PanelPage, point: { x: number; y: number }): Promise<number[]> {
  return panel.page.locator('ta-matrix canvas.cells').evaluate((element, { x, y }) => {
    const canvas = element as HTMLCanvasElement;
    const { left, top } = canvas.getBoundingClientRect();
    return [...(canvas.getContext('2d')?.getImageData(x - left, y - top, 1, 1).data ?? [])];
  }, point);
}

/** Counts from now on how often cells are painted. */
async function countPaints(panel: PanelPage): Promise<() => Promise<number>> {
  await panel.page.evaluate(() => {
    const counted = window as unknown as { paints: number };
    counted.paints = 0;
    const { putImageData } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.putImageData = function put(
      this: CanvasRenderingContext2D,
      ...values: unknown[]
    ): void {
      counted.paints++;
      Reflect.apply(putImageData, this, values);
    };
  });
  return () => panel.page.evaluate(() => (window as unknown as { paints: number }).paints);
}

test('a cell has the colour of its head by the square root of its weight', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  await panel.turn('matrix');
  const ramp = weightRamp(headColor(7, 'dark'), { red: 31, green: 31, blue: 31 });
  for (const [query, key] of [
    [0, 1],
    [5, 6],
    [9, 0],
  ] as const) {
    const [red = 0, green = 0, blue = 0, alpha] = await pixelAt(panel, await middleOf(panel, query, key));
    const expected = ramp[rampStep(weight(query, key))];
    assert.ok(expected);
    assert.deepEqual([red, green, blue, alpha], [expected.red, expected.green, expected.blue, 255]);
  }
  assert.deepEqual(panel.errors, []);
});

test('a hover reads the exact weight and draws no cell again; a click keeps the row', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  await panel.turn('matrix');
  const paints = await countPaints(panel);
  const at = await middleOf(panel, 6, 2);
  await panel.page.mouse.move(at.x, at.y);
  const exact = weight(6, 2).toFixed(4);
  await panel.page.locator('ta-matrix .legend .cell', { hasText: `‘ate’ → ‘cat’ ${exact}` }).waitFor();
  await panel.page.locator('ta-inspector .exact', { hasText: exact }).waitFor();
  assert.equal(await paints(), 0);
  await panel.page.mouse.click(at.x, at.y);
  assert.deepEqual((await panel.lastSelection()).token, { side: 'query', index: 6 });
  await panel.page.locator('footer').hover();
  await panel.page.locator('ta-inspector h2', { hasText: 'ate' }).waitFor();
  assert.equal(await paints(), 0);
});

test('by keyboard: from cell to cell, each one said; Enter keeps the row, Escape lets go', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  await panel.turn('matrix');
  await panel.page.locator('ta-matrix .stage').focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await panel.page.keyboard.press(key);
  const said = (query: number, key: number, names: [string, string]): string =>
    `layer 3, head 7: ‘${names[0]}’ looks ${Math.round(100 * weight(query, key))} % at ‘${names[1]}’`;
  await panel.page.locator('#announcement', { hasText: said(2, 1, ['cat', 'The']) }).waitFor({ state: 'attached' });
  assert.equal(await panel.page.locator('ta-matrix [role=gridcell]').textContent(), said(2, 1, ['cat', 'The']));
  assert.equal(await panel.page.locator('ta-matrix [role=row]').getAttribute('aria-rowindex'), '3');
  await panel.page.keyboard.press('End');
  await panel.page.locator('#announcement', { hasText: said(2, 10, ['cat', '[SEP]']) }).waitFor({ state: 'attached' });
  await panel.page.keyboard.press('Control+End');
  await panel.page.keyboard.press('PageUp');
  await panel.page.locator('#announcement', { hasText: '‘[CLS]’ looks' }).waitFor({ state: 'attached' });
  await panel.page.keyboard.press('Control+Home');
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.keyboard.press('Enter');
  assert.deepEqual((await panel.lastSelection()).token, { side: 'query', index: 1 });
  await panel.page.keyboard.press(']');
  await panel.page.locator('ta-toolbar .layer', { hasText: '4' }).waitFor();
  await panel.page.keyboard.press('Escape');
  assert.equal((await panel.lastSelection()).token, null);
  assert.deepEqual(panel.errors, []);
});

test('a causal map is hatched where nothing is seen, and says so', async () => {
  const panel = await open();
  await panel.show('causal', { layer: 0, heads: [0], head: 0 });
  await panel.turn('matrix');
  await panel.page.locator('ta-matrix .legend', { hasText: 'Hatched: masked (later tokens)' }).waitFor();
  await panel.page.screenshot({ path: join(pictures, 'matrix-causal.png'), animations: 'disabled' });
});

test('queries and keys of two sequences; the mean of several heads', async () => {
  const panel = await open();
  await panel.show('cross', { map: 2, layer: 0 });
  await panel.turn('matrix');
  const grid = panel.page.locator('ta-matrix [role=grid]');
  const shape = analyses.cross().maps[2]?.shape ?? assert.fail();
  assert.deepEqual(
    [await grid.getAttribute('aria-rowcount'), await grid.getAttribute('aria-colcount')],
    [String(shape[2]), String(shape[3])],
  );
  const at = await middleOf(panel, shape[2] - 1, shape[3] - 1);
  await panel.page.mouse.move(at.x, at.y);
  const [, heads, queries, keys] = shape;
  const map = analyses.cross().maps[2] ?? assert.fail();
  let mean = 0;
  for (let head = 0; head < heads; head++) mean += (headOf(map, 0, head)[queries * keys - 1] ?? 0) / heads;
  await panel.page.locator('ta-matrix .legend .cell', { hasText: mean.toFixed(4) }).waitFor();
});

test('512 tokens: wheel and drag pan, Ctrl and wheel zoom at the pointer, 0 shows all again', async () => {
  const panel = await open({ height: 900 });
  await panel.show('t512', { heads: [0], head: 0 });
  await panel.turn('matrix');
  const stage = (await panel.page.locator('ta-matrix .stage').boundingBox()) ?? assert.fail();
  const layout = (): Promise<{ cell: number; gridX: number; gridY: number; fit: number }> =>
    panel.page
      .locator('ta-matrix')
      .evaluate(
        (view) =>
          (view as unknown as { layoutNow: { cell: number; gridX: number; gridY: number; fit: number } }).layoutNow,
      );
  const resting = await layout();
  assert.ok(resting.cell < 2, 'all of it is in view');
  // Wheel events know whole pixels alone.
  const at = { x: Math.round(stage.x + stage.width / 2), y: Math.round(stage.y + stage.height / 2) };
  await panel.page.mouse.move(at.x, at.y);
  const under = await panel.page.locator('ta-matrix .legend .cell').textContent();
  await panel.page.keyboard.down('Control');
  await panel.page.mouse.wheel(0, -600);
  await panel.page.keyboard.up('Control');
  await panel.page.waitForFunction(
    (cell) =>
      (
        document.querySelector('ta-panel')?.shadowRoot?.querySelector('ta-matrix') as unknown as {
          layoutNow: { cell: number };
        }
      ).layoutNow.cell >
      2 * cell,
    resting.cell,
  );
  await panel.page.mouse.move(at.x + 1, at.y);
  assert.equal(
    (await panel.page.locator('ta-matrix .legend .cell').textContent())?.split('→')[0],
    under?.split('→')[0],
    'the row under the pointer stays there',
  );
  const zoomed = await layout();
  await panel.page.mouse.wheel(40, 70);
  await panel.page.waitForFunction(
    ([x, y]) => {
      const now = (
        document.querySelector('ta-panel')?.shadowRoot?.querySelector('ta-matrix') as unknown as {
          layoutNow: { gridX: number; gridY: number };
        }
      ).layoutNow;
      return Math.abs(now.gridX - (x - 40)) < 0.01 && Math.abs(now.gridY - (y - 70)) < 0.01;
    },
    [zoomed.gridX, zoomed.gridY] as const,
  );
  await panel.page.mouse.down();
  await panel.page.mouse.move(at.x + 21, at.y + 20, { steps: 4 });
  await panel.page.mouse.up();
  assert.deepEqual(await panel.told('select'), [], 'a drag is no click');
  assert.ok((await layout()).gridX > zoomed.gridX - 40);
  await panel.page.locator('ta-matrix .stage').focus();
  await panel.page.keyboard.press('0');
  assert.equal((await layout()).cell, resting.cell);
  await panel.page.screenshot({ path: join(pictures, 'matrix-512.png'), animations: 'disabled' });
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});
