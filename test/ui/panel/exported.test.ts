import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { headOf } from '../../../src/core/attention/map.ts';
import { everything, type Focus } from '../../../src/core/scene/focus.ts';
import { htmlOf } from '../../../src/core/export/html.ts';
import { matrixSvgOf } from '../../../src/core/views/matrix/paper.ts';
import { english } from '../../../src/core/words/english.ts';
import { german } from '../../../src/core/words/german.ts';
import { speak } from '../../../src/core/words/words.ts';
import { headsSvgOf } from '../../../src/core/views/heads/paper.ts';
import { exportedPages } from '../../../scripts/build.ts';
import { pageParts } from '../../../src/engine/files/page-parts.ts';
import { blankPages } from './browser.ts';
import type { ToldWeight } from '../../../src/core/views/arithmetic/paper.ts';
import { analyses, synthetic } from './page/analyses.ts';
import { explanationOf } from './page/explanations.ts';
import { scorePartsOf } from './page/score-parts.ts';

const open = blankPages();
const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'exported-'));
const pictures = join(root, 'test-results', 'panel');
mkdirSync(pictures, { recursive: true });
after(() => rmSync(folder, { recursive: true }));

await Promise.all(exportedPages(join(folder, 'export')).map((options) => build(options)));

/** Writes a page and opens it from disk without a network. */
async function openExported(
  analysis: Analysis,
  focus: Focus,
  theme: 'light' | 'dark' = 'light',
  width = 1000,
  weight: ToldWeight | null = null,
): Promise<{ page: Page; errors: string[]; file: string }> {
  const file = join(folder, 'page.html');
  writeFileSync(file, [...htmlOf(analysis, focus, pageParts(join(folder, 'export')), weight)].join(''));
  const page = await open({ width, colorScheme: theme });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.context().setOffline(true);
  await page.goto(pathToFileURL(file).href);
  return { page, errors, file };
}

test('an exported page opens from disk with the network off and answers the mouse with the numbers', async () => {
  const { page, errors } = await openExported(analyses.cat(), { map: 0, layer: 3, heads: [7] });
  const [map] = analyses.cat().maps;
  assert.ok(map);
  await page.locator('.token', { hasText: 'ate' }).hover();
  const weight = (query: number, key: number): string => (headOf(map, 3, 7)[query * 11 + key] ?? 0).toFixed(4);
  await page.locator('.answer', { hasText: `Layer 3, head 7: ‘ate’ looks ${weight(6, 6)} at ‘ate’.` }).waitFor();
  assert.equal(await page.locator('caption').first().textContent(), '‘ate’ looks at');
  assert.ok((await page.locator('td').allTextContents()).includes(weight(6, 7)));
  await page.locator('select#head').selectOption({ label: '2' });
  await page.locator('.answer', { hasText: 'head 2: ‘ate’ looks' }).waitFor();
  await page.locator('select#head').selectOption({ label: 'mean of 8' });
  await page.locator('.answer', { hasText: 'mean of all heads' }).waitFor();
  assert.deepEqual(errors, []);
});

test('an exported page has what the model predicts: masks beside the text, else at the token pointed at', async () => {
  const masked = await openExported(analyses.masked(), { map: 0, layer: 2, heads: null });
  assert.match(
    (await masked.page.locator('.predicted').allTextContents()).join('\n'),
    /^In place of the mask at token 5: ⏎ 0\.50 · in 0\.25 · dragon 0\.13/m,
  );
  const written = await openExported(analyses.written(), { map: 0, layer: 2, heads: null });
  assert.equal(await written.page.locator('.predicted').count(), 0);
  await written.page.locator('.token').nth(7).hover();
  const table = written.page.locator('aside table', { has: written.page.locator('caption', { hasText: /^After/ }) });
  assert.match((await table.textContent()) ?? '', /^After ‘tiny’dragon0\.50a0\.25/);
  const answered = await openExported(analyses.answered(), { map: 0, layer: 2, heads: null });
  assert.match(
    (await answered.page.locator('.predicted').allTextContents()).join('\n'),
    /The hungry cat 0\.62[^]*hungry 0\.81 · calm 0\.15/,
  );
  assert.deepEqual([masked.errors, written.errors, answered.errors], [[], [], []]);
});

test('an exported page is used by keyboard alone, its cells are the ones that are read out', async () => {
  const { page, errors } = await openExported(analyses.cat(), { map: 0, layer: 0, heads: [0] });
  await page.locator('.stage').focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'End']) await page.keyboard.press(key);
  await page.locator('.answer', { hasText: '‘cat’ looks' }).waitFor();
  assert.match((await page.locator('.answer').textContent()) ?? '', /‘cat’ looks [\d.]{6} at ‘\[SEP\]’/);
  for (const key of ['+', '+', '-', '0', 'Control+Home']) await page.keyboard.press(key);
  await page.locator('.answer', { hasText: '‘[CLS]’ looks' }).waitFor();
  assert.deepEqual(errors, []);
});

test('an encoder-decoder page shows each of its maps', async () => {
  const { page, errors } = await openExported(analyses.cross(), everything);
  await page.locator('select#map').selectOption({ label: 'cross' });
  await page.locator('.token').first().hover();
  await page.locator('.answer', { hasText: 'Layer 0, mean of all heads' }).waitFor();
  assert.equal(await page.locator('.token').count(), analyses.cross().maps[2]?.shape[3]);
  assert.deepEqual(errors, []);
});

test('a page of a hybrid has a row for every run of layers: those that attend are chosen, others say what', async () => {
  const { page, errors } = await openExported(analyses.hybrid(), { map: 0, layer: 2, heads: [3] });
  const rows = page.locator('.layers li');
  assert.deepEqual(await rows.allTextContents(), [
    ...['0–1 · convolution', '2', '3–5 · convolution', '6', '7–9 · convolution', '10', '11–13 · convolution', '14'],
    ...['15–17 · convolution', '18', '19–20 · convolution', '21', '22–23 · convolution'],
  ]);
  const chosen = page.locator('.layers button[aria-pressed="true"]');
  assert.equal(await chosen.textContent(), '10');
  await page.getByRole('button', { name: 'layer 18' }).press('Enter');
  await page.locator('.layers button[aria-pressed="true"]', { hasText: '18' }).waitFor();
  assert.equal(await page.locator('select#layer').evaluate((select: HTMLSelectElement) => select.value), '4');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), '18', 'the keyboard stays where it was');
  assert.deepEqual(errors, []);
  const { page: plain } = await openExported(analyses.cat(), { map: 0, layer: 0, heads: [0] });
  assert.equal(await plain.locator('.layers').isVisible(), false, 'all layers attend');
});

test('64 tokens and 144 heads are at most a megabyte in any language, and asked for nothing from outside', async () => {
  speak(german);
  const { page: translated, file: second } = await openExported(synthetic(64, 12, 12), everything);
  await translated.getByText('in 8 Bit').waitFor();
  assert.ok(statSync(second).size <= 1_000_000, `${statSync(second).size} bytes`);
  speak(english);
  const { page, errors, file } = await openExported(synthetic(64, 12, 12), everything);
  await page.locator('.token').first().hover();
  await page.locator('.answer', { hasText: 'looks' }).waitFor();
  assert.ok(statSync(file).size <= 1_000_000, `${statSync(file).size} bytes`);
  assert.match((await page.locator('footer').textContent()) ?? '', /in 8 bits/);
  assert.deepEqual(errors, []);
});

for (const theme of ['light', 'dark'] as const) {
  for (const width of [300, 1000]) {
    test(`picture of an exported page of a hybrid in ${theme}, ${width} px`, async () => {
      const { page } = await openExported(analyses.hybrid(), { map: 0, layer: 2, heads: [3] }, theme, width);
      await page.screenshot({ path: join(pictures, `exported-hybrid-${theme}-${width}.png`) });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is cut off');
    });

    test(`picture of an exported page in ${theme}, ${width} px`, async () => {
      const { page, errors } = await openExported(
        width === 300 ? analyses.causal() : analyses.masked(),
        { map: 0, layer: 3, heads: [1] },
        theme,
        width,
      );
      await page.locator('.token').nth(6).hover();
      await page.screenshot({ path: join(pictures, `exported-${theme}-${width}.png`), fullPage: true });
      assert.equal(await page.evaluate(() => document.scrollingElement?.scrollWidth), width);
      assert.deepEqual(errors, []);
    });
  }
}

for (const [name, draw] of [
  ['head view', headsSvgOf],
  ['matrix', matrixSvgOf],
] as const) {
  test(`an exported SVG of the ${name}, read again, has every token as text`, async () => {
    for (const one of ['pieces', 'causal', 'cross'] as const) {
      const analysis = analyses[one]();
      const svg = draw(analysis, { map: analysis.maps.length - 1, layer: 1, heads: [0, 2] });
      const page = await open();
      const texts = await page.evaluate((source) => {
        const read = new DOMParser().parseFromString(source, 'image/svg+xml');
        return [
          read.querySelector('parsererror')?.textContent ?? '',
          ...Array.from(read.querySelectorAll('text'), (text) => text.textContent),
        ];
      }, svg);
      assert.equal(texts.shift(), '');
      const map = analysis.maps.at(-1);
      // A row of a decoder names what is read and what is written.
      const names = texts.flatMap((text) => text.split(' ▸ '));
      for (const sequence of [map?.queries ?? 0, map?.keys ?? 0]) {
        for (const { text, special, start, end } of analysis.sequences[sequence]?.tokens ?? []) {
          const shown = special ? text : (analysis.sequences[sequence]?.text.slice(start, end) ?? '').trim();
          if (shown !== '') assert.ok(names.includes(shown), `‘${shown}’`);
        }
      }
      if (one === 'pieces') writeFileSync(join(pictures, `exported-${name.replace(' ', '-')}.svg`), svg);
    }
  });
}

test('a page of a weight in focus has its arithmetic and its parts, which say what is under the mouse', async () => {
  const cell = { map: 0, layer: 3, head: 7, query: 6, key: 2 };
  const analysis = analyses.cat();
  const weight = { cell, told: explanationOf(analysis, cell), parts: scorePartsOf(analysis, cell) };
  for (const theme of ['light', 'dark'] as const) {
    const { page, errors } = await openExported(analysis, { map: 0, layer: 3, heads: [7] }, theme, 1000, weight);
    const [arithmetic, parts] = [page.locator('.weight').nth(0), page.locator('.weight').nth(1)];
    assert.match((await arithmetic.locator('.unseen').textContent()) ?? '', /weight\(‘ate’ → ‘cat’\) = e/);
    assert.match((await parts.locator('.unseen').textContent()) ?? '', /score of ‘ate’ → ‘cat’/);
    const titles = async (which: typeof parts): Promise<string> =>
      (await which.locator('g > title').allTextContents()).join('\n');
    assert.match(await titles(arithmetic), /^component 0: q .*, k .*, products /m);
    assert.match(await titles(parts), /^−?\d\S*: what head 0\.1 wrote to ‘ate’ meeting .*‘cat’$/m);
    const { y: top } = (await arithmetic.boundingBox()) ?? { y: 0 };
    assert.ok(top > ((await page.locator('main').boundingBox())?.y ?? Infinity), 'below the matrix');
    await page.screenshot({ path: join(pictures, `page-weight-${theme}.png`), fullPage: true });
    assert.deepEqual(errors, []);
  }
});
