import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { views } from '../../../src/core/views/table.ts';
import { panelPages } from './browser.ts';
import type { AnalysisName } from './page/analyses.ts';

const open = panelPages();

/** Every node of the page, shadow trees included. */
function countNodes(): number {
  const count = (node: Node): number => {
    let nodes = 1;
    if (node instanceof Element && node.shadowRoot) nodes += count(node.shadowRoot);
    for (const child of node.childNodes) nodes += count(child);
    return nodes;
  };
  return count(document);
}

test('no violation of the content security policy in anything that the panel does', async () => {
  const panel = await open();
  await panel.show('pieces', { token: { side: 'query', index: 3 } }, { first: true, stale: true });
  await panel.row('key', 2).locator('.label').hover();
  await panel.chip(3).click();
  for (const key of [']', 'a', '?', 'Escape']) await panel.page.keyboard.press(key);
  await panel.show('cross', { map: 2 }, { busy: { stage: 'Running', done: 1, total: 2 } });
  await panel.show(
    'cross',
    {},
    { failure: { what: 'It failed.', next: 'Try again.', action: { label: 'Log', command: 'log' } } },
  );
  await panel.page.locator('vscode-single-select').click();
  await panel.settled();
  assert.deepEqual(await panel.violations(), []);
  assert.deepEqual(panel.errors, []);
});

test('the policy of the page does forbid what it should', async () => {
  const panel = await open();
  await panel.page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  await panel.page.waitForFunction(() => window.fakeHost.violations.length > 0);
});

test('malformed messages of a host are ignored', async () => {
  const panel = await open();
  await panel.show('cat', { token: { side: 'query', index: 6 } });
  await panel.page.evaluate(() => {
    const host = window.fakeHost;
    for (const message of [
      null,
      7,
      'state',
      [],
      {},
      { type: 'event' },
      { type: 'event', name: 'state', payload: {} },
      {
        type: 'event',
        name: 'state',
        payload: { shown: { analysis: 'x', info: {}, selection: {}, stale: 1 }, busy: null, failure: null },
      },
      {
        type: 'event',
        name: 'select',
        payload: { analysis: 'cat', selection: { map: -1, layer: 'a', heads: [], head: null, token: null } },
      },
      { type: 'event', name: '__proto__', payload: {} },
      { type: 'result', id: 99, value: {} },
      { type: 'request', id: 1, name: 'toString', params: null },
    ])
      host.raw(message);
    host.select('cat', { map: 0, layer: 99, heads: [400], head: 400, token: { side: 'key', index: 4000 } });
  });
  await panel.page.locator('ta-toolbar .layer', { hasText: '5' }).waitFor();
  assert.equal(await panel.page.locator('ta-heads .query .label').count(), 11);
  assert.equal(await panel.page.locator('ta-inspector h2').textContent(), 'No token in focus');
  assert.deepEqual(panel.errors, []);
});

for (const [name, most] of [
  ['t64', 2000],
  ['t512', 3100],
] as const) {
  test(`${name}: at most ${most} nodes with a token in focus, wherever it is scrolled`, async () => {
    const panel = await open({ height: 1000 });
    await panel.show(name, { token: { side: 'query', index: 40 } });
    const atTop = await panel.page.evaluate(countNodes);
    assert.ok(atTop <= most, `${atTop} nodes`);
    await panel.page.locator('ta-heads .scroller').evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight / 2;
    });
    await panel.settled();
    const nodes = await panel.page.evaluate(countNodes);
    assert.ok(nodes <= most, `${nodes} nodes`);
  });
}

for (const view of ['model', 'layers'] as const) {
  test(`${view}: at most 2400 nodes for 12 × 12 heads and 64 tokens`, async () => {
    const panel = await open({ width: 1400, height: 1000 });
    await panel.show('deep', { token: { side: 'query', index: 40 } }, { view: { ...firstView, view } });
    const nodes = await panel.page.evaluate(countNodes);
    assert.ok(nodes <= 2400, `${nodes} nodes`);
  });
}

test('512 tokens: hovering draws the focus alone', async () => {
  const panel = await open();
  await panel.show('t512');
  const rest = await panel.ink('rest');
  await panel.row('query', 5).locator('.label').hover();
  await panel.row('query', 5).and(panel.page.locator('.focused')).waitFor();
  assert.ok((await panel.ink('focus')) > 0);
  assert.equal(await panel.ink('rest'), rest);
});

for (const width of [300, 420, 700, 1400]) {
  test(`${width} px: nothing is wider than the panel, nothing is cut off`, async () => {
    const panel = await open({ width, height: 720 });
    for (const [name, view] of views.flatMap((one) =>
      (['pieces', 'cross', 'many'] as AnalysisName[]).map((analysis) => [analysis, one] as const),
    )) {
      await panel.show(name, { token: { side: 'query', index: 3 } }, { stale: true, view: { ...firstView, view } });
      const cut = await panel.page.evaluate((edge) => {
        const wide: string[] = [];
        const look = (root: ParentNode): void => {
          for (const element of root.querySelectorAll('*')) {
            if (element.shadowRoot) look(element.shadowRoot);
            const box = element.getBoundingClientRect();
            if (
              element.classList.contains('unseen') ||
              element.closest('.unseen, dialog, canvas, .dropdown, .strip > *') ||
              box.width === 0
            )
              continue;
            if (box.right > edge + 0.5 || box.left < -0.5)
              wide.push(`${element.localName}.${element.className} ${box.left}–${box.right}`);
          }
        };
        look(document.body);
        return wide;
      }, width);
      assert.deepEqual(cut, []);
      assert.equal(await panel.page.evaluate(() => document.scrollingElement?.scrollWidth), width);
    }
  });
}
