import assert from 'node:assert/strict';
import { test } from 'node:test';
import { views, viewTable } from '../../../src/core/views/table.ts';
import { panelPages, type PanelPage } from './browser.ts';
import type { AnalysisName } from './page/analyses.ts';

const open = panelPages();

/** Nothing that lies outside the panel, and no word of a control that is cut. */
async function assertWhole(panel: PanelPage, where: string): Promise<void> {
  const { scroll, width } = await panel.page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    width: innerWidth,
  }));
  assert.ok(scroll <= width, `${where}: ${scroll} px in ${width}`);
  assert.deepEqual(panel.errors, [], where);
}

for (const name of ['single', 'hard', 't512'] as const satisfies readonly AnalysisName[]) {
  test(`${name}: every view, with and without a focus and with no head, at every width`, async () => {
    for (const width of name === 't512' ? [560] : [300, 560, 1400]) {
      const panel = await open({ width, height: 700 });
      for (const [state, selection] of [
        ['rest', {}],
        ['focus', { heads: [1], head: 1, token: { side: 'query', index: 0 } }],
        ['no head', { heads: [], head: null, token: { side: 'key', index: 0 } }],
      ] as const) {
        await panel.show(name, { layer: 1, ...selection });
        for (const view of views) {
          await panel.turn(view);
          await assertWhole(panel, `${name} ${width} ${state} ${view}`);
          if (viewTable[view].comparesRuns) continue;
          assert.doesNotMatch(await panel.inspector(), /NaN|undefined|Infinity|null/u, `${width} ${state} ${view}`);
        }
        await panel.page.keyboard.press('1');
      }
    }
  });
}

test('resized while weights are on their way, the picture stands as if it had been shown at that size', async () => {
  const panel = await open({ width: 1000, height: 700 });
  await panel.show('t64', { layer: 0 });
  const placesOf = (one: PanelPage): Promise<unknown> =>
    one.page.locator('ta-heads .row').evaluateAll((rows) =>
      rows.map((row) => {
        const { left, top } = row.getBoundingClientRect();
        return [row.textContent?.trim(), Math.round(left), Math.round(top)];
      }),
    );
  for (const width of [420, 1200, 640]) {
    await panel.page.keyboard.press(']');
    await panel.page.keyboard.press('[');
    await panel.page.setViewportSize({ width, height: 700 });
  }
  await panel.settled();
  const left = await placesOf(panel);
  const fresh = await open({ width: 640, height: 700 });
  await fresh.show('t64', { layer: 0 });
  assert.deepEqual(left, await placesOf(fresh));
  assert.deepEqual(panel.errors, []);
});

test('keys pressed faster than weights arrive leave the last view, layer and head, in every part', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 0, token: { side: 'query', index: 2 } });
  for (const key of ['2', ']', '3', ']', '.', '4', ']', '1', '[', ']', ']', '.', '3', '1'])
    await panel.page.keyboard.press(key);
  await panel.page.locator('ta-heads .row').first().waitFor();
  await panel.settled();
  const { layer, head } = await panel.lastSelection();
  assert.equal(layer, 4);
  const name = `Head ${layer}.${head}`;
  assert.ok(head === null || (await panel.inspector()).includes(name), name);
  const asked = (await panel.asked('weights')).at(-1) as { layer: number };
  assert.equal(asked.layer, 4, 'the weights asked for last are those shown');
  assert.deepEqual(panel.errors, []);
});

test('at 200 % of zoom all is there, and the controls can be reached', async () => {
  for (const name of ['cat', 'hard', 'cross'] as const) {
    // A browser’s zoom halves the size in CSS pixels.
    const panel = await open({ width: 345, height: 380 });
    await panel.show(name, { token: { side: 'query', index: 2 } });
    for (const view of views) {
      await panel.turn(view);
      await assertWhole(panel, `${name} ${view}`);
      const box = await panel.page.locator(`ta-${view}`).boundingBox();
      assert.ok(box && box.height >= 120, `${name} ${view}: ${box?.height} px`);
    }
  }
});
