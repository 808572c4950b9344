import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderHeads } from '../../../src/core/attention/order.ts';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import { firstView, plainOptions, type ViewState } from '../../../src/core/attention/view.ts';
import { panelPages, type PanelPage } from './browser.ts';
import { analyses } from './page/analyses.ts';

const open = panelPages();
const model: ViewState = { ...firstView, view: 'model' };
const cat = analyses.cat();
const summaries = summariseHeads(cat.maps[0] ?? assert.fail(), cat.sequences);
const cell = (panel: PanelPage, layer: number, head: number) => panel.page.locator(`ta-model #head-${layer}-${head}`);
const views = async (panel: PanelPage) => ((await panel.told('view')) as ViewState[]).map(({ view }) => view);

/** The colours of a tile's cells, as many a side as there are tokens. */
function pixels(panel: PanelPage, layer: number, head: number, cells: number): Promise<string[]> {
  return cell(panel, layer, head).evaluate((element, side) => {
    const canvas = element.closest('.stage')?.querySelector('canvas');
    const context = canvas?.getContext('2d');
    const stage = canvas?.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    if (!context || !stage) return [];
    const tile = parseFloat(getComputedStyle(element).getPropertyValue('--ta-tile'));
    const step = tile / side;
    const left = box.left + (box.width - tile) / 2 - stage.left;
    return Array.from({ length: side * side }, (_, at) => {
      const x = left + ((at % side) + 0.5) * step;
      const y = box.top - stage.top + (Math.floor(at / side) + 0.5) * step;
      return [...context.getImageData(x, y, 1, 1).data].join();
    });
  }, cells);
}

test('every head has a named cell and a picture of its weights', async () => {
  const panel = await open();
  await panel.show('cat', {}, { view: model });
  assert.equal(await panel.page.locator('ta-model .cell').count(), 48);
  assert.equal(await panel.page.locator('ta-heads').count(), 0, 'the other view is not in the document');
  const summary = summaries[3]?.[7];
  assert.match(
    (await cell(panel, 3, 7).getAttribute('aria-label')) ?? '',
    new RegExp(`^Head 3\\.7, next 0\\.88, entropy ${summary?.entropy.toFixed(2)} of`),
  );
  const colours = await pixels(panel, 3, 7, 11);
  const diagonal = colours.filter((_, at) => at % 11 === Math.floor(at / 11) + 1);
  assert.equal(new Set(diagonal.map((colour) => Number(colour.split(',')[0]) > 120)).size, 1);
  assert.notEqual(diagonal[0], colours[0], 'the strong links stand out');
  assert.deepEqual(await panel.asked('thumbnails'), [
    { analysis: 'cat', map: 0, size: 48, options: shown(plainOptions) },
  ]);
  assert.deepEqual(panel.errors, []);
});

function shown({ unit, mass, topK, hideSpecial, hidePunctuation, renormalise, pairs }: ViewState['options']): unknown {
  return { unit, mass, topK, hideSpecial, hidePunctuation, renormalise, pairs };
}

test('a head that is chosen is one of its layer, also where all layers were merged', async () => {
  const merged = { ...model, options: { ...plainOptions, layerMerge: 'mean' } } as const;
  const token = { side: 'query', index: 6 } as const;
  for (const choose of ['click', 'keyboard', 'elsewhere'] as const) {
    const panel = await open();
    await panel.show('cat', { layer: 3, token }, { view: merged });
    await panel.page.locator('ta-inspector h3', { hasText: 'Mean of 8 heads, mean of 6 layers' }).waitFor();
    if (choose === 'click') await cell(panel, 3, 7).click();
    else if (choose === 'keyboard') {
      await panel.page.locator('ta-model .grid').focus();
      await panel.page.keyboard.press('Space');
    } else {
      const link = panel.page.locator('ta-inspector ul.elsewhere button').first();
      const name = ((await link.textContent()) ?? '').split(' ')[0];
      const layer = Number(name?.split('.')[0]);
      await panel.page.evaluate(([analysis, selection]) => window.fakeHost.select(analysis, selection), [
        'cat',
        { map: 0, layer, heads: [0, 1, 2, 3, 4, 5, 6, 7], head: null, token },
      ] as const);
      await panel.page.evaluate((view) => window.fakeHost.wantView(view), merged);
      await panel.page.locator('ta-inspector h3', { hasText: 'mean of 6 layers' }).waitFor();
      await link.click();
    }
    const title = panel.page.locator('ta-inspector h3', { hasText: / \d\.\d$|, layer 3$/u });
    await title.waitFor();
    assert.equal(((await panel.told('view')) as ViewState[]).at(-1)?.options.layerMerge, null, choose);
  }
});

test('a click looks at a head, a double click opens it in the head view, back returns', async () => {
  const panel = await open();
  await panel.show('cat', {}, { view: model });
  await cell(panel, 4, 2).click();
  const { layer, heads, head } = await panel.lastSelection();
  assert.deepEqual([layer, heads, head], [4, [2], 2]);
  await cell(panel, 4, 2).and(panel.page.locator('.focused')).waitFor();
  await panel.page.locator('ta-inspector h3', { hasText: 'Head 4.2' }).waitFor();
  await cell(panel, 1, 5).dblclick();
  await panel.page.locator('ta-heads .row').first().waitFor();
  assert.equal((await panel.lastSelection()).layer, 1);
  await panel.page.keyboard.press('Alt+ArrowLeft');
  await panel.page.locator('ta-model .cell').first().waitFor();
  // The first is what the host wished, told as it is shown.
  assert.deepEqual(await views(panel), ['model', 'heads', 'model']);
});

test('keys: arrows go through the grid, Space looks, Enter opens', async () => {
  const panel = await open();
  await panel.show('cat', { heads: [0], head: 0 }, { view: model });
  const grid = panel.page.locator('ta-model [role=grid]');
  await grid.focus();
  const active = (): Promise<string | null> => grid.getAttribute('aria-activedescendant');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await panel.page.keyboard.press(key);
  assert.equal(await active(), 'head-4-2');
  assert.deepEqual(await panel.told('select'), [], 'moving through the grid selects nothing');
  await panel.page.keyboard.press('Space');
  assert.deepEqual((await panel.lastSelection()).heads, [2]);
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.keyboard.press('Space');
  assert.deepEqual((await panel.lastSelection()).heads, [2, 3]);
  await panel.page.keyboard.press('End');
  assert.equal(await active(), 'head-4-7');
  await panel.page.keyboard.press('Enter');
  await panel.page.locator('ta-heads .row').first().waitFor();
  assert.deepEqual((await panel.lastSelection()).heads, [7]);
  assert.match((await panel.announcement().textContent()) ?? '', /^Head view: layer 4, head 7/);
});

test('1 to 4 and the switch choose views, and each is told to the host and announced', async () => {
  const panel = await open();
  await panel.show('cat');
  await panel.page.keyboard.press('2');
  await panel.page.locator('ta-model .cell').first().waitFor();
  assert.match((await panel.announcement().textContent()) ?? '', /^All heads: layer 3/);
  const group = panel.page.getByRole('radiogroup', { name: 'View' });
  await group.getByRole('radio', { checked: true }).focus();
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.locator('ta-matrix').waitFor();
  await panel.page.keyboard.press('4');
  await panel.page.locator('ta-layers .dot').first().waitFor();
  await group.getByRole('radio', { name: 'Head', exact: true }).click();
  await panel.page.locator('ta-heads .row').first().waitFor();
  assert.deepEqual(await views(panel), ['model', 'matrix', 'layers', 'heads']);
  assert.equal((await panel.asked('weights')).length, 1, 'a view needs no further weights');
});

test('ordered by a metric the highest comes first, with its value under it', async () => {
  const panel = await open();
  await panel.show('cat', {}, { view: model });
  await panel.page.locator('ta-model vscode-single-select').first().click();
  await panel.page.locator('ta-model').getByRole('option', { name: 'by entropy' }).last().click();
  const [first] = orderHeads(6, 8, 'entropy', summaries).flat();
  assert.ok(first);
  const summary = summaries[first.layer]?.[first.head];
  await panel.page
    .locator('ta-model .cell', { hasText: `${first.layer}.${first.head}\n${summary?.entropy.toFixed(2)} nats` })
    .waitFor();
  assert.equal(
    await panel.page.locator('ta-model .cell').first().getAttribute('id'),
    `head-${first.layer}-${first.head}`,
  );
  const told = ((await panel.told('view')) as ViewState[]).at(-1);
  assert.equal(told?.order, 'entropy');
});

test('thumbnails are asked for with the options of the view', async () => {
  const panel = await open();
  await panel.show('cat', {}, { view: { ...model, options: { ...plainOptions, hideSpecial: true } } });
  const asked = (await panel.asked('thumbnails')) as { options: { hideSpecial: boolean } }[];
  assert.equal(asked.at(-1)?.options.hideSpecial, true);
});

test('another token draws no picture anew', async () => {
  const panel = await open();
  await panel.show('t64', {}, { view: model });
  await panel.page.locator('ta-sentence [data-index="5"]').click();
  await panel.page.locator('ta-inspector h2', { hasNotText: 'No token' }).waitFor();
  assert.equal((await panel.asked('thumbnails')).length, 1);
});

test('names under thumbnails are whole at every width, or there are none', async () => {
  for (const width of [400, 690, 1000, 2560]) {
    const panel = await open({ width, height: 900 });
    await panel.show('cat', {}, { view: model });
    const cells = await panel.page
      .locator('ta-model .cell')
      .evaluateAll((all) =>
        all.map((cell) => ({ text: cell.textContent ?? '', cut: cell.scrollWidth > cell.clientWidth })),
      );
    assert.equal(cells.length, 48);
    assert.deepEqual(
      cells.filter(({ text, cut }) => cut || text.includes('…')),
      [],
      `${width} px`,
    );
    if (width >= 1000)
      assert.ok(
        cells.every(({ text }) => text !== ''),
        `${width} px`,
      );
  }
});

test('the token in focus is marked in every thumbnail, and the matrix beside them answers the mouse', async () => {
  const panel = await open({ width: 1000, height: 760 });
  await panel.show('cat', { layer: 3, heads: [7], head: 7 }, { view: model });
  const ink = () =>
    panel.page.locator('ta-model canvas.marks').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return pixels.filter((value, at) => at % 4 === 3 && value > 0).length;
    });
  assert.equal(await ink(), 0);
  const right = await cell(panel, 3, 7).evaluate((element) => element.getBoundingClientRect().right);
  const stage = await panel.page.locator('ta-model .stage').boundingBox();
  assert.ok(stage);
  const [x, y] = [(right + stage.x + stage.width) / 2 + 20, stage.y + 150];
  await panel.page.mouse.move(x, y);
  await panel.page.locator('ta-inspector h2', { hasNotText: 'No token in focus' }).waitFor();
  assert.ok((await ink()) > 48 * 20, 'an outline in each of 48 thumbnails');
  await panel.page.mouse.click(x, y);
  await panel.page.mouse.move(stage.x + 2, stage.y + stage.height - 2);
  assert.doesNotMatch(await panel.inspector(), /No token in focus/, 'the click has pinned it');
});

test('heads are filtered by role: these alone are shown, by their names, and the keyboard stays among them', async () => {
  const panel = await open({ width: 1000 });
  await panel.show(
    'cat',
    { layer: 3, heads: [6], head: 6 },
    { measurements: 1, view: { ...firstView, view: 'model' } },
  );
  const [layers, heads] = analyses.cat().maps[0]?.shape ?? assert.fail();
  const cells = panel.page.locator('ta-model .cell');
  assert.equal(await cells.count(), layers * heads);
  const filter = panel.page.locator('ta-model vscode-single-select.roles');
  const options = await filter.locator('vscode-option').allTextContents();
  assert.deepEqual(
    options.map((text) => text.trim()),
    ['all roles (48)', 'verb → subject (12)', 'separator (24)', 'induction (12)', 'no-op (12)'],
  );
  await filter.focus();
  await panel.page.keyboard.press('Enter');
  for (let step = 0; step < 3; step++) await panel.page.keyboard.press('ArrowDown');
  await panel.page.keyboard.press('Enter');
  await cells.nth(12).waitFor({ state: 'detached' });
  assert.equal(((await panel.told('view')).at(-1) as ViewState).role, 'induction');
  const names = (await cells.allTextContents()).map((text) => text.split('\n')[0]);
  assert.deepEqual(names.slice(0, 3), ['0.1', '0.5', '1.1']);
  const grid = panel.page.getByRole('grid', { name: 'All heads' });
  await grid.focus();
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.keyboard.press('Enter');
  const { layer, head } = await panel.lastSelection();
  assert.ok([1, 5].includes(head ?? -1), `${layer}.${head} is an induction head`);
  await panel.turn('model');
  await panel.page.evaluate((view) => window.fakeHost.wantView(view), {
    ...firstView,
    view: 'model' as const,
    role: 'self' as const,
  });
  await panel.page.getByRole('button', { name: 'Show all heads' }).click();
  await cells.nth(layers * heads - 1).waitFor({ state: 'attached' });
  assert.deepEqual(panel.errors, []);
});
