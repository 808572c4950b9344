import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Side } from '../../../src/core/compare/side.ts';
import { headOf } from '../../../src/core/attention/map.ts';
import { firstView, type ViewState } from '../../../src/core/attention/view.ts';
import type { Edit } from '../../../src/core/run/edits.ts';
import { panelPages, type PanelPage } from './browser.ts';
import { analyses } from './page/analyses.ts';

const open = panelPages();
const view = (...compare: Side[]): ViewState => ({ ...firstView, view: 'compare', compare });
const kinds = view({ model: 'luong' }, { model: 't5' });
const readout = (panel: PanelPage): Promise<string | null> => panel.page.locator('ta-compare .readout').textContent();
const grid = (panel: PanelPage, at: number): ReturnType<PanelPage['page']['locator']> =>
  panel.page.locator('ta-compare [role=grid]').nth(at);

async function lastView(panel: PanelPage): Promise<ViewState> {
  return ((await panel.told('view')) as ViewState[]).at(-1) ?? assert.fail('no view was told');
}

/** How many pixels of a canvas are painted around the middle of a cell, by its place in the grid of a picture. */
function marked(panel: PanelPage, at: number, query: number, key: number): Promise<boolean> {
  return grid(panel, at).evaluate(
    (element, [row, column]) => {
      const canvas = (element.getRootNode() as ShadowRoot).querySelector<HTMLCanvasElement>('canvas.marks');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return false;
      const [outer, inner] = [canvas.getBoundingClientRect(), element.getBoundingClientRect()];
      const cell = inner.width / Number(element.getAttribute('aria-colcount'));
      const x = inner.left - outer.left + column * cell;
      const y = inner.top - outer.top + (row + 0.5) * cell;
      const ratio = devicePixelRatio;
      const { data } = context.getImageData((x - 2) * ratio, y * ratio, 5 * ratio, 1);
      return data.some((value, index) => index % 4 === 3 && value > 200);
    },
    [query, key] as const,
  );
}

test('three models on one sentence: a cell under the mouse is marked in all of them in one frame, with its weights', async () => {
  const panel = await open({ width: 1000, height: 900 });
  await panel.show('bahdanau', {}, { view: kinds });
  await panel.page.locator('ta-compare [role=grid]').nth(4).waitFor();
  assert.deepEqual(await panel.page.locator('ta-compare h2').allTextContents(), [
    'recurrent-bahdanau',
    'recurrent-general',
    'translation-small',
    'Difference',
    'Difference',
  ]);
  const notes = await panel.page.locator('ta-compare .notes').allTextContents();
  assert.match(notes.join(), /error 0\.13, 7 of 8.*error 0\.00, 8 of 8.*error 0\.25, 6 of 8.*Jensen–Shannon/s);
  const box = (await grid(panel, 2).boundingBox()) ?? assert.fail();
  const cell = box.width / 9;
  await panel.page.mouse.move(box.x + 2.5 * cell, box.y + 1.5 * cell);
  await panel.settled();
  for (const at of [0, 1, 2, 3, 4]) assert.ok(await marked(panel, at, 1, 2), `picture ${at}`);
  const said = (await readout(panel)) ?? '';
  assert.match(said, /‘el ▸ rey’ → ‘king’\s*0\.\d{4}\s*recurrent-bahdanau\s*0\.\d{4}\s*\+0\.\d{4}\s*recurrent-general/);
  const [a = NaN, b = NaN, difference = NaN] = [...said.matchAll(/[+−]?0\.\d{4}/g)].map(([one]) =>
    Number(one.replace('−', '-')),
  );
  assert.ok(Math.abs(b - a - difference) < 2e-4, said);
  // The end of the source is a key of one model alone.
  await panel.page.mouse.move(box.x + 8.5 * cell, box.y + 1.5 * cell);
  await panel.settled();
  assert.ok(await marked(panel, 2, 1, 8));
  await panel.page.mouse.click(box.x + 2.5 * cell, box.y + 3.5 * cell);
  assert.deepEqual((await panel.lastSelection()).token, { side: 'query', index: 3 });
  assert.match((await panel.page.locator('ta-compare table').textContent()) ?? '', /‘viejo ▸ ve’.*sees/s);
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

test('by keyboard alone: from cell to cell in any picture, and where a side is looked at; back undoes it', async () => {
  const panel = await open({ width: 1000, height: 900 });
  await panel.show('bahdanau', {}, { view: kinds });
  await grid(panel, 2).waitFor();
  await grid(panel, 2).focus();
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await panel.page.keyboard.press(key);
  await panel.settled();
  const spoken = grid(panel, 2).locator('[role=gridcell]');
  assert.match(
    (await spoken.textContent()) ?? '',
    /‘el ▸ rey’ → ‘king’: recurrent-bahdanau 0\.\d+; recurrent-general 0\.\d+ \([+−]/,
  );
  await panel.page.keyboard.press('Enter');
  assert.equal((await panel.lastSelection()).token?.side, 'query');
  const looked = panel.page.locator('ta-compare .looked');
  assert.match((await looked.textContent()) ?? '', /Layer 1.*Head 3 \(best\)/s);
  const heads = looked.locator('vscode-single-select').nth(1);
  await heads.focus();
  for (const key of ['Enter', 'ArrowDown', 'ArrowDown', 'Enter']) await panel.page.keyboard.press(key);
  await panel.page
    .locator('ta-compare .looked vscode-option[selected]', { hasText: /^Head \d$/ })
    .waitFor({ state: 'attached' });
  assert.deepEqual((await lastView(panel)).compare[1], { model: 't5', at: { layer: 1, head: 0 } });
  await grid(panel, 0).focus();
  await panel.page.keyboard.press('Alt+ArrowLeft');
  await panel.settled();
  assert.deepEqual((await lastView(panel)).compare, kinds.compare);
});

test('models of other tokens are compared by words; other texts where no word is alone', async () => {
  const panel = await open({ width: 900, height: 800 });
  await panel.show(
    'cat',
    { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6, cell: 2 } },
    { view: view({ model: 'catBytes' }) },
  );
  await grid(panel, 2).waitFor();
  assert.match((await panel.page.locator('ta-compare .legend').textContent()) ?? '', /word by word/);
  assert.match((await readout(panel)) ?? '', /‘ate’ → ‘cat’/);
  await panel.show(
    'cat',
    { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 2 } },
    { view: view({ text: 'dog' }) },
  );
  await panel.page.locator('ta-compare h2', { hasText: '“The dog that was' }).waitFor();
  await grid(panel, 2).waitFor();
  await panel.show('cat', {}, { view: view({ text: 'pieces' }) });
  await panel.page.locator('ta-compare .notes', { hasText: 'No difference map, the words differ' }).waitFor();
  assert.equal(await panel.page.locator('ta-compare [role=grid]').count(), 2);
  assert.deepEqual(panel.errors, []);
});

test('a side that runs can be cancelled and run again; one that fails says why beside the others', async () => {
  const panel = await open({ width: 900, height: 800 });
  await panel.page.evaluate(() => window.fakeHost.holdExplain());
  await panel.show('cat', {}, { view: view({ model: 'catBytes' }) });
  const status = panel.page.locator('ta-compare .status');
  await status.filter({ hasText: '25 %' }).waitFor();
  assert.equal(await panel.page.locator('ta-compare [role=grid]').count(), 1);
  await status.getByRole('button', { name: 'Cancel' }).click();
  await status.filter({ hasText: 'Cancelled.' }).waitFor();
  await panel.page.evaluate(() => {
    window.fakeHost.explainFails = { code: 'model-not-found', model: 'gone' };
    window.fakeHost.letExplain?.();
  });
  await status.getByRole('button', { name: 'Run again' }).click();
  await panel.page.locator('ta-compare [role=alert]', { hasText: 'gone' }).waitFor();
  assert.equal(await panel.page.locator('ta-compare [role=grid]').count(), 1);
  await panel.page.evaluate(() => {
    window.fakeHost.explainFails = null;
  });
  await status.getByRole('button', { name: 'Run again' }).click();
  await grid(panel, 2).waitFor();
  assert.deepEqual(panel.errors, []);
});

test('with nothing beside it the view offers what there is; a head is added, and taken away again', async () => {
  const panel = await open({ width: 700, height: 800 });
  await panel.show('cat', { layer: 3, heads: [7], head: 7 }, { view: view() });
  const body = panel.page.locator('ta-compare .body');
  await body.getByRole('button', { name: 'Another model…' }).click();
  assert.deepEqual(await panel.told('command'), ['compareModel']);
  assert.equal(await body.getByRole('button', { name: 'Without edits' }).count(), 0);
  await body.getByRole('button', { name: 'Another head' }).click();
  await grid(panel, 2).waitFor();
  assert.deepEqual((await lastView(panel)).compare, [{ at: { layer: 4, head: 0 } }]);
  await panel.page.locator('ta-compare ta-menu').click();
  await panel.page.getByRole('menuitem', { name: 'Another text…' }).click();
  assert.deepEqual(await panel.told('command'), ['compareModel', 'compareText']);
  await panel.page.locator('ta-toolbar ta-menu').first().click();
  assert.ok(
    (await panel.page.getByRole('menuitem').allTextContents()).some((text) => text.includes('CSV of differences')),
  );
  await panel.page.keyboard.press('Escape');
  await panel.page.locator('ta-compare').getByRole('button', { name: 'Remove Head 4.0' }).click();
  await body.waitFor();
});

test('an edited run beside the model as it is: what the edit changed, cell by cell, and nothing else', async () => {
  const panel = await open({ width: 1000, height: 800 });
  const [layer, head, query, blocked] = [3, 7, 6, 2];
  const edits: Edit[] = [{ kind: 'block', layer, head, query, key: blocked }];
  const place = { layer, heads: [head], head, token: null };
  await panel.show('cat', place, { edits, view: view() });
  await panel.page.locator('ta-compare .body').getByRole('button', { name: 'Without edits' }).click();
  await grid(panel, 2).waitFor();
  assert.deepEqual((await lastView(panel)).compare, [{ unedited: true }]);
  assert.deepEqual(await panel.page.locator('ta-compare h2').allTextContents(), [
    'With edits',
    'Without edits',
    'Difference',
  ]);
  assert.match(
    (await panel.page.locator('ta-compare .place').last().textContent()) ?? '',
    /Without edits − With edits/,
  );
  const map = analyses.cat().maps[0] ?? assert.fail();
  const keys = map.shape[3];
  const rowOf = (at: number): number[] => [...headOf(map, layer, head).subarray(at * keys, (at + 1) * keys)];
  const before = rowOf(query);
  const after = before.map((weight, key) => (key === blocked ? 0 : weight / (1 - (before[blocked] ?? NaN))));
  const box = (await grid(panel, 0).boundingBox()) ?? assert.fail();
  const cell = box.width / keys;
  const pointAt = async (row: number, key: number): Promise<string> => {
    await panel.page.mouse.move(box.x + (key + 0.5) * cell, box.y + (row + 0.5) * cell);
    await panel.settled();
    return ((await readout(panel)) ?? '').replace('edits0', 'edits 0').replace(/\s+/g, ' ');
  };
  for (const key of [blocked, 0, 4]) {
    const [own = NaN, other = NaN] = [after[key], before[key]];
    const sign = other < own ? '−' : '+';
    const difference = Math.abs(other - own).toFixed(4);
    const said = await pointAt(query, key);
    assert.ok(said.includes(`${own.toFixed(4)} With edits`), said);
    assert.ok(said.includes(`${other.toFixed(4)} ${sign}${difference} Without edits`), said);
    for (const at of [0, 1, 2]) assert.ok(await marked(panel, at, query, key), `picture ${at}`);
  }
  const weight = rowOf(4)[0]?.toFixed(4) ?? '';
  const untouched = await pointAt(4, 0);
  assert.ok(untouched.includes(`${weight} With edits ${weight} 0.0000 Without edits`), untouched);
  assert.match(
    (await panel.page.locator('ta-compare .notes').allTextContents()).join(' '),
    new RegExp(`largest ${(before[blocked] ?? NaN).toFixed(2)}`),
  );
  // Without edits there is nothing of that name beside the run.
  await panel.show('cat', place, { view: view({ unedited: true }) });
  await panel.page.locator('ta-compare .body').waitFor();
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

for (const width of [300, 400, 560, 1000])
  test(`${width} px: nothing is wider than the view`, async () => {
    const panel = await open({ width, height: 700 });
    await panel.show('bahdanau', {}, { view: kinds });
    await grid(panel, 2).waitFor();
    const { inner, outer } = await panel.page
      .locator('ta-compare .scroller')
      .evaluate((scroller) => ({ inner: scroller.scrollWidth, outer: scroller.clientWidth }));
    assert.ok(inner <= outer, `${inner} in ${outer}`);
  });
