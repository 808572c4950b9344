import assert from 'node:assert/strict';
import { test } from 'node:test';
import { termIds } from '../../../src/core/glossary/terms.ts';
import { glossary } from '../../../src/core/words/english/glossary.ts';
import { firstView } from '../../../src/core/attention/view.ts';
import { panelPages } from './browser.ts';

const open = panelPages();

test('terms have their definition under the mouse and the keyboard, and lead to the glossary', async () => {
  const panel = await open({ width: 1000 });
  await panel.show('cat', { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6 } });
  const terms = await panel.page
    .locator('ta-term')
    .evaluateAll((elements) => elements.map((element) => (element as unknown as { term: string }).term));
  assert.ok(terms.includes('entropy'));
  for (const id of terms) assert.ok((termIds as readonly string[]).includes(id), id);
  const entropy = panel.page.locator('ta-term').filter({ hasText: 'entropy' });
  const definition = entropy.locator('.definition');
  assert.ok(await definition.isHidden());
  await entropy.hover();
  await definition.waitFor();
  assert.ok((await definition.innerText()).startsWith(`Entropy. ${glossary.terms.entropy.short}`));
  const box = await definition.boundingBox();
  assert.ok(box && box.x >= 0 && box.x + box.width <= 1000);
  await definition.getByRole('button').hover();
  assert.ok(await definition.isVisible(), 'the mouse can go to it');
  await panel.page.mouse.move(5, 5);
  await definition.waitFor({ state: 'hidden' });
  const button = entropy.locator('.term');
  await button.focus();
  await definition.waitFor();
  assert.equal(await button.getAttribute('aria-describedby'), await definition.getAttribute('id'));
  await panel.page.keyboard.press('Escape');
  await definition.waitFor({ state: 'hidden' });
  assert.equal(await panel.page.locator('ta-inspector h2').first().innerText(), 'ate', 'the token stays in focus');
  await panel.page.keyboard.press('Enter');
  await panel.page.getByRole('button', { name: 'What attention can and cannot tell' }).click();
  assert.deepEqual(await panel.told('glossary'), ['entropy', 'limits']);
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

test('the terms of a part of the panel are one tab stop; arrow keys lead from one to the next', async () => {
  const panel = await open({ width: 1000 });
  const { page } = panel;
  await panel.show('cat', { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6 } }, { measurements: 1 });
  const terms = page.locator('ta-inspector ta-term');
  const names = await terms.allTextContents();
  assert.ok(names.length > 8, names.join());
  const stops = (): Promise<number[]> =>
    terms.evaluateAll((all) =>
      all.flatMap((each, at) => (each.shadowRoot?.querySelector('.term[tabindex="0"]') ? [at] : [])),
    );
  assert.deepEqual(await stops(), [0]);
  await terms.nth(0).locator('.term').focus();
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement && at.localName !== 'ta-term') at = at.shadowRoot.activeElement;
      return at?.localName === 'ta-term' ? (at.textContent ?? '') : '';
    });
  for (const [key, at] of [
    ['ArrowRight', 1],
    ['ArrowDown', 2],
    ['ArrowLeft', 1],
    ['ArrowUp', 0],
    ['ArrowUp', names.length - 1],
  ] as const) {
    await page.keyboard.press(key);
    assert.equal(await focused(), names[at], key);
    assert.deepEqual(await stops(), [at]);
    await terms.nth(at).locator('.definition').waitFor();
  }
  assert.equal(await page.locator('.definition').count(), 1, 'one definition at a time');
  const selected = await panel.told('select');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), '', 'Tab leaves the terms');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focused(), names.at(-1), 'and comes back to where they were');
  assert.deepEqual(await panel.told('select'), selected, 'no key moved the focus of the picture');
  await panel.show('cat', { layer: 3, heads: [7], head: 7, token: null });
  const now = await stops();
  assert.equal(now.length, 1, 'one has the stop where the term before is gone');
});

test('terms lie under the words that a picture has painted', async () => {
  const panel = await open({ width: 1000, height: 900 });
  const { page } = panel;
  const focus = { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6, cell: 2 } } as const;
  await panel.show('cat', focus, { view: { ...firstView, view: 'arithmetic' } });
  const sheet = await page.locator('ta-arithmetic .sheet').boundingBox();
  const boxes = await page
    .locator('ta-arithmetic ta-term')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON() as DOMRect));
  assert.ok(sheet && boxes.length >= 9);
  for (const { left, right, width, height } of boxes) {
    assert.ok(left >= sheet.x && right <= sheet.x + sheet.width && width > 10 && height > 10);
  }
  const score = page.locator('ta-arithmetic').getByRole('button', { name: 'score', exact: true });
  await score.focus();
  await page.locator('ta-arithmetic .definition', { hasText: glossary.terms.score.short }).waitFor();
  await page.locator('ta-arithmetic .symbol[data-part="bias:mask"]').first().click();
  await score.press('Enter');
  assert.deepEqual(await panel.told('glossary'), ['mask', 'score']);
  assert.deepEqual(panel.errors, []);
});
