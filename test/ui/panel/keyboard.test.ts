import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headOf } from '../../../src/core/attention/map.ts';
import { strongest } from '../../../src/core/attention/rows.ts';
import { analyses } from './page/analyses.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();
const map = analyses.cat().maps[0] ?? assert.fail();

async function press(panel: PanelPage, ...keys: string[]): Promise<void> {
  for (const key of keys) await panel.page.keyboard.press(key);
}

test('arrows move the token, brackets the layer, commas the head, and each move is announced', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 2, heads: [5], head: 5 });
  await press(panel, 'ArrowRight', 'ArrowRight', 'ArrowRight');
  assert.deepEqual((await panel.lastSelection()).token, { side: 'query', index: 2 });
  const [best] = strongest(headOf(map, 2, 5).subarray(22, 33), 1);
  const labels = await panel.page.locator('ta-heads .key .label').allTextContents();
  const said = `layer 2, head 5: ‘cat’ looks ${Math.round((best?.weight ?? 0) * 100)} % at ‘${labels[best?.index ?? 0]}’`;
  assert.equal(await panel.announcement().textContent(), said);
  await press(panel, ']');
  await panel.page.locator('#announcement', { hasText: 'layer 3, head 5: ‘cat’' }).waitFor({ state: 'attached' });
  await press(panel, '.');
  assert.deepEqual((await panel.lastSelection()).heads, [6]);
  await press(panel, ',', ',');
  assert.deepEqual((await panel.lastSelection()).heads, [4]);
  await press(panel, 'a');
  assert.equal((await panel.lastSelection()).heads.length, 8);
  assert.match((await panel.announcement().textContent()) ?? '', /^layer 3, mean of 8 heads: ‘cat’ looks \d+ % at/);
  await press(panel, '.', 's');
  assert.deepEqual((await panel.lastSelection()).heads, [0]);
  await press(panel, 'Escape');
  assert.equal((await panel.lastSelection()).token, null);
});

test('every part is one tab stop, in the order of reading', async () => {
  const panel = await open();
  await panel.show('cat', { token: { side: 'query', index: 2 } });
  const stops: string[] = [];
  for (let stop = 0; stop < 14; stop++) {
    await press(panel, 'Tab');
    stops.push(
      await panel.page.evaluate(() => {
        let active: Element | null = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        const root = active?.getRootNode();
        const term = root instanceof ShadowRoot && root.host.localName === 'ta-term' ? root.host : null;
        if (term) return `term ${term.textContent?.trim()}`;
        return active?.getAttribute('aria-label') ?? active?.textContent?.trim() ?? '';
      }),
    );
  }
  assert.deepEqual(
    stops.slice(0, 14).map((name) => name.replace(/^Head .*/, 'a head')),
    [
      'Head',
      'Layer below',
      'term Layer',
      'Layer above',
      'All layers',
      'a head',
      'Filter',
      'Export',
      'Copy link',
      'Help: keys and how to read the picture',
      'The analysed text',
      'Query tokens',
      'Key tokens',
      'term from token',
    ],
  );
});

test('in the other column the arrows read exact cells, and Enter moves the focus there', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6 } });
  await panel.page.locator('ta-heads .column.key').focus();
  await press(panel, 'ArrowDown');
  const [best] = strongest(headOf(map, 3, 7).subarray(66, 77), 1);
  await panel.page.locator('ta-inspector .exact', { hasText: best?.weight.toFixed(4) ?? '' }).waitFor();
  assert.equal(
    await panel.page.locator('ta-heads .column.key').getAttribute('aria-activedescendant'),
    `key-${best?.index}`,
  );
  await press(panel, 'ArrowUp');
  const above = (best?.index ?? 0) - 1;
  const exact = (headOf(map, 3, 7)[66 + above] ?? 0).toFixed(4);
  await panel.page.locator('ta-inspector .exact', { hasText: exact }).waitFor();
  assert.match((await panel.announcement().textContent()) ?? '', /‘ate’ looks \d+ % at ‘ate’/);
  await press(panel, 'Enter');
  assert.deepEqual((await panel.lastSelection()).token, { side: 'key', index: above });
});

test('among the chips the arrows go from chip to chip and Space switches', async () => {
  const panel = await open();
  await panel.show('cat');
  await panel.chip(0).focus();
  await press(panel, 'ArrowRight', 'ArrowRight', 'Space');
  assert.deepEqual((await panel.lastSelection()).heads, [0, 1, 3, 4, 5, 6, 7]);
  assert.equal(await panel.chip(2).getAttribute('aria-pressed'), 'false');
  assert.equal((await panel.lastSelection()).token, null, 'the arrows of the chips move no token');
});

test('the table twin has the exact weights of the token in focus', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7, token: { side: 'query', index: 6 } });
  const cells = await panel.page.locator('table td').allTextContents();
  assert.deepEqual(
    cells,
    Array.from(headOf(map, 3, 7).subarray(66, 77), (weight) => weight.toFixed(4)),
  );
  assert.equal(await panel.page.locator('table caption').textContent(), '‘ate’ looks at (layer 3, head 7)');
});

test('help opens on ?, keeps the keys to itself and closes on Escape', async () => {
  const panel = await open();
  await panel.show('cat', { token: { side: 'query', index: 6 } });
  await press(panel, '?');
  await panel.page.getByRole('dialog', { name: 'How to read this' }).waitFor();
  await press(panel, 'ArrowRight', ']');
  await press(panel, 'Escape');
  await panel.page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.deepEqual(await panel.told('select'), []);
});

test('a token far down is scrolled to', async () => {
  const panel = await open();
  await panel.show('t512');
  await panel.page.locator('ta-heads .column.query').focus();
  await press(panel, 'ArrowDown', 'End');
  await panel.row('query', 511).and(panel.page.locator('.focused')).waitFor();
  const box = await panel.row('query', 511).boundingBox();
  assert.ok(box && box.y > 100 && box.y + box.height < 760);
});

test('reduced motion: nothing moves', async () => {
  const panel = await open({ reducedMotion: 'reduce' });
  await panel.show('cat');
  const duration = await panel.page
    .locator('ta-heads canvas.rest')
    .evaluate((canvas) => getComputedStyle(canvas).transitionDuration);
  assert.equal(duration, '0s');
});
