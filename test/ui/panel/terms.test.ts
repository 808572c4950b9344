import assert from 'node:assert/strict';
import { test } from 'node:test';
import { termIds } from '../../../src/core/glossary/terms.ts';
import { glossary } from '../../../src/core/words/english/glossary.ts';
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
  assert.ok((await definition.innerText()).startsWith(glossary.terms.entropy.short));
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
