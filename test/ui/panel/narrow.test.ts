import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { views } from '../../../src/core/views/table.ts';
import { panelPages, type PanelPage } from './browser.ts';
import type { AnalysisName } from './page/analyses.ts';
import { Reader } from './reader.ts';

const open = panelPages();
const few: readonly AnalysisName[] = ['cat', 'cross', 'many'];

/** How many rows the controls of the toolbar stand in: controls whose middles are nearly level share one. */
function rows({ page }: PanelPage): Promise<number> {
  return page.locator('ta-toolbar .bar').evaluate((bar) => {
    const boxes = [...bar.querySelectorAll(':scope > :not(.choices), .choices > *')]
      .map((child) => child.getBoundingClientRect())
      .filter(({ width }) => width > 0);
    const middles = boxes.map(({ top, height }) => top + height / 2).sort((one, other) => one - other);
    return middles.filter((middle, index) => index === 0 || middle - (middles[index - 1] ?? 0) > 12).length;
  });
}

for (const [width, most] of [
  [300, 3],
  [381, 2],
  [420, 2],
] as const) {
  test(`${width} px: at most ${most} rows of controls; the view has room, and the inspector can be scrolled to`, async () => {
    const panel = await open({ width, height: 640 });
    for (const name of few) {
      for (const view of views) {
        for (const layerMerge of [null, 'mean'] as const) {
          await panel.show(
            name,
            { token: { side: 'query', index: 3 } },
            { view: { ...firstView, view, options: { ...firstView.options, layerMerge } } },
          );
          assert.ok((await rows(panel)) <= most, `${name}, ${view}, ${layerMerge}: ${await rows(panel)} rows`);
          const room = await panel.page.locator('.main').evaluate((main) => main.clientHeight);
          assert.ok(room >= 240, `${name}, ${view}: ${room} px`);
        }
      }
      await panel.show(name, { token: { side: 'query', index: 3 } }, { view: firstView });
      const heading = panel.page.locator('ta-inspector h2').first();
      await heading.scrollIntoViewIfNeeded();
      assert.equal(
        await heading.evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }),
        true,
        name,
      );
    }
  });
}

test('the toolbar keeps its rows and its menus their place, whichever view is shown', async () => {
  for (const [name, width] of [
    ['cat', 300],
    ['cat', 400],
    ['cat', 560],
    ['cross', 690],
    ['many', 690],
    ['cat', 1000],
    ['cat', 1400],
  ] as const) {
    const panel = await open({ width, height: 640 });
    await panel.show(name, { token: { side: 'query', index: 3 } });
    const places = [];
    for (const view of views) {
      await panel.turn(view);
      places.push(
        await panel.page.locator('ta-toolbar').evaluate((bar) => {
          const { left, top } = bar.shadowRoot?.querySelector('ta-filter')?.getBoundingClientRect() ?? {};
          return { height: bar.getBoundingClientRect().height, left, top };
        }),
      );
    }
    for (const place of places) assert.deepEqual(place, places[0], `${name}, ${width} px`);
  }
});

test('a line under the sentence sums the picture up where the inspector is not beside the view', async () => {
  const panel = await open({ width: 400, height: 900 });
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  const line = panel.page.locator('.summary');
  assert.match(await line.innerText(), /^Strongest link: ‘.+’ → ‘.+’ 0\.\d\d$/u);
  await panel.row('query', 6).click();
  await line.filter({ hasText: /^‘ate’ looks most at ‘the’ 0\.\d\d$/u }).waitFor();
  const most = await panel.page.locator('ta-inspector ol').first().locator('.weight').first().textContent();
  assert.ok((await line.innerText()).endsWith(most ?? '?'), 'the same number as in the inspector');
  await panel.row('key', 2).hover();
  await line.filter({ hasText: /^‘ate’ → ‘cat’ 0\.\d{4}$/u }).waitFor();
  for (const [width, isThere] of [
    [519, true],
    [520, false],
  ] as const) {
    await panel.page.setViewportSize({ width, height: 900 });
    assert.equal(await line.isVisible(), isThere, `${width} px`);
    assert.equal(await panel.page.getByRole('separator').isVisible(), isThere, `${width} px`);
  }
});

test('the edge of the pane below the view is moved by mouse and keys, and is where it was after a reload', async () => {
  const panel = await open({ width: 400, height: 900 });
  await panel.show('cat', { token: { side: 'query', index: 3 } });
  const edge = panel.page.getByRole('separator', { name: 'Height of the details' });
  const share = async (): Promise<number> => Number(await edge.getAttribute('aria-valuenow'));
  const heights = (): Promise<number[]> =>
    panel.page
      .locator('.main')
      .evaluate((main) =>
        [main, main.querySelector('ta-inspector')].map((part) => part?.getBoundingClientRect().height ?? 0),
      );
  assert.equal(await share(), 36);
  await edge.focus();
  await panel.page.keyboard.press('ArrowUp');
  assert.equal(await share(), 41);
  const [all = 0, pane = 0] = await heights();
  assert.ok(Math.abs(pane / all - 0.41) < 0.02, `${pane} of ${all} px`);
  assert.deepEqual(await panel.told('select'), [], 'the key moves nothing else');
  for (const [key, at] of [
    ['Home', 15],
    ['ArrowDown', 15],
    ['End', 70],
    ['ArrowUp', 70],
  ] as const) {
    await panel.page.keyboard.press(key);
    assert.equal(await share(), at, key);
  }
  const { x = 0, y = 0, width = 0 } = (await edge.boundingBox()) ?? {};
  await panel.page.mouse.move(x + width / 2, y + 4);
  await panel.page.mouse.down();
  await panel.page.mouse.move(x + width / 2, y + 104, { steps: 3 });
  await panel.page.mouse.up();
  const dragged = await share();
  assert.ok(dragged < 60 && dragged > 40, `${dragged} %`);
  await panel.page.mouse.move(x + width / 2, y + 300);
  assert.equal(await share(), dragged, 'let go of');
  const saved = await panel.page.evaluate(() => window.fakeHost.saved);
  assert.equal(Math.round(100 * ((saved as { pane?: number }).pane ?? 0)), dragged);
  // Another view and another text keep it.
  await panel.turn('matrix');
  assert.equal(await share(), dragged);
  await panel.turn('heads');
  await panel.show('causal');
  assert.equal(await share(), dragged);
  await edge.dblclick();
  assert.equal(await share(), 36);
});

test('in a low panel the page scrolls, and the view keeps its room', async () => {
  const panel = await open({ width: 300, height: 320 });
  await panel.show('cat', { token: { side: 'query', index: 3 } });
  assert.ok((await panel.page.locator('.main').evaluate((main) => main.clientHeight)) >= 240);
  await panel.page.locator('footer').scrollIntoViewIfNeeded();
  assert.ok(
    await panel.page.locator('footer').evaluate((foot) => foot.getBoundingClientRect().bottom < innerHeight + 1),
  );
});

test('heads that have no room are scrolled to when they are in focus', async () => {
  const panel = await open({ width: 300 });
  await panel.show('many', { heads: [0], head: 0 });
  const seen = (head: number): Promise<boolean> =>
    panel.chip(head).evaluate((chip) => {
      const strip = chip.parentElement?.getBoundingClientRect();
      const { left, right } = chip.getBoundingClientRect();
      return strip !== undefined && left >= strip.left && right <= strip.right;
    });
  const last = (await panel.page.locator('ta-toolbar .chip').count()) - 1;
  assert.deepEqual([await seen(0), await seen(last)], [true, false]);
  await panel.show('many', { heads: [last], head: last });
  assert.deepEqual([await seen(0), await seen(last)], [false, true]);
});

test('with no room for ‘none’, ‘all’ switches every head on and off again; the arrow keys pass over what is not there', async () => {
  const panel = await open({ width: 300 });
  await panel.show('cat', { heads: [2], head: 2 });
  const all = panel.page.getByRole('button', { name: 'All of the heads' });
  await all.click();
  assert.equal((await panel.lastSelection()).heads.length, 8);
  await all.click();
  assert.deepEqual((await panel.lastSelection()).heads, []);
  await all.click();
  const reader = await Reader.of(panel.page);
  assert.match(await reader.press('ArrowRight'), /^button Mean of the heads/);
});

test('what has no button in a narrow panel is in its More menu, and says what it does', async () => {
  const panel = await open({ width: 300 });
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  const reader = await Reader.of(panel.page);
  await panel.page.keyboard.press(']');
  await reader.announced(/^layer 4/);
  assert.match(await reader.tabTo(/^button (Filter|Export)/), /^button Filter/);
  assert.match(await reader.press('Tab'), /^button Export/);
  assert.match(await reader.press('Tab'), /^button More/);
  assert.match(await reader.press('Enter'), /^menuitem Back/);
  assert.match(await reader.press('ArrowDown'), /^menuitem Copy link/, 'there is nothing to go forward to');
  assert.match(await reader.press('ArrowUp'), /^menuitem Back/);
  await reader.press('Enter');
  await reader.announced(/^layer 3/);
  assert.match(await reader.focus(), /^button More/);
  await reader.press('Enter', 'End', 'ArrowUp', 'Enter');
  assert.equal((await panel.told('link')).length, 1);
  await reader.press('Enter', 'End', 'Enter');
  await panel.page.getByRole('dialog', { name: 'How to read this' }).waitFor();
  assert.deepEqual([panel.errors, await panel.violations()], [[], []]);
});

test('no two controls of the toolbar are heard under one name', async () => {
  for (const width of [300, 1000]) {
    const panel = await open({ width });
    await panel.show('cat');
    const names = await (await Reader.of(panel.page)).all('button');
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
      `${width} px`,
    );
  }
});

test('what goes on below an edge fades there, until its end is in view', async () => {
  const maskOf = (panel: PanelPage, selector: string) =>
    panel.page.locator(selector).evaluate((element) => getComputedStyle(element).maskImage);
  for (const [view, scroller] of [
    ['heads', 'ta-heads .scroller'],
    ['model', 'ta-model .scroller'],
    ['layers', 'ta-layers .scroller'],
    ['heads', 'ta-inspector'],
  ] as const) {
    const low = await open({ width: 400, height: 500 });
    await low.show('cat', { layer: 3, heads: [7], head: 7 }, { view: { ...firstView, view } });
    assert.match(await maskOf(low, scroller), /gradient/u, scroller);
    await low.page.locator(scroller).evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await low.settled();
    assert.equal(await maskOf(low, scroller), 'none', `${scroller} at its end`);
    const tall = await open({ width: 1000, height: 1400 });
    await tall.show('cat', { layer: 3, heads: [7], head: 7 }, { view: { ...firstView, view } });
    assert.equal(await maskOf(tall, scroller), 'none', `${scroller} in a tall panel`);
  }
});

test('headings are whole where the inspector is at its narrowest; the way out of filters stands in their first line', async () => {
  const options = { ...firstView.options, unit: 'words', hideSpecial: true, hidePunctuation: true, mass: 0.9 } as const;
  for (const width of [300, 520, 560, 690, 1000]) {
    const panel = await open({ width });
    await panel.show('cat', {}, { view: { ...firstView, options: { ...options, renormalise: true, topK: 3 } } });
    const heading = panel.page.locator('ta-inspector h2');
    assert.equal(await heading.evaluate((element) => element.scrollWidth <= element.clientWidth), true, `${width} px`);
    const [line, reset] = await panel.page
      .locator('ta-panel .filters')
      .evaluate((filters) =>
        ['.on', '.link'].map((part) => filters.querySelector(part)?.getBoundingClientRect() ?? null),
      );
    assert.ok(line && reset);
    assert.ok(reset.top >= line.top - 1 && reset.bottom <= line.bottom + 1, `${width} px: beside, not below`);
  }
});

test('a word longer than a line of the inspector is broken there, never cut', async () => {
  const panel = await open({ width: 560 });
  await panel.show('cat', { token: { side: 'query', index: 6 } });
  const cut = await panel.page.locator('ta-inspector').evaluate((inspector) => {
    const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
    const { right } = inspector.getBoundingClientRect();
    return [...(inspector.shadowRoot?.querySelectorAll('h3, p') ?? [])].filter((text) => {
      const kept = [...text.childNodes];
      text.append(long);
      const range = document.createRange();
      range.selectNodeContents(text);
      const isCut = [...range.getClientRects()].some((box) => box.right > right);
      for (const node of [...text.childNodes]) if (!kept.includes(node)) node.remove();
      return isCut;
    }).length;
  });
  assert.equal(cut, 0);
});
