import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panelPages } from './browser.ts';

const open = panelPages();

test('the button asks the host for a link, by mouse and by key, at every width', async () => {
  for (const width of [300, 1000]) {
    const panel = await open({ width });
    await panel.show('cat');
    const button = panel.page.getByRole('button', { name: 'Copy link' });
    await button.click();
    await button.press('Enter');
    assert.deepEqual(await panel.told('link'), [null, null]);
    assert.deepEqual(panel.errors, []);
  }
});
