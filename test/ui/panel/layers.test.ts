import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import { firstView, type ViewState } from '../../../src/core/attention/view.ts';
import { panelPages, type PanelPage } from './browser.ts';
import { analyses } from './page/analyses.ts';

const open = panelPages();
const layers: ViewState = { ...firstView, view: 'layers' };
const cat = analyses.cat();
const summaries = summariseHeads(cat.maps[0] ?? assert.fail(), cat.sequences);
const dot = (panel: PanelPage, layer: number, head: number) => panel.page.locator(`ta-layers #dot-${layer}-${head}`);

test('every head is a named dot, further right the higher its value', async () => {
  const panel = await open();
  await panel.show('cat', {}, { view: layers });
  assert.equal(await panel.page.locator('ta-layers .dot').count(), 48);
  const places = await Promise.all(
    Array.from({ length: 8 }, async (_, head) => (await dot(panel, 2, head).boundingBox())?.x ?? 0),
  );
  const byPlace = [...places.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const byValue = [...places.keys()].sort(
    (a, b) => (summaries[2]?.[a]?.entropy ?? 0) - (summaries[2]?.[b]?.entropy ?? 0),
  );
  assert.deepEqual(byPlace, byValue);
  assert.deepEqual(panel.errors, []);
});

test('another metric is chosen, told to the host and drawn', async () => {
  const panel = await open();
  await panel.show('cat', {}, { view: layers });
  await panel.page.locator('ta-layers vscode-single-select').click();
  await panel.page.locator('ta-layers').getByRole('option', { name: 'Share on special tokens' }).last().click();
  await panel.page.locator('ta-layers .axis text', { hasText: 'share on special tokens' }).waitFor();
  assert.equal(((await panel.told('view')) as ViewState[]).at(-1)?.metric, 'special');
});

test('a click selects a head; pointing says what it does', async () => {
  const panel = await open();
  await panel.show('cat', {}, { view: layers });
  await dot(panel, 1, 6).hover();
  const summary = summaries[1]?.[6];
  await panel.page
    .locator('ta-layers .readout', { hasText: `Head 1.6, ${summary?.role?.name} ${summary?.role?.score.toFixed(2)}` })
    .waitFor();
  await dot(panel, 1, 6).click();
  const { layer, heads } = await panel.lastSelection();
  assert.deepEqual([layer, heads], [1, [6]]);
  await dot(panel, 1, 6).and(panel.page.locator('.focused')).waitFor();
});

test('no dot moves as others are pointed at, whatever is said of them', async () => {
  const panel = await open();
  await panel.show('cat', {}, { view: layers });
  const chart = panel.page.locator('ta-layers svg[role=grid]');
  const lines = new Set<boolean>();
  for (let width = 400; width <= 1000; width += 60) {
    await panel.page.setViewportSize({ width, height: 760 });
    const said: number[] = [];
    const places: unknown[] = [];
    for (const head of [0, 3, 7]) {
      await dot(panel, 3, head).hover();
      const text = panel.page.locator('ta-layers .readout > span', { hasText: `Head 3.${head},` }).first();
      said.push((await text.boundingBox())?.height ?? assert.fail());
      places.push(await chart.boundingBox());
    }
    assert.deepEqual(places, [places[0], places[0], places[0]], `${width} px`);
    lines.add(new Set(said).size > 1);
  }
  assert.ok(lines.has(true), 'some take more lines than others');
});

test('what is said is of the head in focus; of several heads it says what is measured', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [2, 7], head: null }, { view: layers });
  const said = panel.page.locator('ta-layers .readout > span').first();
  assert.match((await said.textContent()) ?? '', /^How widely a head spreads/u);
  await panel.show('cat', { layer: 3, heads: [2, 7], head: 7 }, { view: layers });
  assert.match((await said.textContent()) ?? '', /^Head 3\.7,/u);
  await panel.show('cat', { layer: 3, heads: [2, 7], head: null }, { view: layers });
  await panel.page.locator('ta-layers svg[role=grid]').focus();
  await panel.page.keyboard.press('ArrowUp');
  await panel.page.locator('ta-layers .readout > span', { hasText: /^Head 2\./u }).waitFor();
});

test('keys go along a layer and from layer to layer; Space selects, Enter opens the head view', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 2, heads: [0], head: 0 }, { view: layers });
  const chart = panel.page.locator('ta-layers svg[role=grid]');
  await chart.focus();
  await panel.page.keyboard.press('Home');
  const lowest = [...(summaries[2] ?? [])].sort((a, b) => a.entropy - b.entropy)[0];
  assert.equal(await chart.getAttribute('aria-activedescendant'), `dot-2-${lowest?.head}`);
  await panel.page.keyboard.press('ArrowDown');
  assert.match((await chart.getAttribute('aria-activedescendant')) ?? '', /^dot-3-/);
  assert.deepEqual(await panel.told('select'), []);
  await panel.page.keyboard.press('Space');
  assert.equal((await panel.lastSelection()).layer, 3);
  await panel.page.keyboard.press('Enter');
  await panel.page.locator('ta-heads .row').first().waitFor();
});

test('the table twin has the numbers of the layer in focus', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 4 }, { view: layers });
  assert.equal(await panel.page.locator('ta-layers table caption').textContent(), 'Heads of layer 4');
  const cells = await panel.page.locator('ta-layers table tr:nth-child(3) td').allTextContents();
  const summary = summaries[4]?.[2];
  assert.deepEqual(cells.slice(1), [
    `${summary?.entropy.toFixed(2)} nats`,
    `${summary?.distance.toFixed(1)} tokens`,
    `${Math.round((summary?.special ?? 0) * 100)} %`,
  ]);
});

test('in a low panel a head chosen elsewhere moves nothing but the view; a key in the view brings its dot into sight', async () => {
  const panel = await open({ width: 400, height: 260 });
  await panel.show('cat', { layer: 0, heads: [0], head: 0 }, { view: layers });
  const scrolled = () => panel.page.locator('ta-panel').evaluate((host) => host.scrollTop);
  const isInSight = (id: string) =>
    panel.page.locator(`ta-layers #${id}`).evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
  assert.equal(await scrolled(), 0);
  for (let layer = 1; layer < 6; layer++) await panel.page.keyboard.press(']');
  await dot(panel, 5, 0).and(panel.page.locator('.focused')).waitFor();
  assert.equal(await isInSight('dot-5-0'), false, 'the panel is low enough');
  assert.equal(await scrolled(), 0);
  const chart = panel.page.locator('ta-layers svg[role=grid]');
  await chart.evaluate((element) => (element as SVGElement).focus({ preventScroll: true }));
  await panel.page.keyboard.press('End');
  assert.equal(await isInSight((await chart.getAttribute('aria-activedescendant')) ?? ''), true);
});
