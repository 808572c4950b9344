import assert from 'node:assert/strict';
import { test } from 'node:test';
import { termText } from '../../../src/core/attention/number-words.ts';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import { firstView, type ViewState } from '../../../src/core/attention/view.ts';
import { axeInThemes, axeViolations } from './axe-page.ts';
import { panelPages, type PanelPage } from './browser.ts';
import { analyses } from './page/analyses.ts';
import { measuredOf } from './page/measured.ts';

const open = panelPages();
const scale: ViewState = { ...firstView, view: 'layers' };
const view: ViewState = { ...scale, chart: 'similarity' };
const cat = analyses.cat();
const map = cat.maps[0] ?? assert.fail();
const summaries = summariseHeads(map, cat.sequences, [], measuredOf(map));
const chosen = { layer: 3, heads: [4], head: 4 } as const;
const measured = { measurements: 1, view };
const plane = (panel: PanelPage) => panel.page.getByRole('listbox', { name: 'Map of all heads' });
const dot = (panel: PanelPage, layer: number, head: number) => panel.page.locator(`ta-layers #dot-${layer}-${head}`);
const readout = (panel: PanelPage) => panel.page.locator('ta-layers .readout > span').first();

async function middle(panel: PanelPage, layer: number, head: number): Promise<readonly [number, number]> {
  const { x, y, width, height } = (await dot(panel, layer, head).boundingBox()) ?? assert.fail();
  return [x + width / 2, y + height / 2];
}

test('heads lie on the map as far from each other as their places, and the head in focus has its ten nearest marked', async () => {
  const panel = await open();
  await panel.show('cat', chosen, measured);
  assert.equal(await plane(panel).getByRole('option').count(), 48);
  const heads = [summaries[0]?.[0], summaries[3]?.[6], summaries[5]?.[2], summaries[2]?.[7]];
  const units: number[] = [];
  for (const [at, one] of heads.entries())
    for (const other of heads.slice(at + 1)) {
      if (!one?.place || !other?.place) assert.fail();
      const [a, b] = [await middle(panel, one.layer, one.head), await middle(panel, other.layer, other.head)];
      const [[x, y], [u, v]] = [one.place, other.place];
      units.push(Math.hypot(a[0] - b[0], a[1] - b[1]) / Math.hypot(x - u, y - v));
    }
  // The box of a triangle is not around its middle.
  assert.ok(Math.max(...units) / Math.min(...units) < 1.03, units.join(' '));
  assert.equal(await panel.page.locator('ta-layers .rings .near').count(), 10);
  assert.match((await readout(panel).textContent()) ?? '', /^Head 3\.4, verb → subject.*; nearest: 5\.1 0\.13, /);
  assert.match(
    (await panel.page.locator('ta-layers .caption').textContent()) ?? '',
    /on 32 English sentences\. Two dimensions show >99 % of the squared distances/,
  );
  assert.match((await panel.page.locator('ta-layers .families').textContent()) ?? '', /grammar 12.*no role 12/);
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

test('the chart is chosen beside the measure, told to the host, and part of where one goes back to', async () => {
  const panel = await open();
  await panel.show('cat', chosen, { measurements: 1, view: scale });
  const told = async (): Promise<string | undefined> => ((await panel.told('view')) as ViewState[]).at(-1)?.chart;
  await panel.page.getByRole('radio', { name: 'Map' }).click();
  await plane(panel).waitFor();
  assert.equal(await told(), 'similarity');
  await panel.page.keyboard.press('ArrowLeft');
  await panel.page.locator('ta-layers svg[role=grid]').waitFor();
  assert.equal(await told(), 'measure');
  await panel.page.keyboard.press('Alt+ArrowLeft');
  await plane(panel).waitFor();
  assert.equal(await told(), 'similarity');
});

test('the mouse reads the head that is nearest to it, a click selects it, a second one opens it; no dot is drawn anew', async () => {
  const panel = await open();
  await panel.show('cat', chosen, measured);
  const [x, y] = await middle(panel, 2, 1);
  await panel.page.evaluate(() => {
    const root = document.querySelector('ta-panel')?.shadowRoot?.querySelector('ta-layers')?.shadowRoot;
    const changes = { count: 0 };
    const watch = new MutationObserver((found) => {
      changes.count += found.length;
    });
    const dots = root?.querySelector('.dot')?.parentElement;
    if (dots) watch.observe(dots, { subtree: true, childList: true, attributes: true, characterData: true });
    Object.assign(window, { dotChanges: dots ? changes : null });
  });
  await panel.page.mouse.move(x + 9, y + 3);
  await panel.page.locator('ta-layers .readout > span', { hasText: /^Head 2\.1, induction/u }).waitFor();
  assert.deepEqual(
    await panel.page.locator('ta-layers .names text[font-weight="600"]').allTextContents(),
    ['2.1', '3.4'],
    'what is read and what is in focus is named',
  );
  const changes = await panel.page.evaluate(() => (window as unknown as { dotChanges: { count: number } }).dotChanges);
  assert.equal(changes.count, 0);
  await panel.page.mouse.click(x + 2, y);
  const { layer, heads } = await panel.lastSelection();
  assert.deepEqual([layer, heads], [2, [1]]);
  await panel.page.mouse.dblclick(x, y);
  await panel.page.locator('ta-heads .row').first().waitFor();
});

test('by keyboard: an arrow goes to the nearest head there, Space selects, t offers edits, Enter opens', async () => {
  const panel = await open();
  await panel.show('cat', chosen, measured);
  await plane(panel).focus();
  const [fromX] = await middle(panel, 3, 4);
  await panel.page.keyboard.press('ArrowLeft');
  const id = (await plane(panel).getAttribute('aria-activedescendant')) ?? '';
  const [, layer = '', head = ''] = id.split('-');
  assert.notEqual(id, 'dot-3-4');
  const [toX] = await middle(panel, Number(layer), Number(head));
  assert.ok(toX < fromX);
  await panel.page
    .locator('ta-layers .readout > span', { hasText: `Head ${layer}.${head},` })
    .first()
    .waitFor();
  assert.deepEqual(await panel.told('select'), []);
  await panel.page.keyboard.press('t');
  await panel.page
    .getByRole('dialog', { name: 'Try it' })
    .getByRole('heading', { name: `Head ${layer}.${head}` })
    .waitFor();
  await panel.page.keyboard.press('Escape');
  await plane(panel).focus();
  await panel.page.keyboard.press('Space');
  assert.deepEqual((await panel.lastSelection()).heads, [Number(head)]);
  await panel.page.keyboard.press('Enter');
  await panel.page.locator('ta-heads .row').first().waitFor();
  assert.deepEqual(panel.errors, []);
});

test('the table twin has every head with its place and those most like it; heads can be exported', async () => {
  const panel = await open();
  await panel.show('cat', chosen, measured);
  const table = panel.page.locator('ta-layers table');
  assert.equal(await table.locator('tbody tr').count(), 48);
  const cells = await table.locator('tbody tr').nth(28).locator('th, td').allTextContents();
  const { place = [], similar = [] } = summaries[3]?.[4] ?? assert.fail();
  assert.deepEqual(cells.slice(0, 3), ['3.4', 'verb → subject', place.map(termText).join('; ')]);
  assert.equal(cells[3]?.split(', ').length, 3);
  assert.ok(cells[3].startsWith(`${similar[0]?.layer}.${similar[0]?.head} `));
  await panel.page.getByRole('button', { name: 'Export' }).click();
  await panel.page.getByRole('menuitem', { name: /CSV of heads/ }).click();
  assert.deepEqual(await panel.told('export'), ['csv-heads']);
});

test('heads that are not measured are measured by a button; where they cannot be, it says so', async () => {
  const panel = await open();
  await panel.show('cat', chosen, { view });
  await panel.page.getByRole('button', { name: 'Measure what heads do' }).click();
  assert.deepEqual(await panel.told('command'), ['measureHeads']);
  assert.deepEqual(await axeViolations(panel.page), []);
  await panel.show('cat', chosen, measured);
  await plane(panel).waitFor();
  await panel.show('bahdanau', {}, { view });
  await panel.page.locator('ta-layers .body', { hasText: 'Heads are compared on single texts.' }).waitFor();
  assert.equal(await panel.page.getByRole('button', { name: 'Measure what heads do' }).count(), 0);
  assert.deepEqual(panel.errors, []);
});

test('axe finds nothing in any theme, and nothing is wider than the view at 300, 560 and 1000 px', async () => {
  const panel = await open({ width: 300 });
  await panel.show('cat', chosen, measured);
  for (const width of [300, 560, 1000]) {
    await panel.resize(width);
    const wide = await panel.page
      .locator('ta-layers .scroller')
      .evaluate((scroller) => [scroller.scrollWidth, scroller.clientWidth] as const);
    assert.ok(wide[0] <= wide[1], `${width} px: ${wide.join(' in ')}`);
    assert.deepEqual(await axeInThemes(panel), [], `${width} px`);
  }
});
