import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headOf } from '../../../src/core/attention/map.ts';
import { firstView, plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { wordsOf } from '../../../src/core/text/words.ts';
import { analyses, type AnalysisName } from './page/analyses.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();
const cat = analyses.cat().maps[0] ?? assert.fail();
const row = (layer: number, head: number, query: number): number[] => [
  ...headOf(cat, layer, head).subarray(query * 11, query * 11 + 11),
];
const ate = { side: 'query', index: 6 } as const;
const focus = { layer: 3, heads: [7], head: 7, token: ate };

async function menu(panel: PanelPage): Promise<void> {
  await panel.page.getByRole('button', { name: 'Filter' }).click();
  await panel.page.getByRole('dialog', { name: 'Filter' }).waitFor();
}

const box = (panel: PanelPage, label: string) =>
  panel.page.getByRole('dialog', { name: 'Filter' }).locator(`vscode-checkbox[label="${label}"]`);
const option = (panel: PanelPage, group: string, label: string) =>
  panel.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: label, exact: true });
const labels = (panel: PanelPage, side: 'query' | 'key') =>
  panel.page.locator(`ta-heads .${side} .label`).allTextContents();
const line = (panel: PanelPage) => panel.page.locator('.filters .on');

async function shown(
  panel: PanelPage,
  name: AnalysisName,
  selection: Parameters<PanelPage['show']>[1],
  options: Partial<ViewOptions>,
): Promise<void> {
  await panel.show(name, selection);
  await panel.page.evaluate((view) => window.fakeHost.wantView(view), {
    ...firstView,
    options: { ...plainOptions, ...options },
  });
  await panel.settled();
}

test('the menu opens and closes by keyboard, keeps its keys, and gives the focus back', async () => {
  const panel = await open();
  await panel.show('cat', focus);
  const button = panel.page.getByRole('button', { name: 'Filter' });
  await button.focus();
  await panel.page.keyboard.press('Enter');
  await panel.page.getByRole('dialog', { name: 'Filter' }).waitFor();
  await panel.page.getByRole('radio', { name: 'tokens' }).and(panel.page.locator(':focus')).waitFor();
  await panel.page.keyboard.press('ArrowRight');
  await line(panel).getByText('words').waitFor();
  await panel.page.keyboard.press(']');
  assert.deepEqual(await panel.told('select'), [], 'no key of the menu moves the picture');
  await panel.page.keyboard.press('Escape');
  await panel.page.getByRole('dialog', { name: 'Filter' }).waitFor({ state: 'hidden' });
  assert.ok(await button.evaluate((element) => element.matches(':focus')));
  assert.deepEqual(panel.errors, []);
  assert.deepEqual(await panel.violations(), []);
});

test('hidden tokens leave both columns and the sentence; what remains keeps its numbers; the line says so and resets', async () => {
  const panel = await open();
  await panel.show('cat', focus);
  await menu(panel);
  await box(panel, 'special tokens').click();
  await box(panel, 'punctuation').click();
  assert.deepEqual(await labels(panel, 'key'), ['The', 'cat', 'that', 'was', 'hungry', 'ate', 'the', 'fish']);
  assert.equal(await panel.page.locator('ta-sentence .text').textContent(), 'The cat that was hungry ate the fish.');
  assert.equal(await line(panel).textContent(), 'special tokens and punctuation hidden');
  const kept = row(3, 7, 6).slice(1, 9);
  assert.equal(
    await panel.page.locator('ta-inspector ol').first().locator('.weight').first().textContent(),
    Math.max(...kept).toFixed(2),
  );
  await box(panel, 'Renormalise the remaining weights').click();
  const sum = kept.reduce((all, weight) => all + weight, 0);
  await panel.page
    .locator('ta-inspector ol')
    .first()
    .locator('.weight', { hasText: (Math.max(...kept) / sum).toFixed(2) })
    .first()
    .waitFor();
  await panel.page.keyboard.press('Escape');
  await panel.page.getByRole('button', { name: 'Reset' }).click();
  await line(panel).waitFor({ state: 'detached' });
  assert.equal((await labels(panel, 'key')).length, 11);
  assert.deepEqual((await panel.told('view')).at(-1), firstView);
});

test('top-k draws no more links a row, and still tells the exact number of one that it left out', async () => {
  const panel = await open();
  await panel.show('cat', focus);
  const all = await panel.ink('rest');
  await menu(panel);
  await box(panel, 'at most').click();
  const field = panel.page.getByLabel('Number of links');
  await field.fill('2');
  await field.press('Enter');
  await line(panel).getByText('top 2').waitFor();
  await panel.page.keyboard.press('Escape');
  await panel.settled();
  assert.ok((await panel.ink('rest')) < all);
  const weights = row(3, 7, 6);
  const [first = 0, second = 0] = [...weights].sort((a, b) => b - a);
  assert.deepEqual(await panel.page.locator('ta-inspector ol').first().locator('.weight').allTextContents(), [
    first.toFixed(2),
    second.toFixed(2),
  ]);
  const weakest = weights.indexOf(Math.min(...weights));
  await panel.row('key', weakest).locator('.label').hover();
  await panel.page.locator('ta-inspector .exact', { hasText: (weights[weakest] ?? 0).toFixed(4) }).waitFor();
  assert.match(await panel.inspector(), /filtered out of the picture/);
});

test('a threshold keeps the fewest links that hold their share', async () => {
  const panel = await open();
  await shown(panel, 'cat', focus, { mass: 0.7 });
  const sorted = row(3, 7, 6).sort((a, b) => b - a);
  let count = 0;
  for (let sum = 0; sum < 0.7; count++) sum += sorted[count] ?? 1;
  assert.equal(await panel.page.locator('ta-inspector ol').first().locator('.weight').count(), Math.min(5, count));
  assert.equal(await line(panel).textContent(), 'strongest links covering 70 %');
});

test('words stand for their pieces, and lead to their first token', async () => {
  const panel = await open();
  await shown(panel, 'pieces', { layer: 2, heads: [3], head: 3 }, { unit: 'words' });
  const analysis = analyses.pieces();
  const [sequence, map] = [analysis.sequences[0] ?? assert.fail(), analysis.maps[0] ?? assert.fail()];
  const words = wordsOf(sequence.tokens);
  assert.equal((await labels(panel, 'query')).length, words.length);
  const at = (await labels(panel, 'query')).indexOf('untranslatable');
  const word = words[at] ?? assert.fail();
  assert.ok(word.end - word.first > 1);
  await panel.row('query', at).locator('.label').click();
  assert.deepEqual((await panel.lastSelection()).token, { side: 'query', index: word.first });
  const weights = headOf(map, 2, 3);
  const count = sequence.tokens.length;
  const toWords = words.map(({ first, end }) => {
    let sum = 0;
    for (let from = word.first; from < word.end; from++)
      for (let to = first; to < end; to++) sum += weights[from * count + to] ?? 0;
    return sum / (word.end - word.first);
  });
  assert.equal(
    await panel.page.locator('ta-inspector ol').first().locator('.weight').first().textContent(),
    Math.max(...toWords).toFixed(2),
  );
  assert.match(await panel.inspector(), new RegExp(`tokens ${word.first}–${word.end - 1}`));
  assert.equal(await panel.page.locator('ta-sentence .focused').textContent(), 'untranslatable');
});

test('all layers come merged from the host; choosing a layer ends that', async () => {
  const panel = await open();
  await panel.show('cat', focus);
  await panel.page.getByRole('button', { name: 'All layers' }).click();
  const mean = row(0, 7, 6).map((_, key) =>
    [0, 1, 2, 3, 4, 5].reduce((sum, layer) => sum + (row(layer, 7, 6)[key] ?? 0) / 6, 0),
  );
  await panel.page
    .locator('ta-inspector ol')
    .first()
    .locator('.weight', { hasText: Math.max(...mean).toFixed(2) })
    .first()
    .waitFor();
  assert.deepEqual((await panel.asked('weights')).at(-1), { analysis: 'cat', map: 0, layer: 'mean' });
  assert.match(await panel.inspector(), /Head 7 \(all layers\)/);
  assert.match(
    (await panel.announcement().textContent()) ?? '',
    /^mean of 6 layers: mean of 6 layers, head 7: ‘ate’ looks/,
  );
  await panel.page.locator('ta-heads .column.query').focus();
  await panel.page.keyboard.press(']');
  await panel.page.locator('ta-toolbar .layer', { hasText: '4' }).waitFor();
  await line(panel).waitFor({ state: 'detached' });
  assert.equal((await panel.lastSelection()).layer, 4);
});

test('heads may be merged by their maximum', async () => {
  const panel = await open();
  await shown(panel, 'cat', { ...focus, heads: [1, 7], head: null }, { headMerge: 'max' });
  const highest = Math.max(...row(3, 1, 6), ...row(3, 7, 6));
  assert.equal(
    await panel.page.locator('ta-inspector ol').first().locator('.weight').first().textContent(),
    highest.toFixed(2),
  );
  assert.match(await panel.inspector(), /Maximum of heads 1, 7, layer 3/);
});

test('a direction decides what a token in focus shows, wherever it is pressed', async () => {
  const panel = await open();
  await panel.show('cat', focus);
  await menu(panel);
  await option(panel, 'Token in focus', 'as key').click();
  assert.deepEqual((await panel.lastSelection()).token, { side: 'key', index: 6 }, 'the token in focus turns round');
  await panel.page.keyboard.press('Escape');
  assert.doesNotMatch(await panel.inspector(), /Looks at/);
  await panel.page.locator('ta-sentence [data-index="2"]').click();
  assert.deepEqual((await panel.lastSelection()).token, { side: 'key', index: 2 });
  await panel.row('query', 8).locator('.label').click();
  assert.deepEqual((await panel.lastSelection()).token, { side: 'key', index: 8 });
});

test('a pair: one text looks at the other', async () => {
  const panel = await open();
  await panel.show('pair', { heads: [0], head: 0 });
  assert.equal(await panel.page.locator('ta-sentence br').count(), 1, 'the second text begins a line');
  await menu(panel);
  await option(panel, 'Pair', 'A → B').click();
  const { tokens } = analyses.pair().sequences[0] ?? assert.fail();
  const second = tokens.findIndex(({ segment }) => segment === 1);
  assert.deepEqual(await labels(panel, 'query'), ['[CLS]', 'The', 'cat', 'sat', 'down', '.', '[SEP]']);
  assert.equal((await labels(panel, 'key')).length, tokens.length - second);
  assert.deepEqual(
    await panel.page.locator('ta-sentence .text').evaluateAll((texts) => texts.map((text) => text.textContent)),
    ['[CLS]The cat sat down.[SEP]', 'It was unremarkably tired.[SEP]'],
  );
  await panel.page.keyboard.press('Escape');
  await panel.row('key', 1).locator('.label').click();
  assert.deepEqual((await panel.lastSelection()).token, { side: 'key', index: second + 1 });
});

test('one step at a time: the row of one token of the decoder, and the arrows go on', async () => {
  const panel = await open();
  await panel.show('cross', { map: 2, layer: 1 });
  const all = await panel.ink('rest');
  await menu(panel);
  await box(panel, 'one step at a time').click();
  await panel.page.keyboard.press('Escape');
  await panel.page.getByRole('group', { name: 'Step' }).getByText('Step 0 of').waitFor();
  assert.deepEqual((await panel.lastSelection()).token, { side: 'query', index: 0 });
  await panel.settled();
  const first = await panel.ink('rest');
  assert.ok(first > 0 && first < all / 2);
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.getByRole('group', { name: 'Step' }).getByText('Step 1 of').waitFor();
  await panel.page.getByRole('button', { name: 'Next step' }).click();
  assert.deepEqual((await panel.lastSelection()).token, { side: 'query', index: 2 });
  await panel.page.keyboard.press('Escape');
  await panel.page.getByRole('group', { name: 'Step' }).getByText('Step 2 of').waitFor();
  const map = analyses.cross().maps[2] ?? assert.fail();
  const keys = map.shape[3];
  await panel.row('key', 3).locator('.label').click();
  const mean = [0, 1, 2, 3].reduce((sum, head) => sum + (headOf(map, 1, head)[2 * keys + 3] ?? 0) / 4, 0);
  assert.deepEqual(await panel.page.locator('ta-inspector ol').first().locator('.weight').allTextContents(), [
    mean.toFixed(2),
  ]);
});

test('no head at all is a choice to begin from', async () => {
  const panel = await open();
  await panel.show('cat');
  await panel.page.getByRole('button', { name: 'None of the heads' }).click();
  assert.deepEqual((await panel.lastSelection()).heads, []);
  await panel.settled();
  assert.equal(await panel.ink('rest'), 0);
  assert.match(await panel.inspector(), /No heads selected/);
  await panel.chip(3).click();
  await panel.chip(5).click();
  assert.deepEqual((await panel.lastSelection()).heads, [3, 5]);
});

test('when everything is hidden the panel says so, and resets', async () => {
  const panel = await open();
  await shown(panel, 'pair', {}, { pairs: 'bb', hideSpecial: true, hidePunctuation: true });
  assert.deepEqual(await labels(panel, 'query'), ['It', 'was', 'unrem', 'arkably', 'tired']);
  await panel.page.evaluate(() => window.fakeHost.show('dots'));
  await panel.page.getByRole('heading', { name: 'Every token is hidden' }).waitFor();
  await panel.page.getByRole('button', { name: 'Reset' }).click();
  await panel.row('query', 1).waitFor();
});

test('in a causal map the other column shows what is out of sight, and the arrows stay within', async () => {
  const panel = await open();
  await panel.show('causal', { layer: 0, token: { side: 'query', index: 3 } });
  const dim = await panel.page
    .locator('ta-heads .key .row')
    .evaluateAll((rows) => rows.map((one) => one.classList.contains('out-of-sight')));
  assert.deepEqual(
    dim,
    dim.map((_, key) => key > 3),
  );
  await panel.page.locator('ta-heads .column.key').focus();
  await panel.page.keyboard.press('End');
  assert.equal(await panel.page.locator('ta-heads .column.key').getAttribute('aria-activedescendant'), 'key-3');
});
