import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();
const failure = {
  what: 'The model process ended in the middle of a run: out of memory.',
  next: 'Run again: a new process starts by itself.',
  action: { label: 'Run again', command: 'rerun' },
} as const;

test('nothing analysed: one line and what to do', async () => {
  const panel = await open();
  await panel.page.getByText('Nothing analysed yet').waitFor();
  assert.match(
    await panel.page.locator('.page').innerText(),
    /Select a sentence in an editor and run Attention: Show Attention/,
  );
  assert.deepEqual(panel.errors, []);
});

test('busy: progress and a way out, over the picture before', async () => {
  const panel = await open();
  await panel.show('cat', {}, { busy: { stage: 'Running the model', done: 3, total: 6 } });
  await panel.page.getByText('Running the model 50 %').waitFor();
  assert.ok(await panel.row('query', 3).isVisible());
  await panel.page.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(await panel.told('command'), ['cancel']);
  await panel.show('cat');
  await panel.page.getByText('Running the model').waitFor({ state: 'detached' });
});

test('the first run of all: progress where the picture will be', async () => {
  const panel = await open();
  await panel.page.evaluate(() =>
    window.fakeHost.tellState({
      shown: null,
      busy: { stage: 'Loading the model' },
      trying: null,
      failure: null,
      view: null,
      symbol: null,
    }),
  );
  await panel.page.getByText('Loading the model').waitFor();
  assert.equal(await panel.page.locator('.page').count(), 0);
});

test('failure: what happened, what to do, one button', async () => {
  const panel = await open();
  await panel.show('cat', {}, { failure });
  const alert = panel.page.getByRole('alert');
  assert.equal((await alert.innerText()).replace(/\s+/g, ' ').trim(), `${failure.what} ${failure.next} Run again`);
  assert.equal(await alert.locator('vscode-button').count(), 1);
  await alert.getByRole('button', { name: 'Run again' }).click();
  assert.deepEqual(await panel.told('command'), ['rerun']);
});

test('text from outside stays text', async () => {
  const panel = await open();
  await panel.show('cat', {}, { failure: { ...failure, what: '<img src=x onerror=alert(1)>' } });
  assert.match(await panel.page.getByRole('alert').innerText(), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await panel.page.locator('img').count(), 0);
});

test('weights that cannot be had are a failure in words', async () => {
  const panel = await open();
  await panel.show('cat');
  await panel.page.evaluate(() => {
    window.fakeHost.weightsFail = true;
  });
  await panel.page.getByRole('button', { name: 'Layer above' }).click();
  await panel.page.getByRole('alert').getByText('This analysis is no longer in memory.').waitFor();
});

test('stale: a line and a button', async () => {
  const panel = await open();
  await panel.show('cat', {}, { stale: true });
  await panel.page.getByText('The text has changed since this analysis.').waitFor();
  await panel.page.getByRole('button', { name: 'Run again' }).click();
  assert.deepEqual(await panel.told('command'), ['rerun']);
});

test('first: one line that says what to try', async () => {
  const panel = await open();
  await panel.show('cat', {}, { first: true });
  await panel.page.getByText('Point at a word here to see what it looks at').waitFor();
  await panel.show('cat');
  await panel.page.getByText('Point at a word').waitFor({ state: 'detached' });
});

test('a part that was not analysed is dim and said', async () => {
  const panel = await open();
  await panel.show('pieces');
  assert.equal(await panel.page.locator('ta-sentence .rest').textContent(), ' This sentence came too late.');
  await panel.page
    .getByText('The first 21 tokens were analysed. Not analysed: the last 29 characters, shown dim')
    .waitFor();
});

test('hidden and shown again, the panel asks again and scrolls back', async () => {
  const panel = await open();
  await panel.show('t64');
  await panel.page.locator('ta-heads .scroller').evaluate((scroller) => {
    scroller.scrollTop = 300;
  });
  await panel.page.waitForFunction(
    () =>
      (window.fakeHost.saved as { scrollStates?: { heads?: { scroll: number } } } | null)?.scrollStates?.heads
        ?.scroll === 300,
  );
  const saved = await panel.page.evaluate(() => window.fakeHost.saved);
  const selection = { map: 0, layer: 1, heads: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], head: null, token: null };
  assert.deepEqual(saved, {
    version: 5,
    analysis: 't64',
    selection,
    scrollStates: { heads: { scroll: 300 } },
    view: firstView,
  });
  await reload(panel);
  await panel.page.waitForFunction(() => {
    const heads = document.querySelector('ta-panel')?.shadowRoot?.querySelector('ta-heads');
    return heads?.shadowRoot?.querySelector('.scroller')?.scrollTop === 300;
  });
  assert.equal((await panel.asked('state')).length, 2);
});

test('shown again, matrix and tiles are as large as they were, and at the same place', async () => {
  const panel = await open();
  await panel.show('t64');
  await panel.turn('matrix');
  const camera = (): Promise<{ cell: number; gridX: number; gridY: number }> =>
    panel.page.locator('ta-matrix').evaluate((view) => {
      const { cell, gridX, gridY } = (view as unknown as { layoutNow: { cell: number; gridX: number; gridY: number } })
        .layoutNow;
      return { cell, gridX, gridY };
    });
  const resting = await camera();
  for (let step = 0; step < 6; step++) await panel.page.getByRole('button', { name: 'Zoom in' }).click();
  const zoomed = await camera();
  assert.ok(zoomed.cell > 2 * resting.cell);
  await panel.page.waitForFunction((cell) => {
    const { scrollStates } = (window.fakeHost.saved ?? {}) as { scrollStates?: { matrix?: { size?: number } } };
    return scrollStates?.matrix?.size === cell;
  }, zoomed.cell);
  await panel.turn('model');
  for (let step = 0; step < 2; step++) await panel.page.getByRole('button', { name: 'Larger' }).click();
  const wide = await panel.page
    .locator('ta-model .cell')
    .first()
    .evaluate((cell) => cell.getBoundingClientRect().width);
  await reload(panel);
  await panel.page.waitForFunction((width) => {
    const cell = document
      .querySelector('ta-panel')
      ?.shadowRoot?.querySelector('ta-model')
      ?.shadowRoot?.querySelector('.cell');
    return cell?.getBoundingClientRect().width === width;
  }, wide);
  await panel.turn('matrix');
  await panel.page.waitForFunction(
    (cell) =>
      (
        document.querySelector('ta-panel')?.shadowRoot?.querySelector('ta-matrix') as unknown as {
          layoutNow: { cell: number };
        }
      ).layoutNow.cell === cell,
    zoomed.cell,
  );
  assert.deepEqual(await camera(), zoomed);
});

/** Hides the panel and shows it again, as VS Code does: all of it is made anew, and what was saved is read. */
async function reload(panel: PanelPage): Promise<void> {
  await panel.page.evaluate(() => {
    document.querySelector('ta-panel')?.remove();
    document.body.append(document.createElement('ta-panel'));
  });
}
