import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyses, type AnalysisName } from './page/analyses.ts';
import { panelPages } from './browser.ts';
import type { ThemeName } from './page/themes.ts';

const open = panelPages();
const folder = join(import.meta.dirname, '..', '..', '..', 'test-results', 'panel');
mkdirSync(folder, { recursive: true });

test('a mask in focus shows what the model would put there, likeliest first, without vocabulary marks', async () => {
  const panel = await open();
  await panel.show('masked', { token: { side: 'query', index: 5 } });
  const rows = panel.page.locator('ta-inspector .candidates li');
  assert.equal(await rows.count(), 5);
  assert.deepEqual(await rows.locator('.name').allTextContents(), ['⏎', 'in', 'dragon', 'a', '[SEP]']);
  assert.deepEqual(await rows.locator('.weight').allTextContents(), ['0.50', '0.25', '0.13', '0.06', '0.03']);
  assert.match(await panel.inspector(), /Prediction ?In place of this mask/);
  await panel.show('masked', { token: { side: 'query', index: 2 } });
  assert.equal(await rows.count(), 0, 'a token that is no mask has no prediction');
  assert.doesNotMatch(await panel.inspector(), /Prediction/);
  await panel.show('masked');
  assert.match(await panel.inspector(), /In place of the mask at token 5 .* In place of the mask at token 8/);
});

test('a token of a decoder shows how likely it was and what was expected after it', async () => {
  const panel = await open();
  await panel.show('written', { token: { side: 'query', index: 3 } });
  const words = await panel.inspector();
  assert.match(words, /‘time’ had probability 0\.13 here: 2 tokens were likelier\./);
  assert.match(words, /After ‘time’/);
  assert.match(words, /‘there’ stands there, with probability 0\.01: 7 tokens were likelier\./);
  await panel.show('written');
  assert.match(await panel.inspector(), /Prediction ?\s*What would come next/);
});

test('what the model wrote is told from what was given', async () => {
  const panel = await open();
  await panel.show('written');
  const written = panel.page.locator('ta-sentence .written');
  const [sequence] = analyses.written().sequences;
  assert.equal(await written.count(), (sequence?.tokens.length ?? 0) - 6);
  assert.equal(await written.first().evaluate((word) => getComputedStyle(word).fontStyle), 'italic');
  assert.equal(await panel.page.locator('ta-sentence .voice').textContent(), 'written by the model');
  await panel.show('cat');
  assert.equal(await panel.page.locator('ta-sentence .voice, ta-sentence .written').count(), 0);
});

test('a conversation has its roles as headings, and the template’s own tokens are dim', async () => {
  const panel = await open();
  await panel.show('chat');
  assert.deepEqual(await panel.page.locator('ta-sentence .voice').allTextContents(), [
    'system',
    'user',
    'assistant, written by the model',
  ]);
  assert.deepEqual(
    (await panel.page.locator('ta-sentence .template').allTextContents()).map((text) => text.trim()).slice(0, 3),
    ['<', 'system', '>'],
  );
});

test('an answer, a label and tags stand under the sentence and beside the token', async () => {
  const panel = await open();
  await panel.show('answered', { token: { side: 'query', index: 3 } });
  const captions = (await panel.page.locator('ta-sentence .caption').allInnerTexts()).map((text) =>
    text.replace(/\s+/g, ' '),
  );
  assert.deepEqual(captions, [
    'Answer: “The hungry cat” 0.62, characters 0–14',
    'Predicted: hungry 0.81 · calm 0.15 · glad 0.04',
  ]);
  assert.match(await panel.inspector(), /‘cat’ is labelled B-ANIMAL 0\.90\./);
});

test('how the attention was read opens from the foot line, by mouse and by keyboard', async () => {
  const panel = await open({ width: 300 });
  await panel.show('cat');
  const note = panel.page.getByText('Attention was read from 6 Softmax nodes');
  assert.equal(await note.isVisible(), false);
  await panel.page.getByText('How this was read').click();
  await note.waitFor();
  assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  await panel.page.keyboard.press('Enter');
  await note.waitFor({ state: 'hidden' });
  assert.deepEqual(await panel.told('select'), [], 'the key opens and does nothing else');
});

const themes: readonly ThemeName[] = ['dark', 'light', 'contrast', 'contrast-light'];
const scenes: readonly [AnalysisName, number | null, readonly number[]][] = [
  ['masked', 5, [750]],
  ['written', 7, [300, 1400]],
  ['chat', null, [300, 750]],
  ['answered', 3, [750]],
];
for (const theme of themes) {
  test(`pictures of predictions in ${theme}`, async () => {
    for (const [name, index, widths] of scenes) {
      for (const width of widths) {
        const panel = await open({ theme, width });
        await panel.show(name, { token: index === null ? null : { side: 'query', index } });
        if (name === 'chat') await panel.page.getByText('How this was read').click();
        await panel.page.screenshot({
          path: join(folder, `prediction-${name}-${theme}-${width}.png`),
          animations: 'disabled',
        });
        assert.deepEqual(panel.errors, []);
      }
    }
  });
}
