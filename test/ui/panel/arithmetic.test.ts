import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cell } from '../../../src/core/block/explanation.ts';
import type { Edit } from '../../../src/core/run/edits.ts';
import { firstView, plainOptions, type ViewState } from '../../../src/core/attention/view.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();
const arithmetic: ViewState = { ...firstView, view: 'arithmetic' };
const pinned = { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6, cell: 2 } } as const;

/** The weights that were asked to be explained, in their order. */
async function asked(panel: PanelPage): Promise<Omit<Cell, 'map'>[]> {
  return ((await panel.asked('explain')) as Cell[]).map(({ layer, head, query, key }) => ({ layer, head, query, key }));
}

/** The numbers of the picture, as its text twin has them. */
async function check(panel: PanelPage): Promise<string> {
  return (await panel.page.locator('ta-arithmetic .unseen p').allTextContents()).join(' ');
}

test('a pinned pair is explained; a pinned token with its top key; without a token the strongest link is offered', async () => {
  const panel = await open();
  await panel.show('cat', pinned, { view: arithmetic });
  await panel.page.locator('ta-arithmetic .sheet').waitFor();
  assert.deepEqual(await asked(panel), [{ layer: 3, head: 7, query: 6, key: 2 }]);
  assert.match(await check(panel), /weight\(‘ate’ → ‘cat’\) = e.*model 0\.\d{6} recomputed 0\.\d{6} difference \d/);
  await panel.show('cat', { ...pinned, token: { side: 'query', index: 6 } }, { view: arithmetic });
  await panel.page.locator('ta-arithmetic caption', { hasText: '‘the’' }).waitFor();
  assert.equal((await asked(panel)).at(-1)?.key, 7);
  await panel.show('cat', { ...pinned, token: null }, { view: arithmetic });
  await panel.page.getByText('No token is pinned').waitFor();
  await panel.page
    .locator('ta-arithmetic')
    .getByRole('button', { name: /^Strongest link/ })
    .click();
  await panel.page.locator('ta-arithmetic .sheet').waitFor();
  assert.notEqual((await panel.lastSelection()).token?.cell, undefined);
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

test('of several heads, merged layers and words it says what is shown, and lets another head be chosen', async () => {
  const panel = await open();
  const view = { ...arithmetic, options: { ...plainOptions, layerMerge: 'mean', unit: 'words' } } as const;
  await panel.show('cat', { ...pinned, heads: [2, 7], head: null }, { view });
  const line = panel.page.locator('ta-arithmetic .chosen');
  await line.waitFor();
  const said = (await line.textContent()) ?? '';
  assert.match(said, /one head: head [27] is shown.*one layer: layer 3 is shown.*of tokens/s);
  assert.deepEqual(
    (await asked(panel)).map(({ layer }) => layer),
    [3],
  );
  assert.equal(await panel.page.locator('ta-arithmetic vscode-option').count(), 2);
});

test('the picture before stays until the new one is here, and only the last answer is shown', async () => {
  const panel = await open();
  await panel.show('cat', pinned, { view: arithmetic });
  await panel.page.locator('ta-arithmetic .sheet').waitFor();
  await panel.page.evaluate(() => window.fakeHost.holdExplain());
  const rows = panel.page.locator('ta-arithmetic .rows');
  await rows.focus();
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.locator('ta-arithmetic .waiting').waitFor();
  assert.match((await panel.page.locator('ta-arithmetic caption').textContent()) ?? '', /‘cat’/);
  await panel.page.locator('ta-arithmetic .old').waitFor();
  await panel.page.evaluate(() =>
    window.fakeHost.select('cat', {
      map: 0,
      layer: 3,
      heads: [7],
      head: 7,
      token: { side: 'query', index: 6, cell: 8 },
    }),
  );
  await panel.page.evaluate(() => window.fakeHost.letExplain?.());
  await panel.page.locator('ta-arithmetic caption', { hasText: '‘fish’' }).waitFor();
  await panel.page.locator('ta-arithmetic .waiting').waitFor({ state: 'detached' });
  assert.deepEqual(
    (await asked(panel)).map(({ key }) => key),
    [2, 3, 8],
  );
});

test('a failure is said with its next step, a cancel is one, and both can be tried again', async () => {
  const panel = await open();
  await panel.page.evaluate(() => {
    window.fakeHost.explainFails = { code: 'block-unreadable', model: 'm', detail: 'no query projection' };
  });
  await panel.show('cat', pinned, { view: arithmetic });
  const body = panel.page.locator('ta-arithmetic [role=alert]');
  await body.waitFor();
  assert.match((await body.textContent()) ?? '', /no query projection/);
  await panel.page.evaluate(() => {
    window.fakeHost.explainFails = null;
    window.fakeHost.holdExplain();
  });
  await body.getByRole('button', { name: 'Try again' }).click();
  await panel.page.locator('ta-arithmetic .waiting', { hasText: '25 %' }).waitFor();
  await panel.page.locator('ta-arithmetic .waiting').getByRole('button', { name: 'Cancel' }).click();
  await panel.page.locator('ta-arithmetic [role=status]', { hasText: 'Cancelled.' }).waitFor();
  await panel.page.evaluate(() => window.fakeHost.letExplain?.());
  await panel.page.locator('ta-arithmetic').getByRole('button', { name: 'Compute' }).click();
  await panel.page.locator('ta-arithmetic .sheet').waitFor();
});

test('an edited run is not taken apart: the panel offers to take the edits back, not to try again', async () => {
  const panel = await open();
  await panel.page.evaluate(() => {
    window.fakeHost.explainFails = { code: 'argument-invalid', argument: 'edit', detail: 'no' };
  });
  const replace: Edit = { kind: 'replace', side: 'source', token: 2, by: 'dog' };
  await panel.show('cat', pinned, { view: arithmetic, edits: [{ kind: 'off', layer: 3, head: 7 }, replace] });
  const body = panel.page.locator('ta-arithmetic .body');
  await body.getByText('The weights of this edited run are not taken apart').waitFor();
  assert.equal(await body.getByRole('button').count(), 1);
  await body.getByRole('button', { name: 'Take back all edits but replaced tokens' }).click();
  const edits = async () => ((await panel.told('edit')) as { edits: Edit[] }[]).map((told) => told.edits);
  assert.deepEqual(await edits(), [[replace]]);
  await panel.show('cat', pinned, { view: { ...arithmetic, view: 'parts' }, edits: [{ kind: 'ffn-off', layer: 3 }] });
  await panel.page.locator('ta-parts').getByRole('button', { name: 'Take back all edits' }).click();
  assert.deepEqual((await edits()).at(-1), []);
  assert.deepEqual(panel.errors, []);
});

test('a page that is loaded while a word of a lesson names a part marks it, until the word is left', async () => {
  const panel = await open();
  const marked = panel.page.locator('ta-arithmetic [aria-pressed=true].symbol');
  await panel.show('cat', pinned, { view: arithmetic, symbol: 'query' });
  assert.equal(await marked.getAttribute('data-part'), 'q');
  await panel.show('cat', pinned, { view: arithmetic });
  assert.equal(await marked.count(), 0);
});

test('a symbol marks its strip and a strip its symbol; components are read, and sorted by product', async () => {
  const panel = await open();
  await panel.show('cat', pinned, { view: arithmetic });
  const readout = panel.page.locator('ta-arithmetic .readout');
  await panel.page.locator('ta-arithmetic [data-part="k"]').hover();
  assert.equal(await panel.page.locator('ta-arithmetic [aria-pressed=true].symbol').getAttribute('data-part'), 'k');
  assert.equal(await readout.textContent(), 'key of ‘cat’');
  const strips = panel.page.locator('ta-arithmetic .components');
  await strips.hover({ position: { x: 3, y: 3 } });
  assert.equal(await panel.page.locator('ta-arithmetic [aria-pressed=true].symbol').getAttribute('data-part'), 'q');
  assert.match((await readout.textContent()) ?? '', /^component 0: q .*, k .*, products /);
  await panel.page.getByRole('button', { name: 'sort by product' }).click();
  await panel.page.getByRole('button', { name: 'original order' }).waitFor();
  const products: number[] = [];
  const product = async (): Promise<number> =>
    Number(/products (\S+)$/.exec((await readout.textContent()) ?? '')?.[1]?.replace('−', '-'));
  await strips.focus();
  await panel.page.keyboard.press('Home');
  for (let at = 0; at < 4; at++) {
    products.push(await product());
    await panel.page.keyboard.press('ArrowRight');
    await panel.settled();
  }
  assert.deepEqual(
    products,
    [...products].sort((a, b) => b - a),
  );
});

test('How is this computed? leads there from the inspector, a number beside a line, a cell and the key e', async () => {
  const panel = await open();
  const start = async (view: ViewState['view']): Promise<void> => {
    await panel.show('cat', { ...pinned, token: { side: 'query', index: 6 } }, { view: { ...firstView, view } });
  };
  const arrived = async (key: string): Promise<void> => {
    await panel.page.locator('ta-arithmetic caption', { hasText: `‘ate’ → ${key}` }).waitFor();
  };
  await start('heads');
  await panel.page.locator('ta-inspector').getByRole('button', { name: 'How is this computed?' }).click();
  await arrived('‘the’');
  await start('heads');
  await panel.page.locator('ta-inspector button.weight').nth(1).click();
  await panel.page.locator('ta-arithmetic .sheet').waitFor();
  assert.equal((await panel.lastSelection()).token?.index, 6);
  await start('heads');
  await panel.row('key', 7).locator('.number').click();
  await arrived('‘the’');
  await start('heads');
  await panel.row('key', 2).hover();
  await panel.page.keyboard.press('e');
  await arrived('‘cat’');
  await start('matrix');
  await panel.page.locator('ta-matrix .stage').focus();
  await panel.page.keyboard.press('Home');
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.keyboard.press('e');
  await panel.page.locator('ta-arithmetic .sheet').waitFor();
  await arrived('‘The’');
  await panel.page.keyboard.press('Alt+ArrowLeft');
  await panel.page.locator('ta-matrix').waitFor();
});

for (const width of [300, 400, 560, 1000])
  test(`${width} px: nothing is wider than the view, and every part can be scrolled to`, async () => {
    const panel = await open({ width, height: 700 });
    for (const [name, selection] of [
      ['cat', pinned],
      ['recurrent', { token: { side: 'query', index: 3 } }],
    ] as const) {
      await panel.show(name, selection, { view: arithmetic });
      await panel.page.locator('ta-arithmetic .sheet').waitFor();
      const sizes = await panel.page.locator('ta-arithmetic .scroller').evaluate((scroller) => ({
        inner: scroller.scrollWidth,
        outer: scroller.clientWidth,
        height: scroller.scrollHeight,
        sheet: scroller.querySelector('.sheet')?.clientHeight ?? 0,
      }));
      assert.ok(sizes.inner <= sizes.outer, `${name}: ${sizes.inner} in ${sizes.outer}`);
      assert.ok(sizes.height >= sizes.sheet);
    }
  });
