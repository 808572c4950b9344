import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cell } from '../../../src/core/block/explanation.ts';
import { firstView, type ViewState } from '../../../src/core/attention/view.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();
const parts: ViewState = { ...firstView, view: 'parts' };
const pinned = { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6, cell: 2 } } as const;

/** The scores whose parts were asked for, in their order. */
async function asked(panel: PanelPage): Promise<Omit<Cell, 'map'>[]> {
  return ((await panel.asked('parts')) as Cell[]).map(({ layer, head, query, key }) => ({ layer, head, query, key }));
}

/** A number of the text twin, or of what is read of a place. */
function numberIn(text: string | null): number {
  const [number = ''] = (text ?? '').replace('−', '-').split(':');
  // A power of ten is less than the last digit of the others.
  return number.includes('·10⁻') ? 0 : Number(number);
}

test('from Arithmetic, the inspector and by key to why this score, and back; the switch stays at Arithmetic', async () => {
  const panel = await open();
  const { page } = panel;
  await panel.show('cat', pinned, { view: { ...firstView, view: 'arithmetic' } });
  await page.locator('ta-arithmetic').getByRole('button', { name: 'Why this score?' }).click();
  await page.locator('ta-parts .sheet').waitFor();
  assert.deepEqual(await asked(panel), [{ layer: 3, head: 7, query: 6, key: 2 }]);
  assert.equal(await page.getByRole('radio', { name: 'Arithmetic' }).getAttribute('aria-checked'), 'true');
  assert.equal(await page.getByRole('radio').count(), 6);
  await page.locator('ta-parts').getByRole('button', { name: 'Arithmetic' }).click();
  await page.locator('ta-arithmetic .sheet').waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.locator('ta-parts .sheet').waitFor();
  await panel.show('cat', pinned, { view: firstView });
  await page.locator('ta-inspector').getByRole('button', { name: 'Why this score?' }).click();
  await page.locator('ta-parts .sheet').waitFor();
  await panel.show('cat', pinned, { view: firstView });
  await panel.row('key', 8).hover();
  await page.keyboard.press('w');
  await page.locator('ta-parts .sheet').waitFor();
  assert.equal((await asked(panel)).at(-1)?.key, 8);
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

test('the table twin sums, the grid is walked by key and pointed at, and both say both parts', async () => {
  const panel = await open({ width: 1000 });
  const { page } = panel;
  await panel.show('cat', pinned, { view: parts });
  await page.locator('ta-parts .sheet').waitFor();
  const rows = await page
    .locator('ta-parts table tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));
  const numbers = rows.map((row) => row.map(numberIn));
  const total = numbers.at(-1)?.at(-1) ?? NaN;
  const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 0.2, `${a}, not ${b}`);
  for (const row of numbers)
    near(
      row.slice(0, -1).reduce((sum, one) => sum + one, 0),
      row.at(-1) ?? NaN,
    );
  near(
    numbers.slice(0, -1).reduce((sum, row) => sum + (row.at(-1) ?? NaN), 0),
    total,
  );
  const grid = page.locator('ta-parts .grid');
  const place = page.locator('ta-parts #place');
  const readout = page.locator('ta-parts .readout');
  await grid.focus();
  assert.match((await place.textContent()) ?? '', /wrote to ‘ate’ meeting .*‘cat’/);
  for (const [key, row, column] of [
    ['ArrowRight', 0, 1],
    ['ArrowDown', 1, 1],
    ['End', 1, -1],
  ] as const) {
    await page.keyboard.press(key);
    await panel.settled();
    assert.equal(numberIn(await place.textContent()), numbers[row]?.at(column));
    assert.equal(await readout.textContent(), await place.textContent());
  }
  for (let at = 0; at < 20; at++) await page.keyboard.press('ArrowDown');
  await panel.settled();
  assert.match((await place.textContent()) ?? '', /: all terms: the score less the row’s mean$/);
  assert.equal(numberIn(await place.textContent()), total);
  await grid.hover({ position: { x: 5, y: 5 } });
  assert.equal(numberIn(await readout.textContent()), numbers[0]?.[0]);
  assert.match((await readout.textContent()) ?? '', /‘ate’ meeting .*‘cat’$/);
  await page.mouse.move(2, 2);
  await panel.settled();
  assert.equal(await readout.textContent(), '');
});

test('the last of quick moves is shown alone, and what was shown before is known at once', async () => {
  const panel = await open();
  const { page } = panel;
  await panel.show('cat', pinned, { view: parts });
  const of = page.locator('ta-parts caption');
  await of.waitFor();
  await page.evaluate(() => window.fakeHost.holdExplain());
  for (const key of [3, 8])
    await page.evaluate(
      (cell) =>
        window.fakeHost.select('cat', {
          map: 0,
          ...{ layer: 3, heads: [7], head: 7 },
          token: { side: 'query', index: 6, cell },
        }),
      key,
    );
  await page.locator('ta-parts .waiting', { hasText: '25 %' }).waitFor();
  assert.match((await of.textContent()) ?? '', /‘cat’/);
  await page.evaluate(() => window.fakeHost.letExplain?.());
  await page.locator('ta-parts caption', { hasText: '‘fish’' }).waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await panel.show('cat', pinned, { view: parts });
  await page.locator('ta-parts caption', { hasText: '‘cat’' }).waitFor();
  assert.deepEqual(
    (await asked(panel)).map(({ key }) => key),
    [2, 3, 8],
  );
});

test('a model without a residual stream says so; a failure can be tried again; without a token a link is offered', async () => {
  const panel = await open();
  const { page } = panel;
  await panel.show('recurrent', { token: { side: 'query', index: 3 } }, { view: parts });
  const alert = page.locator('ta-parts [role=alert]');
  await alert.waitFor();
  assert.match((await alert.textContent()) ?? '', /a recurrent network has no residual stream/);
  await page.evaluate(() => {
    window.fakeHost.explainFails = { code: 'block-unreadable', model: 'm', detail: 'no query projection' };
  });
  await panel.show('cat', pinned, { view: parts });
  await alert.filter({ hasText: 'no query projection' }).waitFor();
  await page.evaluate(() => {
    window.fakeHost.explainFails = null;
  });
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.locator('ta-parts .sheet').waitFor();
  await panel.show('cat', { ...pinned, token: null }, { view: parts });
  await page
    .locator('ta-parts')
    .getByRole('button', { name: /^Strongest link/ })
    .click();
  await page.locator('ta-parts .sheet').waitFor();
});

test('its files are offered where it is shown alone, and nothing is wider than the view', async () => {
  const panel = await open({ width: 1000 });
  const { page } = panel;
  await panel.show('cat', pinned, { view: parts });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /CSV of the parts/ }).click();
  assert.deepEqual((await panel.told('export')).at(-1), 'csv-parts');
  await panel.show('cat', pinned, { view: firstView });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /^SVG/ }).waitFor();
  assert.equal(await page.getByRole('menuitem', { name: /of the parts/ }).count(), 0);
  for (const width of [300, 400, 560]) {
    const narrow = await open({ width, height: 700 });
    await narrow.show('cat', pinned, { view: parts });
    const { inner, outer } = await narrow.page.locator('ta-parts .scroller').evaluate((scroller) => ({
      inner: scroller.scrollWidth,
      outer: scroller.clientWidth,
    }));
    assert.ok(inner <= outer, `${width}: ${inner} in ${outer}`);
  }
});

test('a predicted token leads to why its logit is what it is, and back; refusals are said', async () => {
  const panel = await open({ width: 1000 });
  const { page } = panel;
  await panel.show('written', { token: { side: 'query', index: 3 } });
  const candidate = page.locator('ta-inspector .candidates button.name').first();
  await candidate.focus();
  await page.keyboard.press('Enter');
  const block = page.locator('ta-inspector .logit');
  await block.locator('.parts').waitFor();
  assert.deepEqual(
    ((await panel.asked('logit')) as { position: number }[]).map(({ position }) => position),
    [3],
  );
  const values = (await block.locator('.parts .weight').allTextContents()).map(numberIn);
  const [sum = '', logit = ''] = await block.locator('dd').allTextContents();
  assert.ok(Math.abs(values.reduce((all, value) => all + value, 0) - numberIn(sum)) < 0.06, `${values.join()}: ${sum}`);
  assert.equal(sum, logit);
  assert.match((await block.locator('.parts li').first().getAttribute('title')) ?? '', /wrote to |embedding of |bias/);
  assert.equal(await candidate.getAttribute('aria-expanded'), 'true');
  await candidate.click();
  await block.waitFor({ state: 'detached' });
  await page.evaluate(() => {
    window.fakeHost.explainFails = { code: 'block-unreadable', model: 'm', detail: 'the logits are not linear' };
  });
  await page.locator('ta-inspector .candidates button.name').nth(1).click();
  await block.locator('[role=alert]', { hasText: 'the logits are not linear' }).waitFor();
  assert.deepEqual(panel.errors, []);
});
