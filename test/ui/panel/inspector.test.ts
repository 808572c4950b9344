import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import { strongestHeads } from '../../../src/core/attention/strongest-heads.ts';
import { firstView, type ViewState } from '../../../src/core/attention/view.ts';
import type { Payload } from '../../../src/protocol/contract.ts';
import type { PanelHostContract } from '../../../src/protocol/panel.ts';
import { panelPages } from './browser.ts';
import { analyses } from './page/analyses.ts';

type HeadExample = Payload<PanelHostContract, 'example'>;

const open = panelPages();
const ate = { side: 'query', index: 6 } as const;

test('a head that rests on special tokens says so; one click shows the text without them, renormalised', async () => {
  const analysis = analyses.cat();
  const map = analysis.maps[0] ?? assert.fail();
  const sunk = summariseHeads(map, analysis.sequences)
    .flat()
    .find(({ sink }) => sink?.on === 'special');
  const { layer, head, sink } = sunk ?? assert.fail('no head rests on special tokens');
  const panel = await open();
  await panel.show('cat', { layer, heads: [head], head, token: ate });
  assert.match(await panel.inspector(), /Sink\. Rests on special tokens, most of all on \[(CLS|SEP)\]/u);
  assert.ok((await panel.inspector()).includes(`${Math.round(100 * (sink?.share ?? NaN))} % of its attention`));
  await panel.page.getByRole('button', { name: 'Show without special tokens' }).click();
  await panel.page.locator('ta-heads .row').filter({ hasText: '[SEP]' }).first().waitFor({ state: 'detached' });
  const { options } = (await panel.told('view')).at(-1) as ViewState;
  assert.deepEqual([options.hideSpecial, options.renormalise], [true, true]);
  // What is read then is the row by its definition: without special tokens, summing to 1.
  const [, heads, queries, keys] = map.shape;
  const from = ((layer * heads + head) * queries + ate.index) * keys;
  const row = [...map.weights.subarray(from + 1, from + keys - 1)];
  const most = Math.max(...row) / row.reduce((sum, weight) => sum + weight, 0);
  const first = panel.page.locator('ta-inspector ol').first().locator('.weight').first();
  assert.equal(await first.textContent(), most.toFixed(2));
  assert.equal(await panel.page.getByRole('button', { name: 'Show without special tokens' }).count(), 0);
  assert.equal(await panel.page.locator('ta-heads .row[id^="query-"]').count(), queries - 2);
});

test('“Strongest elsewhere” names the heads of the data, and a click goes there', async () => {
  const analysis = analyses.cat();
  const map = analysis.maps[0] ?? assert.fail();
  const all = strongestHeads(map, analysis.sequences, 'query', { first: ate.index, end: ate.index + 1 });
  const expected = all.filter(({ layer, head }) => layer !== 3 || head !== 7).slice(0, 3);
  const panel = await open();
  await panel.show('cat', { layer: 3, heads: [7], head: 7, token: ate });
  const list = panel.page.locator('ta-inspector ul.elsewhere li');
  await list.nth(2).waitFor();
  const told = await list.evaluateAll((items) => items.map(({ textContent }) => textContent));
  const labels = ['[CLS]', 'The', 'cat', 'that', 'was', 'hungry', 'ate', 'the', 'fish', '.', '[SEP]'];
  assert.deepEqual(
    told,
    expected.map(({ layer, head, token, weight }) => `${layer}.${head} → ${labels[token]}${weight.toFixed(2)}`),
  );
  await list.first().getByRole('button').click();
  const { layer, head, heads, token } = await panel.lastSelection();
  assert.deepEqual({ layer, head, heads }, { ...pick(expected[0]), heads: [expected[0]?.head] });
  assert.deepEqual(token, ate, 'the same word stays in focus');
});

test('the vocabulary’s text and id of a token, and of each piece of a word, stand under its name', async () => {
  const analysis = analyses.pieces();
  const tokens = analysis.sequences[0]?.tokens ?? [];
  const at = tokens.findIndex(({ text }) => text.startsWith('##'));
  const line = (first: number, end: number): string => {
    const pieces = tokens.slice(first, end);
    const ids = pieces.map(({ id }) => id).join(', ');
    return `${pieces.map(({ text }) => text).join(' ')}${end - first > 1 ? 'ids' : 'id'} ${ids}`;
  };
  const panel = await open();
  await panel.show('pieces', { token: { side: 'query', index: at } });
  const shown = panel.page.locator('ta-inspector .vocabulary');
  assert.equal(await shown.textContent(), line(at, at + 1));
  await panel.page.evaluate((view) => window.fakeHost.wantView(view), {
    ...firstView,
    options: { ...firstView.options, unit: 'words' as const },
  });
  const end = tokens.findIndex(({ text }, index) => index > at && !text.startsWith('##'));
  await shown.filter({ hasText: 'ids' }).waitFor();
  assert.equal(await shown.textContent(), line(at - 1, end));
});

test('means and maxima of heads have one neutral colour, which no head has', async () => {
  for (const theme of ['dark', 'light'] as const) {
    const panel = await open({ theme });
    const swatch = async (selection: { heads: number[]; head: number | null }): Promise<number[]> => {
      await panel.show('cat', { layer: 3, ...selection });
      return panel.page
        .locator('ta-inspector .swatch')
        .evaluate((one) => (getComputedStyle(one).backgroundColor.match(/\d+/gu) ?? []).map(Number));
    };
    const merged = [await swatch({ heads: [0, 3], head: null }), await swatch({ heads: [1, 2, 5], head: null })];
    assert.deepEqual(merged[0], merged[1], 'the same whichever heads are merged');
    const spread = (color: readonly number[] = []): number => Math.max(...color) - Math.min(...color);
    assert.ok(spread(merged[0]) < 24, `${theme}: ${merged[0]?.join(' ')} is neutral`);
    for (let head = 0; head < 8; head++)
      assert.ok(spread(await swatch({ heads: [head], head })) > 60, `${theme}: head ${head} has a hue`);
  }
});

test('a fresh analysis says why it opened with its head; a click pins the link, another shows all heads', async () => {
  const panel = await open();
  const opening = { map: 0, layer: 3, head: 7, query: 6, key: 2, weight: 0.61 };
  await panel.show('cat', { layer: 3, heads: [7], head: 7 }, { opening });
  assert.match(await panel.inspector(), /Opened with head 3\.7: its link ‘ate’ → ‘cat’ \(0\.61\) stands out/u);
  const rule = await panel.page.locator('ta-inspector .opening').getAttribute('title');
  assert.match(rule ?? '', /Function words are those of the language of the text; .* words of up to 3 letters/u);
  await panel.page.getByRole('button', { name: 'Show the link' }).click();
  assert.deepEqual((await panel.lastSelection()).token, ate);
  await panel.show('cat', { layer: 0 }, { opening: null });
  assert.match(await panel.inspector(), /No head stands out on this text, so all of them are shown/u);
  await panel.page.locator('ta-inspector').getByRole('button', { name: 'All heads' }).click();
  await panel.page.locator('ta-model').waitFor();
});

function pick(link: { layer: number; head: number } | undefined): { layer?: number; head?: number } {
  return link ? { layer: link.layer, head: link.head } : {};
}

test('a measured head shows its score beside baselines, opens an example, leads to the heads like it', async () => {
  const panel = await open({ width: 1000, height: 1600 });
  await panel.show('cat', { layer: 3, heads: [4], head: 4, token: ate }, { measurements: 1 });
  const role = panel.page.locator('ta-inspector .role').first();
  assert.match(await role.innerText(), /^verb → subject\s+0\.93\s+not neighbours \(156\)\s+0\.92\s+196 words · best/u);
  // On a line from 0 to 1: the score, the best fixed offset and equal weights.
  const places = await role
    .locator('.track')
    .first()
    .evaluate((track) => {
      const { left, width } = track.getBoundingClientRect();
      return [...track.querySelectorAll('.score, .tick')].map((part) => {
        const box = part.getBoundingClientRect();
        return ((box.left + box.width / 2 - left) / width).toFixed(2);
      });
    });
  assert.deepEqual(places, ['0.44', '0.11', '0.93']);
  assert.match(await panel.inspector(), /its strongest weight from a verb was on its subject for 93 % of 196 words/u);
  const examples = panel.page.getByRole('list', { name: 'Examples' }).first();
  await examples.getByRole('button', { name: 'saw → Nobody' }).click();
  const [asked] = (await panel.told('example')) as HeadExample[];
  assert.deepEqual([asked?.map, asked?.layer, asked?.head], [0, 3, 4]);
  assert.equal(asked?.example.text, 'Nobody saw the old horse again.');
  const similar = panel.page.locator('ta-inspector ol.similar li');
  assert.equal(await similar.count(), 10);
  const distances = (await similar.locator('.weight').allTextContents()).map(Number);
  assert.deepEqual(
    distances,
    distances.toSorted((a, b) => a - b),
  );
  const name = (await similar.first().getByRole('button').textContent()) ?? '';
  await similar.first().getByRole('button').click();
  const { layer, head } = await panel.lastSelection();
  assert.equal(`${layer}.${head}`, name.split(' ')[0]);
  assert.deepEqual(panel.errors, []);
});

test('a head without a measured role says so, and a no-op what it hands over', async () => {
  const panel = await open({ width: 1000, height: 1400 });
  await panel.show('cat', { layer: 3, heads: [6], head: 6, token: ate }, { measurements: 1 });
  assert.match(await panel.inspector(), /On English test sentences no role was found for this head/u);
  await panel.show('cat', { layer: 3, heads: [7], head: 7, token: ate }, { measurements: 1 });
  assert.match(await panel.inspector(), /no-op0\.9286 tokens · equal weights 0\.14 · share by length 0\.31/u);
  await panel.page.getByRole('button', { name: 'chair → [SEP]' }).waitFor();
});

test('where what a layer hands over could not be read, its heads say so, and what can be done', async () => {
  const panel = await open({ width: 1000 });
  await panel.show('cat', { layer: 5, heads: [2], head: 2 }, { measurements: 1 });
  assert.match(await panel.inspector(), /Whether it is a no-op is not known: .* layer 5 .*Switch it off under Try it/);
  await panel.show('cat', { layer: 4, heads: [2], head: 2 }, { measurements: 1 });
  assert.doesNotMatch(await panel.inspector(), /is not known/);
});

test('the two words of a weight can be read whole where the inspector is narrow', async () => {
  // As wide as the panel is beside an editor and a side bar.
  const panel = await open({ width: 540, height: 900 });
  const cut = (selector: string): Promise<readonly string[]> =>
    panel.page
      .locator(`ta-inspector ${selector}`)
      .evaluateAll((all) =>
        all.flatMap(({ scrollWidth, clientWidth, textContent }) => (scrollWidth > clientWidth ? [textContent] : [])),
      );
  await panel.show('causal', { token: { side: 'query', index: 5, cell: 4 } });
  await panel.page.locator('ta-inspector .cell').waitFor();
  assert.deepEqual(await cut('.cell span:first-child'), []);
  await panel.show('causal');
  await panel.page.locator('ta-inspector .pair').first().waitFor();
  assert.deepEqual(await cut('.pair .name'), []);
});
