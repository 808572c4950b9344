import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headOf } from '../../../src/core/attention/map.ts';
import { strongest } from '../../../src/core/attention/rows.ts';
import { analyses } from './page/analyses.ts';
import { panelPages } from './browser.ts';

const open = panelPages();
const cat = analyses.cat();
const map = cat.maps[0] ?? assert.fail();
const tokens = ['[CLS]', 'The', 'cat', 'that', 'was', 'hungry', 'ate', 'the', 'fish', '.', '[SEP]'];
const weight = (layer: number, head: number, query: number, key: number): number =>
  headOf(map, layer, head)[query * 11 + key] ?? 0;

test('tokens stand on both sides, the sentence as it was written, lines between', async () => {
  const panel = await open();
  await panel.show('cat');
  assert.deepEqual(await panel.page.locator('ta-heads .query .label').allTextContents(), tokens);
  assert.deepEqual(await panel.page.locator('ta-heads .key .label').allTextContents(), tokens);
  assert.equal(
    await panel.page.locator('ta-sentence .text').textContent(),
    '[CLS]The cat that was hungry ate the fish.[SEP]',
  );
  assert.ok((await panel.ink('rest')) > 10_000, 'lines are drawn');
  assert.equal(await panel.ink('focus'), 0);
  assert.match(
    await panel.page.locator('footer').innerText(),
    /masked-lm-small.*\n?.*6 layers × 8 heads\s+11 tokens\s+14 ms/s,
  );
  assert.deepEqual(panel.errors, []);
});

test('hovering previews a token with the numbers of the data, and leaves no trace', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 2, heads: [5], head: 5 });
  const rest = await panel.ink('rest');
  await panel.row('query', 6).locator('.label').hover();
  await panel.row('query', 6).and(panel.page.locator('.focused')).waitFor();
  const row = headOf(map, 2, 5).subarray(6 * 11, 7 * 11);
  for (const { index, weight: expected } of strongest(row, 11).filter((link) => link.weight >= 0.02)) {
    assert.equal(await panel.row('key', index).locator('.number').textContent(), expected.toFixed(2));
  }
  assert.ok((await panel.ink('focus')) > 0);
  assert.equal(await panel.ink('rest'), rest, 'the lines at rest are not drawn again');
  const names = await panel.page.locator('ta-inspector ol').first().locator('.weight').allTextContents();
  assert.deepEqual(
    names,
    strongest(row, 5).map((link) => link.weight.toFixed(2)),
  );
  await panel.page.locator('footer').hover();
  await panel.page.locator('ta-inspector h2', { hasText: 'No token in focus' }).waitFor();
  assert.equal(await panel.ink('focus'), 0);
  assert.deepEqual(await panel.told('select'), []);
});

test('a click locks a token for everybody, the other side then gives the exact cell', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  await panel.row('query', 6).locator('.label').click();
  assert.deepEqual((await panel.lastSelection()).token, { side: 'query', index: 6 });
  await panel.row('key', 2).locator('.label').hover();
  const exact = weight(3, 7, 6, 2).toFixed(4);
  await panel.page.locator('ta-inspector .exact', { hasText: exact }).waitFor();
  assert.equal(await panel.row('key', 2).locator('.number').textContent(), exact);
  assert.equal(await panel.page.locator('ta-inspector h2').textContent(), 'ate');
  await panel.row('query', 6).locator('.label').click();
  assert.equal((await panel.lastSelection()).token, null);
});

test('a token looked at shows who looks at it', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  await panel.row('key', 7).locator('.label').click();
  const column = Float32Array.from({ length: 11 }, (_, query) => weight(3, 7, query, 7));
  const [best] = strongest(column, 1);
  assert.equal(
    await panel
      .row('query', best?.index ?? 0)
      .locator('.number')
      .textContent(),
    best?.weight.toFixed(2),
  );
  const second = await panel.page.locator('ta-inspector ol').nth(1).locator('.weight').first().textContent();
  assert.equal(second, best?.weight.toFixed(2));
});

test('the sentence is coloured by what the token looks at, and answers the mouse too', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  await panel.page.locator('ta-sentence [data-index="6"]').click();
  const best = strongest(headOf(map, 3, 7).subarray(66, 77), 1)[0]?.index;
  const alphas = await panel.page
    .locator('ta-sentence [data-index]')
    .evaluateAll((words) =>
      words.map((word) => Number(getComputedStyle(word).backgroundColor.match(/, ([\d.]+)\)$/)?.[1] ?? 1)),
    );
  assert.equal(alphas.indexOf(Math.max(...alphas)), best);
  assert.equal(await panel.page.locator('ta-sentence .focused').textContent(), 'ate');
  assert.deepEqual((await panel.lastSelection()).token, { side: 'query', index: 6 });
});

test('chips switch heads, a double click or Shift shows one alone, all shows all', async () => {
  const panel = await open();
  await panel.show('cat');
  const all = await panel.ink('rest');
  await panel.chip(3).click();
  assert.deepEqual((await panel.lastSelection()).heads, [0, 1, 2, 4, 5, 6, 7]);
  await panel.settled();
  assert.ok((await panel.ink('rest')) < all);
  await panel.chip(5).dblclick();
  assert.deepEqual((await panel.lastSelection()).heads, [5]);
  await panel.chip(2).click({ modifiers: ['Shift'] });
  assert.deepEqual(await panel.lastSelection(), { map: 0, layer: 3, heads: [2], head: 2, token: null });
  await panel.page.getByRole('button', { name: 'All of the heads' }).click();
  assert.deepEqual((await panel.lastSelection()).heads.length, 8);
  await panel.settled();
  assert.equal(await panel.ink('rest'), all);
  assert.equal((await panel.asked('weights')).length, 1, 'heads of a layer need no further weights');
});

test('the mean over heads is said in words and is the mean', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 1, heads: [0, 2, 4], head: null, token: { side: 'query', index: 3 } });
  const mean = Float32Array.from({ length: 11 }, (_, key) =>
    [0, 2, 4].reduce((sum, head) => sum + weight(1, head, 3, key) / 3, 0),
  );
  const [best] = strongest(mean, 1);
  assert.equal(
    await panel.page.locator('ta-inspector ol').first().locator('.weight').first().textContent(),
    best?.weight.toFixed(2),
  );
  assert.match(await panel.inspector(), /Mean of heads 0, 2, 4, layer 1.*mean over the heads shown/);
});

test('another layer asks for its weights and no others', async () => {
  const panel = await open();
  await panel.show('cat', { token: { side: 'query', index: 6 }, heads: [0], head: 0 });
  await panel.page.getByRole('button', { name: 'Layer above' }).click();
  const [best] = strongest(headOf(map, 4, 0).subarray(66, 77), 1);
  await panel.page
    .locator('ta-inspector ol')
    .first()
    .locator('.weight', { hasText: best?.weight.toFixed(2) ?? '' })
    .first()
    .waitFor();
  assert.deepEqual(await panel.asked('weights'), [
    { analysis: 'cat', map: 0, layer: 3 },
    { analysis: 'cat', map: 0, layer: 4 },
  ]);
  assert.equal((await panel.asked('heads')).length, 1);
});

test('the role and the entropy of the head are those of the data', async () => {
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7 });
  assert.match(
    await panel.inspector(),
    /Head 3\.7 next 0\.88 on this text; entropy 0\.80 of 2\.40 nats In 10 of 11 rows of this text/,
  );
  assert.match(await panel.inspector(), /A weight says where this head reads, not why the model answers as it does\./);
});

test('a causal map has nothing above its diagonal', async () => {
  const panel = await open();
  await panel.show('causal', { layer: 0, token: { side: 'query', index: 0 } });
  assert.deepEqual(await panel.page.locator('ta-heads .key .number').allTextContents(), ['1.00']);
  assert.match(
    (await panel.page.locator('ta-sentence .text').textContent()) ?? '',
    /Once upon a time⏎\nthere was a tiny {2}unremarkable dragon\./,
  );
});

test('two sequences: two texts, two columns, a picker for the maps', async () => {
  const panel = await open();
  await panel.show('cross', { map: 2, layer: 0 });
  assert.equal(await panel.page.locator('ta-sentence .text').count(), 2);
  const [queries, keys] = await Promise.all(
    ['query', 'key'].map((side) => panel.page.locator(`ta-heads .${side} .label`).count()),
  );
  assert.deepEqual([queries, keys], [analyses.cross().maps[2]?.shape[2], analyses.cross().maps[2]?.shape[3]]);
  await panel.page.locator('vscode-single-select').click();
  await panel.page.locator('vscode-single-select').getByRole('option', { name: 'Encoder' }).last().click();
  assert.equal((await panel.lastSelection()).map, 0);
  await panel.page.locator('ta-sentence .text').nth(1).waitFor({ state: 'detached' });
  assert.equal(await panel.page.locator('ta-heads .query .label').count(), keys);
});

test('the target of a decoder can be set from its text', async () => {
  const panel = await open();
  await panel.show('cross', { map: 2, layer: 0 });
  await panel.page.getByRole('button', { name: 'Set target…' }).click();
  assert.deepEqual(await panel.told('command'), ['target']);
});

test('characters lead back to the editor', async () => {
  const panel = await open();
  await panel.show('cat', { token: { side: 'query', index: 6 } });
  await panel.page.getByRole('button', { name: 'characters 24–27' }).click();
  assert.deepEqual(await panel.told('reveal'), [{ analysis: 'cat', sequence: 0, token: 6 }]);
});

test('another theme redraws the picture in its colours', async () => {
  const panel = await open();
  await panel.show('cat', { heads: [0], head: 0 });
  const before = await panel.chip(0).evaluate((chip) => getComputedStyle(chip).backgroundColor);
  await panel.page.evaluate(() => window.fakeHost.theme('light'));
  await panel.settled();
  assert.notEqual(await panel.chip(0).evaluate((chip) => getComputedStyle(chip).backgroundColor), before);
});
