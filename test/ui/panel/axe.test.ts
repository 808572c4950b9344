import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { views } from '../../../src/core/views/table.ts';
import { axeInThemes, axeViolations } from './axe-page.ts';
import { panelPages } from './browser.ts';

const open = panelPages();
const focus = { layer: 3, heads: [2, 7], head: 7, token: { side: 'query', index: 6 } } as const;

for (const view of views)
  test(`axe finds nothing in ${view}, in any theme`, async () => {
    const panel = await open();
    await panel.show('cat', focus, { view: { ...firstView, view } });
    assert.deepEqual(await axeInThemes(panel), []);
  });

test('axe finds nothing in predictions, answers and conversations, in any theme', async () => {
  const panel = await open();
  const sampling = { ...firstView.sampling, topK: 3, seed: 1 };
  await panel.show('written', { token: { side: 'query', index: 7 } }, { view: { ...firstView, sampling } });
  assert.deepEqual(await axeInThemes(panel), [], 'predictions');
  for (const name of ['answered', 'chat'] as const) {
    await panel.show(name, { token: { side: 'query', index: 2 } });
    assert.deepEqual(await axeInThemes(panel), [], name);
  }
});

test('axe finds nothing in the narrow panel, its help, menus and notices, in any theme', async () => {
  const panel = await open({ width: 300 });
  await panel.show('cross', { map: 2, token: { side: 'query', index: 2 } }, { stale: true, first: true });
  assert.deepEqual(await axeInThemes(panel), [], 'narrow');
  await panel.page.keyboard.press('?');
  await panel.page.getByRole('dialog').waitFor();
  assert.deepEqual(await axeInThemes(panel), [], 'help');
  await panel.page.keyboard.press('Escape');
  for (const menu of ['Filter', 'Export']) {
    await panel.page.getByRole('button', { name: menu }).click();
    await panel.page.getByRole(menu === 'Filter' ? 'dialog' : 'menu', { name: menu }).waitFor();
    assert.deepEqual(await axeInThemes(panel), [], menu);
    await panel.page.keyboard.press('Escape');
  }
  await panel.show(
    'cat',
    {},
    { failure: { what: 'It failed.', next: 'Run again.', action: { label: 'Run again', command: 'rerun' } } },
  );
  assert.deepEqual(await axeInThemes(panel), [], 'failure');
});

test('axe does find what is wrong', async () => {
  const panel = await open();
  await panel.show('cat');
  await panel.page.locator('ta-heads').evaluate((view) => view.shadowRoot?.append(document.createElement('img')));
  assert.match((await axeViolations(panel.page)).join('\n'), /image-alt: .*img/);
  // Too dark on the dark theme.
  await panel.page.locator('ta-inspector').evaluate((view) => {
    const word = document.createElement('p');
    word.textContent = 'unseen';
    word.style.color = '#444444';
    view.shadowRoot?.append(word);
  });
  assert.match((await axeViolations(panel.page, 'colors')).join('\n'), /^color-contrast: .*p/m);
});
