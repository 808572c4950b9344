import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { views } from '../../../src/core/views/table.ts';
import { axeViolations } from './axe-page.ts';
import { panelPages } from './browser.ts';
import type { ThemeName } from './page/themes.ts';

const open = panelPages();
const themes: readonly ThemeName[] = ['dark', 'light', 'contrast', 'contrast-light'];
const focus = { layer: 3, heads: [2, 7], head: 7, token: { side: 'query', index: 6 } } as const;

for (const theme of themes) {
  test(`${theme}: axe finds nothing in any view`, async () => {
    for (const view of views) {
      const panel = await open({ theme });
      await panel.show('cat', focus, { view: { ...firstView, view } });
      assert.deepEqual(await axeViolations(panel.page), [], view);
    }
    const panel = await open({ theme });
    const sampling = { ...firstView.sampling, topK: 3, seed: 1 };
    await panel.show('written', { token: { side: 'query', index: 7 } }, { view: { ...firstView, sampling } });
    assert.deepEqual(await axeViolations(panel.page), [], 'predictions');
    for (const name of ['answered', 'chat'] as const) {
      await panel.show(name, { token: { side: 'query', index: 2 } });
      assert.deepEqual(await axeViolations(panel.page), [], name);
    }
  });

  test(`${theme}: axe finds nothing in the narrow panel, its help, menus and notices`, async () => {
    const panel = await open({ theme, width: 300 });
    await panel.show('cross', { map: 2, token: { side: 'query', index: 2 } }, { stale: true, first: true });
    assert.deepEqual(await axeViolations(panel.page), [], 'narrow');
    await panel.page.keyboard.press('?');
    await panel.page.getByRole('dialog').waitFor();
    assert.deepEqual(await axeViolations(panel.page), [], 'help');
    await panel.page.keyboard.press('Escape');
    for (const menu of ['Filter', 'Export']) {
      await panel.page.getByRole('button', { name: menu }).click();
      await panel.page.getByRole(menu === 'Filter' ? 'dialog' : 'menu', { name: menu }).waitFor();
      assert.deepEqual(await axeViolations(panel.page), [], menu);
      await panel.page.keyboard.press('Escape');
    }
    await panel.show(
      'cat',
      {},
      { failure: { what: 'It failed.', next: 'Run again.', action: { label: 'Run again', command: 'rerun' } } },
    );
    assert.deepEqual(await axeViolations(panel.page), [], 'failure');
  });
}

test('axe does find what is wrong', async () => {
  const panel = await open();
  await panel.show('cat');
  await panel.page.locator('ta-heads').evaluate((view) => view.shadowRoot?.append(document.createElement('img')));
  assert.match((await axeViolations(panel.page)).join('\n'), /image-alt: .*img/);
});
