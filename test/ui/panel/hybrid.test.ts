import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView, type ViewState } from '../../../src/core/attention/view.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();
const view = (name: ViewState['view'], more: Partial<ViewState> = {}) => ({
  view: { ...firstView, view: name, ...more },
});
const third = { layer: 2, heads: [3], head: 3 };
/** The six gaps between the layers that attend, and the one behind the last. */
const gaps = ['0–1', '3–5', '7–9', '11–13', '15–17', '19–20', '22–23'].map((range) => `${range} · convolution`);

const texts = (panel: PanelPage, selector: string) =>
  panel.page.locator(selector).evaluateAll((found) => found.map(({ textContent }) => textContent));

test('All heads: layers have their own numbers, and the others are a thin row each', async () => {
  const panel = await open({ width: 1400, height: 900 });
  await panel.show('hybrid', third, view('model'));
  assert.deepEqual(await texts(panel, 'ta-model .axis.layer'), ['2', '6', '10', '14', '18', '21']);
  assert.deepEqual(await texts(panel, 'ta-model .others'), gaps);
  const label = await panel.page.locator('ta-model #head-2-3').getAttribute('aria-label');
  assert.match(label ?? '', /^Head 10\.3, /);
  const tops = await panel.page.locator('ta-model .others, ta-model .cell[data-head="0"]').evaluateAll((found) =>
    found
      .map((element) => ({ text: element.textContent, y: element.getBoundingClientRect().y, is: element.className }))
      .sort((a, b) => a.y - b.y)
      .map(({ is }) => (is === 'others' ? 'others' : 'layer')),
  );
  assert.deepEqual(
    tops,
    gaps.flatMap((_, at) => (at < 6 ? ['others', 'layer'] : ['others'])),
  );
  const rows = await panel.page
    .locator('ta-model [role=row]')
    .evaluateAll((found) => found.map((row) => Number(row.getAttribute('aria-rowindex'))).sort((a, b) => a - b));
  assert.deepEqual(
    rows,
    Array.from({ length: 13 }, (_, at) => at + 1),
  );
  assert.equal(await panel.page.locator('ta-model [role=grid]').getAttribute('aria-rowcount'), '13');
  assert.deepEqual(panel.errors, []);
});

test('All heads: another order has heads by their own numbers and no rows of other layers', async () => {
  const panel = await open({ width: 1400, height: 900 });
  await panel.show('hybrid', third, view('model', { order: 'entropy' }));
  assert.deepEqual(await texts(panel, 'ta-model .others'), []);
  const captions = await texts(panel, 'ta-model .cell');
  const layers = new Set(captions.map((caption) => caption?.split('.')[0]));
  assert.deepEqual(
    [...layers].map(Number).sort((a, b) => a - b),
    [2, 6, 10, 14, 18, 21],
  );
});

test('Layers: a thin row for the others, which the keys pass over', async () => {
  const panel = await open({ width: 1400, height: 900 });
  await panel.show('hybrid', third, view('layers'));
  assert.deepEqual(
    (await texts(panel, 'ta-layers .others text')).join(' '),
    gaps.map((gap) => gap.replace(' · ', ' ')).join(' '),
  );
  assert.match((await panel.page.locator('ta-layers .readout').textContent()) ?? '', /^Head 10\.3, /);
  const names = await panel.page
    .locator('ta-layers .strip')
    .evaluateAll((found) => found.map((strip) => strip.getAttribute('aria-label')));
  assert.deepEqual(names, ['Layer 2', 'Layer 6', 'Layer 10', 'Layer 14', 'Layer 18', 'Layer 21']);
  await panel.page.locator('ta-layers svg[role=grid]').focus();
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.locator('ta-layers .readout', { hasText: 'Head 14.' }).waitFor();
});

test('the toolbar, the chips, the inspector and a screen reader speak of the numbers of the model', async () => {
  const panel = await open({ width: 1400, height: 900 });
  await panel.show('hybrid', third);
  const stepper = panel.page.locator('ta-toolbar .stepper');
  assert.match((await stepper.textContent()) ?? '', /Layer 10\s+0–23/);
  assert.equal(
    await stepper.locator('.range').getAttribute('title'),
    'This model has layers 0 to 23; those with attention are 2, 6, 10, 14, 18 and 21',
  );
  assert.match((await panel.chip(3).getAttribute('aria-label')) ?? '', /^Head 10\.3/);
  assert.match(await panel.inspector(), /Head 10\.3/);
  assert.match((await panel.page.locator('footer').textContent()) ?? '', /6 of 24 layers × 16 heads/);
  await panel.page.keyboard.press(']');
  await panel.page.locator('ta-toolbar b.layer', { hasText: '14' }).waitFor();
  assert.equal((await panel.lastSelection()).layer, 3, 'an index of those that attend');
  const table = await panel.page
    .locator('ta-heads, ta-model, ta-layers')
    .first()
    .evaluate((one) => one.localName);
  assert.equal(table, 'ta-heads');
  await panel.turn('layers');
  const unseen = (await panel.page.locator('ta-layers .unseen').textContent()) ?? '';
  assert.match(
    unseen,
    /Heads of layer 14[^]*14\.0[^]*Layers without attention weights: 0–1, 3–5, .*22–23 \(convolution\)\./,
  );
});

test('layers of several kinds between two that attend share a row, which says each of them when asked', async () => {
  const panel = await open({ width: 1400, height: 900 });
  await panel.show('mixed', { layer: 1 }, view('model'));
  assert.deepEqual(await texts(panel, 'ta-model .others'), [
    '0–4 · state space, feed-forward',
    '6–9 · feed-forward, state space',
    '11–14 · feed-forward, other, linear attention',
  ]);
  assert.equal(
    await panel.page.locator('ta-model .others').last().getAttribute('title'),
    'Without attention weights: 11 feed-forward, 12 other, 13 feed-forward, 14 linear attention',
  );
});

for (const name of ['model', 'layers'] as const)
  test(`${name} of a hybrid: nothing is cut off or lies on another`, async () => {
    const panel = await open({ width: 560, height: 900, reducedMotion: 'reduce' });
    await panel.show('hybrid', third, view(name));
    for (const width of [560, 1000]) {
      await panel.resize(width);
      const cut = await panel.page
        .locator(`ta-${name} .others`)
        .evaluateAll((found) =>
          found
            .filter((one) => one instanceof HTMLElement && one.scrollWidth > one.clientWidth)
            .map(({ textContent }) => textContent),
        );
      assert.deepEqual(cut, [], `${width} px`);
    }
    assert.deepEqual(panel.errors, []);
  });
