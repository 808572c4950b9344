import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CDPSession } from 'playwright-core';
import { firstView } from '../../../src/core/attention/view.ts';
import { views } from '../../../src/core/views/table.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();
const times = 50;

/** Opens the panel so often, in one view after the other, and closes it each time once its picture stands there. */
async function openAndClose({ page }: PanelPage, count: number): Promise<void> {
  await page.evaluate(
    async ([rounds, states]) => {
      const frame = (): Promise<number> => new Promise(requestAnimationFrame);
      const shown = (): Element | null | undefined =>
        document.querySelector('ta-panel')?.shadowRoot?.querySelector('.view');
      for (let round = 0; round < rounds; round++) {
        const state = states[round % states.length];
        window.fakeHost.saved = null;
        if (state) window.fakeHost.show('cat', { token: { side: 'query', index: 6 } }, { view: state });
        document.body.append(document.createElement('ta-panel'));
        while (shown()?.localName !== `ta-${state?.view}`) await frame();
        await frame();
        document.querySelector('ta-panel')?.remove();
        await frame();
      }
    },
    [count, views.map((view) => ({ ...firstView, view }))] as const,
  );
}

/** What the page keeps after everything that can go has gone. */
async function kept(session: CDPSession): Promise<{ listeners: number; nodes: number; documents: number }> {
  await session.send('HeapProfiler.collectGarbage');
  const { jsEventListeners: listeners, nodes, documents } = await session.send('Memory.getDOMCounters');
  return { listeners, nodes, documents };
}

test(`opened and closed ${times} times, the panel leaves no listener, node, worker or GL context`, async () => {
  const panel = await open();
  const session = await panel.page.context().newCDPSession(panel.page);
  await panel.page.evaluate(() => {
    document.querySelector('ta-panel')?.remove();
    const counted = Object.assign(window, { contexts: [] as string[] });
    for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
      const { getContext } = prototype;
      Object.assign(prototype, {
        getContext(this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
          counted.contexts.push(kind);
          return Reflect.apply(getContext, this, [kind, ...rest]) as unknown;
        },
      });
    }
  });
  await openAndClose(panel, views.length);
  const before = await kept(session);
  await openAndClose(panel, times);
  assert.deepEqual(await kept(session), before);
  const contexts = await panel.page.evaluate(() => (window as unknown as { contexts: string[] }).contexts);
  assert.ok(contexts.length >= times, 'every picture was drawn');
  assert.deepEqual([...new Set(contexts)], ['2d'], 'canvases of memory alone');
  assert.equal(panel.page.workers().length, 0);
  assert.deepEqual(panel.errors, []);
});

test('a listener that stays is counted', async () => {
  const panel = await open();
  const session = await panel.page.context().newCDPSession(panel.page);
  const before = await kept(session);
  await panel.page.evaluate(() => {
    document.addEventListener('keyup', () => undefined);
    document.body.append('text');
  });
  const after = await kept(session);
  assert.deepEqual([after.listeners - before.listeners, after.nodes - before.nodes], [1, 1]);
});
