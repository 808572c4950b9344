import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { AxeResults } from 'axe-core';
import { firstView } from '../../../src/core/attention/view.ts';
import { views } from '../../../src/core/views/table.ts';
import { panelPages, type PanelPage } from './browser.ts';
import type { ThemeName } from './page/themes.ts';

const open = panelPages();
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const themes: readonly ThemeName[] = ['dark', 'light', 'contrast', 'contrast-light'];
const focus = { layer: 3, heads: [2, 7], head: 7, token: { side: 'query', index: 6 } } as const;

/** What axe finds in the page as it stands, all its rules on: rule, element and reason, one line each. */
async function violations({ page }: PanelPage): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const { violations: found, passes } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  assert.ok(
    passes.some(({ id }) => id === 'color-contrast'),
    'axe has read colours',
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary ?? ''}`),
  );
}

for (const theme of themes) {
  test(`${theme}: axe finds nothing in any view`, async () => {
    for (const view of views) {
      const panel = await open({ theme });
      await panel.show('cat', focus, { view: { ...firstView, view } });
      assert.deepEqual(await violations(panel), [], view);
    }
  });

  test(`${theme}: axe finds nothing in the narrow panel, its help, menus and notices`, async () => {
    const panel = await open({ theme, width: 300 });
    await panel.show('cross', { map: 2, token: { side: 'query', index: 2 } }, { stale: true, first: true });
    assert.deepEqual(await violations(panel), [], 'narrow');
    await panel.page.keyboard.press('?');
    await panel.page.getByRole('dialog').waitFor();
    assert.deepEqual(await violations(panel), [], 'help');
    await panel.page.keyboard.press('Escape');
    for (const menu of ['Filter', 'Export']) {
      await panel.page.getByRole('button', { name: menu }).click();
      await panel.page.getByRole(menu === 'Filter' ? 'dialog' : 'menu', { name: menu }).waitFor();
      assert.deepEqual(await violations(panel), [], menu);
      await panel.page.keyboard.press('Escape');
    }
    await panel.show(
      'cat',
      {},
      { failure: { what: 'It failed.', next: 'Run again.', action: { label: 'Run again', command: 'rerun' } } },
    );
    assert.deepEqual(await violations(panel), [], 'failure');
  });
}

test('axe does find what is wrong', async () => {
  const panel = await open();
  await panel.show('cat');
  await panel.page.locator('ta-heads').evaluate((view) => view.shadowRoot?.append(document.createElement('img')));
  assert.match((await violations(panel)).join('\n'), /image-alt: .*img/);
});
