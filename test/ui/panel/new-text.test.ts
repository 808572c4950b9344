import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { views, type ViewName } from '../../../src/core/views/table.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();

/** Scrolls everything that scrolls as far as it goes; gives how many did. */
function scrollAll({ page }: PanelPage): Promise<number> {
  return page.evaluate(
    () =>
      scrollers()
        .map((element) => {
          element.scrollTop = element.scrollHeight;
          element.scrollLeft = element.scrollWidth;
          return element.scrollTop + element.scrollLeft;
        })
        .filter((far) => far > 0).length,
  );
}

/** What is scrolled: its name and how far. */
function scrolled({ page }: PanelPage): Promise<string[]> {
  return page.evaluate(() =>
    scrollers()
      .filter(({ scrollTop, scrollLeft }) => scrollTop + scrollLeft > 0)
      .map(({ localName, className, scrollTop, scrollLeft }) => `${localName}.${className} ${scrollTop} ${scrollLeft}`),
  );
}

declare global {
  // Only in the page.
  function scrollers(): HTMLElement[];
}

async function withScrollers(panel: PanelPage): Promise<PanelPage> {
  await panel.page.evaluate(() => {
    window.scrollers = () => {
      const found: HTMLElement[] = [];
      const look = (root: Document | ShadowRoot): void => {
        for (const element of root.querySelectorAll<HTMLElement>('*')) {
          if (/auto|scroll/.test(getComputedStyle(element).overflow) && !element.closest('.chips')) found.push(element);
          if (element.shadowRoot) look(element.shadowRoot);
        }
      };
      look(document);
      return found;
    };
  });
  return panel;
}

for (const [width, height] of [
  [1000, 500],
  [400, 400],
] as const) {
  test(`${width} px: a new text begins at its beginning, whatever of the text before was scrolled`, async () => {
    const panel = await withScrollers(await open({ width, height }));
    for (const view of views) {
      await panel.show('t512', {}, { view: { ...firstView, view } });
      assert.ok((await scrollAll(panel)) > 0, view);
      await panel.settled();
      await panel.show('cut', {}, { view: { ...firstView, view } });
      await panel.page.locator('ta-sentence .rest').first().waitFor();
      await panel.settled();
      assert.deepEqual(await scrolled(panel), [], view);
      assert.deepEqual(panel.errors, []);
    }
  });
}

test('a zoomed and moved matrix of the text before is no place in a new one', async () => {
  const panel = await open();
  await panel.show('t512', {}, { view: { ...firstView, view: 'matrix' } });
  const cell = (): Promise<number> =>
    panel.page
      .locator('ta-matrix')
      .evaluate((view) => (view as unknown as { layoutNow: { cell: number } }).layoutNow.cell);
  for (let step = 0; step < 5; step++) await panel.page.getByRole('button', { name: 'Zoom in' }).click();
  const zoomed = await cell();
  await panel.show('cut', {}, { view: { ...firstView, view: 'matrix' } });
  await panel.page.locator('ta-sentence .rest').first().waitFor();
  await panel.settled();
  assert.ok((await cell()) < zoomed);
});

test('the live region speaks of the analysis that is shown, and of none when there is none', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 2, heads: [5], head: 5 });
  await panel.page.keyboard.press('ArrowRight');
  await panel.page
    .locator('#announcement', { hasText: 'layer 2, head 5: ‘[CLS]’ looks' })
    .waitFor({ state: 'attached' });
  await panel.show('causal', { layer: 1 });
  await panel.page
    .locator('#announcement', { hasText: /^story-decoder, \d+ tokens: layer 1, mean of 4 heads/ })
    .waitFor({ state: 'attached' });
  await panel.page.evaluate(() =>
    window.fakeHost.tellState({ shown: null, busy: null, trying: null, failure: null, view: null, symbol: null }),
  );
  await panel.page.getByText('Nothing analysed yet').waitFor();
  assert.equal(await panel.announcement().textContent(), '');
});

test('a text longer than its box says how much there is, and keeps clear of the notice under it', async () => {
  for (const width of [400, 560, 1000]) {
    const panel = await open({ width });
    await panel.show('cut');
    const cue = panel.page.locator('ta-sentence .more');
    await cue.filter({ hasText: /^↓ \d+ more lines?$/ }).waitFor();
    const [text, line, caption] = await Promise.all(
      ['.text', '.more', '.caption'].map((part) => panel.page.locator(`ta-sentence ${part}`).first().boundingBox()),
    );
    assert.ok(text && line && caption);
    assert.ok(text.y + text.height <= line.y + 0.5 && line.y + line.height <= caption.y + 0.5, `${width} px`);
    const lines = Number(/\d+/.exec((await cue.textContent()) ?? '')?.[0]);
    await cue.click();
    await panel.page.waitForFunction(
      (before) =>
        Number(
          /\d+/.exec(
            document
              .querySelector('ta-panel')
              ?.shadowRoot?.querySelector('ta-sentence')
              ?.shadowRoot?.querySelector('.more')?.textContent ?? '',
          )?.[0] ?? 0,
        ) < before,
      lines,
    );
    await panel.page.locator('ta-sentence .text').evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await cue.filter({ hasText: '↑ To the beginning' }).click();
    await cue.filter({ hasText: `↓ ${lines} more` }).waitFor();
    await panel.show('cat');
    await cue.waitFor({ state: 'detached' });
    assert.deepEqual(panel.errors, []);
  }
});

const names: readonly ViewName[] = ['heads', 'matrix'];
test('source and target are both in sight in every map of an encoder-decoder', async () => {
  const panel = await open();
  for (const view of names) {
    for (const [map, expected] of [
      [0, ['Source', 'Target · not in this map']],
      [1, ['Target', 'Source · not in this map']],
      [2, ['Target · queries', 'Source · keys']],
    ] as const) {
      await panel.show('cross', { map, layer: 0 }, { view: { ...firstView, view } });
      await panel.page.locator('ta-sentence .name', { hasText: expected[1] }).waitFor();
      assert.deepEqual(await panel.page.locator('ta-sentence .name > span:not(.term)').allTextContents(), expected);
      const words = await panel.page
        .locator('ta-sentence')
        .evaluate((element) => element.shadowRoot?.textContent ?? '');
      assert.match(words, /Das Komitee vertagte alles\./);
      assert.match(words, /The committee postponed/);
      assert.equal(await panel.page.getByRole('button', { name: 'Set target…' }).count(), 1);
    }
  }
  await panel.show('cat', {}, { view: firstView });
  await panel.page.getByRole('button', { name: 'Set target…' }).waitFor({ state: 'detached' });
  assert.equal(await panel.page.locator('ta-sentence .name').count(), 0);
});

test('what was left out of an analysis is told beside its picture', async () => {
  const panel = await open();
  const sentence = 'The target was left out: encoder-only models take no target.';
  await panel.show('cat', {}, { leftOut: [sentence] });
  await panel.page.locator('.notice[role=status]', { hasText: sentence }).waitFor();
  assert.ok(await panel.row('query', 3).isVisible());
});

test('characters lead to the editor where they stand there, and nowhere else', async () => {
  const panel = await open();
  const link = panel.page.locator('ta-inspector .where button');
  const token = { side: 'query', index: 3 } as const;
  const shown = async (
    name: 'cat' | 'cross' | 'written',
    map: number,
    index: number,
    inEditor: number[],
  ): Promise<number> => {
    await panel.show(name, { map, layer: 0, token: { ...token, index } }, { inEditor });
    await panel.page.locator('ta-inspector .where', { hasText: /characters \d+–\d+/ }).waitFor();
    return link.count();
  };
  assert.equal(await shown('cat', 0, 3, [0]), 1);
  assert.equal(await shown('cross', 2, 3, [0]), 0, 'a target that the model wrote');
  assert.equal(await shown('cross', 2, 3, [0, 1]), 1, 'a target that stands in a document');
  assert.equal(await shown('written', 0, 2, [0]), 1);
  assert.equal(await shown('written', 0, 8, [0]), 0, 'a word that the model wrote after the text');
  assert.equal(await shown('cat', 0, 4, []), 0, 'a text that has changed');
  await panel.show('cat', { token });
  await link.click();
  assert.equal((await panel.told('reveal')).length, 1);
});

test('tokens that look the same have their numbers in lists, and links that look the same are told apart', async () => {
  const panel = await open();
  for (let index = 1; index < 12; index++) {
    await panel.show('same', { layer: 0, heads: [0, 1, 2, 3], token: { side: 'query', index } });
    await panel.settled();
    for (const list of await panel.page.locator('ta-inspector ol').all()) {
      const names = await list.locator('.name').allTextContents();
      assert.equal(new Set(names).size, names.length, names.join(', '));
    }
    const rows = await panel.page.locator('.unseen > table th[scope=row]').allTextContents();
    assert.equal(new Set(rows).size, rows.length, rows.join(', '));
  }
  await panel.show('same', { layer: 0, heads: [0], head: 0 });
  const links = await panel.page.locator('ta-inspector li.link .pair').allTextContents();
  assert.equal(new Set(links).size, links.length, links.join(', '));
  await panel.show('cat');
  assert.equal(await panel.page.locator('ta-inspector sub').count(), 0);
});
