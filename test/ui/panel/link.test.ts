import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panelPages } from './browser.ts';

const open = panelPages();

test('the button asks the host for a link, by mouse and by key; a narrow panel has it in a menu', async () => {
  for (const width of [300, 1000]) {
    const panel = await open({ width });
    await panel.show('cat');
    if (width === 300) {
      const more = panel.page.getByRole('button', { name: 'More', exact: true });
      const item = panel.page.getByRole('menuitem', { name: /^Copy link/ });
      await more.click();
      await item.click();
      await more.click();
      await item.press('Enter');
    } else {
      const button = panel.page.getByRole('button', { name: 'Copy link' });
      await button.click();
      await button.press('Enter');
    }
    assert.deepEqual(await panel.told('link'), [null, null]);
    assert.deepEqual(panel.errors, []);
  }
});
