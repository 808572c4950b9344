import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyses } from './page/analyses.ts';
import { panelPages, type PanelPage } from './browser.ts';
import { isHatched } from './hatching.ts';

const open = panelPages();
const pictures = join(import.meta.dirname, '..', '..', '..', 'test-results', 'panel');
mkdirSync(pictures, { recursive: true });
const analysis = analyses.recurrent();
const map = analysis.maps[0] ?? assert.fail();
const [, , , keys] = map.shape;

test('one layer and one head: nothing to choose is offered, numbers are those of the head', async () => {
  const panel = await open();
  await panel.show('recurrent', { token: { side: 'query', index: 1 } });
  assert.equal(await panel.page.locator('ta-toolbar .stepper').count(), 0);
  assert.equal(await panel.page.locator('ta-toolbar .chip').count(), 0);
  assert.match(await panel.page.locator('ta-toolbar .only').innerText(), /one layer, one head/);
  assert.equal(await panel.row('key', 2).locator('.number').textContent(), (map.weights[keys + 2] ?? 0).toFixed(2));
  assert.doesNotMatch(await panel.inspector(), /mean/i);
  assert.deepEqual(panel.errors, []);
});

test('rows that are not renormalised are said to be so, with centre, width and sum of the row in focus', async () => {
  const panel = await open();
  await panel.show('recurrent', { token: { side: 'query', index: 3 } });
  const sum = map.weights
    .slice(3 * keys, 4 * keys)
    .reduce((total, weight) => total + weight, 0)
    .toFixed(2);
  assert.match(
    await panel.inspector(),
    new RegExp(
      `local-p: a Gaussian around position 3\\.2, near ‘sees’, with standard deviation 1, .*The row sums to ${sum}:`,
    ),
  );
  assert.match(await panel.page.locator('footer').innerText(), /rows need not sum to 1/);
  await panel.show('recurrent', { token: { side: 'key', index: 3 } });
  assert.doesNotMatch(await panel.inspector(), /Gaussian/);
  await panel.show('cat');
  assert.doesNotMatch(await panel.page.locator('footer').innerText(), /need not sum/);
});

test('the window of the query in focus stands beside the keys that it reaches, and nowhere else', async () => {
  const panel = await open();
  await panel.show('recurrent', { token: { side: 'query', index: 3 } });
  // From 1.2 to 5.2: between the keys 1 and 2 there is a part of it, above and below there is not.
  assert.deepEqual(await Promise.all([0, 1, 3, 5].map((key) => isDrawnBelow(panel, key))), [false, true, true, false]);
  await panel.show('recurrent', { token: { side: 'query', index: 1 } });
  assert.deepEqual(await Promise.all([0, 1, 3, 5].map((key) => isDrawnBelow(panel, key))), [true, true, true, false]);
});

test('the matrix hatches what lies outside the windows, and says so', async () => {
  const panel = await open();
  await panel.show('recurrent', { token: { side: 'query', index: 3 } });
  await panel.turn('matrix');
  await panel.page.locator('ta-matrix .legend', { hasText: 'Hatched: outside the window' }).waitFor();
  // Row 3 sees from 1.2 to 5.2: positions 2 to 5.
  const hatched = await Promise.all([0, 1, 2, 5, 6].map((key) => isHatched(panel, 3, key)));
  assert.deepEqual(hatched, [true, true, false, false, true]);
  await panel.page.screenshot({ path: join(pictures, 'matrix-local.png'), animations: 'disabled' });
});

/**
 * Whether the canvas of the focus has ink just before the keys, half way between a key and the next one: no line comes
 * there.
 */
async function isDrawnBelow(panel: PanelPage, key: number): Promise<boolean> {
  const [above, below] = [await panel.row('key', key).boundingBox(), await panel.row('key', key + 1).boundingBox()];
  assert.ok(above && below);
  return panel.page.locator('ta-heads canvas.focus').evaluate(
    (element, [x, y]) => {
      const canvas = element as HTMLCanvasElement;
      const { left, top } = canvas.getBoundingClientRect();
      const scale = devicePixelRatio;
      const data =
        canvas.getContext('2d')?.getImageData((x - left - 6) * scale, (y - top) * scale, 6 * scale, scale).data ?? [];
      return Array.from(data).some((value, at) => at % 4 === 3 && value > 0);
    },
    [below.x, below.y] as const,
  );
}
