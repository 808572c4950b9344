import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import type { PanelPage } from './browser.ts';
import { themeNames } from './page/themes.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds in the page as it stands: rule, element and reason, one line each. All its rules are asked, or those
 * of colours alone, which are all that another theme can change.
 */
export async function axeViolations(page: Page, rules: 'all' | 'colors' = 'all'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const { violations: found, passes } = await page.evaluate(
    (options) => (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(options),
    {
      resultTypes: ['violations'],
      ...(rules === 'colors' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {}),
    },
  );
  assert.ok(
    passes.some(({ id }) => id === 'color-contrast'),
    'axe has read colours',
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary ?? ''}`),
  );
}

/** What axe finds in the panel as it stands, in all four themes; it wears the dark one then. */
export async function axeInThemes(panel: PanelPage): Promise<string[]> {
  const found = (await axeViolations(panel.page)).map((violation) => `as it is: ${violation}`);
  for (const theme of themeNames) {
    await panel.wear(theme);
    found.push(...(await axeViolations(panel.page, 'colors')).map((violation) => `${theme}: ${violation}`));
  }
  await panel.wear('dark');
  return found;
}
