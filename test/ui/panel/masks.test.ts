import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { firstView, plainOptions } from '../../../src/core/attention/view.ts';
import { panelPages, type PanelPage } from './browser.ts';
import { isHatched } from './hatching.ts';

const open = panelPages();
const pictures = join(import.meta.dirname, '..', '..', '..', 'test-results', 'panel');
mkdirSync(pictures, { recursive: true });

async function shown(layer: number): Promise<PanelPage> {
  const panel = await open({ width: 800 });
  const token = { side: 'query', index: 5 } as const;
  await panel.show('windowed', { layer, heads: [0], head: 0, token }, { view: { ...firstView, view: 'matrix' } });
  return panel;
}

for (const [layer, legend, line, seen] of [
  [
    0,
    'Hatched: masked (a token sees only the last 3 tokens)',
    'Sliding window: a token sees only the last 3 tokens.',
    3,
  ],
  [1, 'Hatched: masked (later tokens)', null, 0],
  [
    2,
    'Hatched: masked (a token sees only itself and earlier tokens in its chunk of 4)',
    'Chunked attention: a token sees only itself and earlier tokens in its chunk of 4.',
    4,
  ],
] as const)
  test(`layer ${layer} hatches what it masks, and says so`, async () => {
    const panel = await shown(layer);
    await panel.page.locator('ta-matrix .legend', { hasText: legend }).waitFor();
    const hatched = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((key) => isHatched(panel, 5, key)));
    assert.deepEqual(
      hatched,
      hatched.map((_, key) => key < seen || key > 5),
    );
    const said = await panel.inspector();
    assert.ok(line === null ? !/window|chunk/i.test(said) : said.includes(line), said);
    await panel.page.screenshot({ path: join(pictures, `masked-layer-${layer}.png`), animations: 'disabled' });
  });

test('words are hatched by the tokens that they are made of', async () => {
  const panel = await open({ width: 800 });
  const view = { ...firstView, view: 'matrix', options: { ...plainOptions, unit: 'words' } } as const;
  await panel.show('windowed', { layer: 0, heads: [0], head: 0 }, { view });
  await panel.page.locator('ta-matrix .legend', { hasText: 'only the last 3 tokens' }).waitFor();
  assert.deepEqual(await Promise.all([0, 1, 2].map((key) => isHatched(panel, 2, key))), [false, false, false]);
  assert.ok(await isHatched(panel, 6, 0));
});

test('a cell that a mask hides is called masked, and counts nowhere', async () => {
  const panel = await shown(0);
  await panel.page.locator('ta-matrix [role=grid]').focus();
  await panel.page.keyboard.press('Home');
  await panel.page.locator('#announcement', { hasText: 'cannot see' }).waitFor({ state: 'attached' });
  await panel.page.locator('ta-matrix .legend .cell', { hasText: 'masked' }).waitFor();
});
