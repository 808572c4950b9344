import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView, type ViewState } from '../../../src/core/attention/view.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();
const model: ViewState = { ...firstView, view: 'model' };
const button = (panel: PanelPage) => panel.page.getByRole('button', { name: 'Effect of every head' });

test('the effect of every head is measured at the token in focus, with progress and a cancel; it is a measure then', async () => {
  const panel = await open();
  await panel.show('masked', { token: { side: 'query', index: 2 } }, { view: model });
  await panel.page.evaluate(() => window.fakeHost.holdExplain());
  await button(panel).click();
  const running = panel.page.locator('ta-model .effects');
  await running.filter({ hasText: '1 of 4 runs' }).waitFor();
  await panel.page.getByRole('button', { name: 'Cancel' }).click();
  await button(panel).waitFor();
  await panel.page.evaluate(() => window.fakeHost.letExplain?.());
  assert.equal(await panel.page.locator('.effects-line').count(), 0);
  await button(panel).click();
  const line = panel.page.locator('.effects-line');
  await line.waitFor();
  assert.match(
    await line.innerText(),
    /^Effect of every head on ‘fish’, with ‘\S+’ masked for this\. Largest: 1\.1 \(0\.31 nats\), feed-forward 0 \(0\.20 nats\) and /,
  );
  const asked = (await panel.asked('effects')) as { position: number }[];
  assert.deepEqual(
    asked.map(({ position }) => position),
    [2, 2],
  );
  await panel.page.evaluate((view) => window.fakeHost.wantView(view), { ...model, order: 'effect' } as ViewState);
  const cell = panel.page.locator('#head-1-1');
  await cell.filter({ hasText: '0.31 nats' }).waitFor();
  assert.match((await cell.getAttribute('aria-label')) ?? '', /effect 0\.31 nats/);
  assert.equal(await panel.page.locator('ta-model .cell').first().getAttribute('id'), 'head-1-1');
  await cell.click();
  await panel.page.locator('ta-inspector').filter({ hasText: 'Without head 1.1' }).waitFor();
  assert.match(
    await panel.inspector(),
    /Without head 1\.1 the probability of ‘fish’ falls from 0\.21 to 0\.06 \(KL 0\.31 nats\); ‘food’ is then the most probable\./,
  );
  assert.match(await panel.page.locator('ta-model table').first().innerText(), /Effect[^]*0\.31 nats/);
  await panel.page.evaluate((view) => window.fakeHost.wantView(view), {
    ...firstView,
    view: 'layers',
    metric: 'effect',
  } as ViewState);
  await panel.page.locator('ta-layers .dot').first().waitFor();
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

test('feed-forward parts stand beside the heads of their layers, and among them by effect; one is gone to, read and tried', async () => {
  const panel = await open();
  await panel.show('masked', { token: { side: 'query', index: 2 } }, { view: model });
  const cells = panel.page.locator('ta-model .cell');
  const ids = (): Promise<string[]> => cells.evaluateAll((all) => all.map(({ id }) => id));
  assert.equal((await ids()).length, 16, 'none before it is measured');
  await button(panel).click();
  const part = panel.page.locator('ta-model #feed-forward-2');
  await part.filter({ hasText: '0.20 nats' }).waitFor();
  assert.deepEqual((await ids()).slice(0, 6), [
    ...[0, 1, 2, 3].map((head) => `head-0-${head}`),
    'feed-forward-0',
    'head-1-0',
  ]);
  assert.equal(await part.getAttribute('aria-label'), 'Feed-forward part of layer 2, effect 0.20 nats');
  assert.match(
    (await part.getAttribute('title')) ?? '',
    /Without feed-forward 2 the probability of ‘fish’ falls from 0\.21/,
  );
  assert.equal(await part.getAttribute('aria-selected'), 'false');
  const twin = await panel.page.locator('ta-model table').innerText();
  assert.match(twin, /feed-forward 2[^]*0\.20 nats/);
  const grid = panel.page.locator('ta-model .grid');
  await grid.focus();
  await panel.page.keyboard.press('End');
  assert.equal(await grid.getAttribute('aria-activedescendant'), 'feed-forward-2');
  await panel.page.keyboard.press('t');
  const box = panel.page.getByRole('dialog', { name: 'Try it' });
  await box.getByRole('button', { name: 'Feed-forward off' }).click();
  const { edits } = (await panel.told('edit')).at(-1) as { edits: unknown };
  assert.deepEqual(edits, [{ kind: 'ffn-off', layer: 2 }]);
  await panel.page.keyboard.press('Escape');
  await box.waitFor({ state: 'hidden' });
  await panel.page.locator('ta-model #feed-forward-1').click({ position: { x: 9, y: 9 } });
  const { layer, heads, head } = await panel.lastSelection();
  assert.deepEqual([layer, heads, head], [1, [0, 1, 2, 3], null]);
  assert.deepEqual(await panel.violations(), []);
  await panel.page.evaluate((view) => window.fakeHost.wantView(view), { ...model, order: 'effect' } as ViewState);
  await cells.first().filter({ hasText: '0.31 nats' }).waitFor();
  assert.deepEqual((await ids()).slice(0, 6), [
    'head-1-1',
    ...[0, 1, 2, 3].map((one) => `feed-forward-${one}`),
    'head-3-0',
  ]);
  assert.match((await panel.page.locator('ta-model #feed-forward-3').textContent()) ?? '', /FF 3\n?0\.20 nats/);
  assert.deepEqual(panel.errors, []);
});

test('a failure says what to do, and a model that predicts nothing has a button that says so', async () => {
  const panel = await open();
  await panel.show('masked', {}, { view: model });
  await panel.page.evaluate((view) => window.fakeHost.wantView(view), {
    ...firstView,
    view: 'layers',
    metric: 'effect',
  } as ViewState);
  await panel.page.locator('ta-layers svg[role=grid]').waitFor();
  assert.equal(await panel.page.locator('ta-layers .dot').count(), 0);
  await panel.page.evaluate(() => {
    window.fakeHost.explainFails = { code: 'edit-impossible', model: 'm', detail: 'no output projection' };
  });
  await button(panel).click();
  await panel.page.getByRole('alert').filter({ hasText: 'no output projection' }).waitFor();
  await panel.show('cat', {}, { view: model });
  assert.equal(await button(panel).count(), 0);
  await panel.page.evaluate((view) => window.fakeHost.wantView(view), {
    ...firstView,
    view: 'layers',
    metric: 'effect',
  } as ViewState);
  await button(panel).waitFor();
  assert.ok(await button(panel).isDisabled());
  assert.match((await button(panel).getAttribute('title')) ?? '', /predicts neither/);
});
