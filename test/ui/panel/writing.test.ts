import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { plainSampling } from '../../../src/core/prediction/sampling-settings.ts';
import { panelPages, type PanelPage } from './browser.ts';

const open = panelPages();

/** The candidates as they are read: name, number and whether they are cut off. */
function candidatesOf({ page }: PanelPage): Promise<string[]> {
  return page
    .locator('ta-predictions .candidates li')
    .evaluateAll((rows) =>
      rows.map(
        (row) => `${(row as HTMLElement).innerText.replace(/\s+/g, ' ').trim()}${row.matches('.cut') ? ' cut' : ''}`,
      ),
    );
}

test('predictions stand beside the sentence, follow the settings, and say what the text has', async () => {
  const panel = await open();
  const sampling = { ...plainSampling, temperature: 0.5, topK: 3, seed: 7 };
  await panel.show('written', {}, { view: { ...firstView, sampling } });
  const { page } = panel;
  await page.getByText('3 of 20 tokens').waitFor();
  // The model gives 1/2, 1/4, 1/8 …; their squares 1/4, 1/16 and 1/64 sum to 21/64.
  assert.deepEqual(
    (await candidatesOf(panel)).map((row) => row.replace(/^\S+ /, '')),
    ['0.76', '0.19', '0.05', '0.06 cut', '0.03 cut', '0.02 cut'],
  );
  const [sentence, told] = await Promise.all(
    ['ta-sentence', 'ta-predictions .told'].map((part) => page.locator(part).boundingBox()),
  );
  assert.ok(sentence && told && told.x >= sentence.x + sentence.width, 'beside the sentence');
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByText('all of 20 tokens').waitFor();
  assert.deepEqual(
    (await candidatesOf(panel)).map((row) => row.replace(/^\S+ /, '')),
    ['0.50', '0.25', '0.13', '0.06', '0.03', '0.02'],
  );
  const [view] = (await panel.told('view')).slice(-1) as { sampling: unknown }[];
  assert.deepEqual(view?.sampling, { ...plainSampling, seed: 7 });
  await page.getByLabel('Top-p').fill('0.8');
  await page.getByLabel('Top-p').press('Enter');
  await page.getByText('3 of 20 tokens').waitFor();
  await panel.show('written', { token: { side: 'query', index: 7 } });
  assert.match(await page.locator('ta-predictions .in-text').innerText(), /^in the text: \S+ .*rank 8$/);
  assert.match(await page.locator('ta-predictions .toggle').innerText(), /After ‘tiny’/);
  assert.deepEqual(panel.errors, []);
});

test('everything of writing works by keyboard, and nothing moves when it is hidden and shown', async () => {
  const panel = await open();
  await panel.show('written', {}, { view: firstView });
  const { page } = panel;
  for (const key of ['c', 'Shift+C', 'Backspace']) await page.keyboard.press(key);
  const told = (await panel.told('write')) as { tokens: number; written: number[] }[];
  const length = told[0]?.written.length ?? 0;
  assert.deepEqual(
    told.map(({ tokens, written }) => [tokens, written.length]),
    [
      [1, length],
      [5, length],
      [0, length - 1],
    ],
  );
  assert.ok(length > 2);
  await page.getByRole('checkbox', { name: 'Sample' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Take another' }).focus();
  await page.keyboard.press('Enter');
  assert.deepEqual((await panel.told('write')).at(-1), {
    analysis: 'written',
    tokens: length,
    sampling: { seed: 2, temperature: 1, topK: Number.MAX_SAFE_INTEGER, topP: 1 },
  });
  await page.getByRole('button', { name: 'Accept into the text' }).focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await panel.told('accept'), [{ analysis: 'written' }]);
  await page.locator('ta-predictions .candidates button').nth(1).focus();
  await page.keyboard.press('Enter');
  const chosen = (await panel.told('write')).at(-1) as { tokens: number; written: number[] };
  assert.deepEqual([chosen.tokens, chosen.written.length], [0, length + 1], 'a candidate is written when it is chosen');
  const toggle = page.locator('ta-predictions .toggle');
  await toggle.focus();
  await page.keyboard.press('Enter');
  assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
  assert.equal(await page.locator('ta-predictions .candidates').count(), 0);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('ta-predictions .candidates li').count(), 6);
  assert.deepEqual(await panel.told('select'), [], 'the keys did nothing else');
});

test('where the model ended the text, the panel says so: pressing Continue would change nothing', async () => {
  const panel = await open({ width: 560 });
  const line = panel.page.locator('ta-predictions .ended');
  await panel.show('written', {}, { view: firstView });
  await panel.page.getByRole('button', { name: 'Continue' }).waitFor();
  assert.equal(await line.count(), 0);
  await panel.show('ended', {}, { view: firstView });
  assert.equal(
    await line.innerText(),
    'The model ended the text here, with ‘<|endoftext|>’. To go on, click another token.',
  );
});

test('what is written appears as it is written, without a line that pushes the picture down', async () => {
  const panel = await open({ width: 560 });
  await panel.show('written', {}, { view: firstView });
  const { page } = panel;
  const top = async (): Promise<number | undefined> => (await page.locator('ta-heads').boundingBox())?.y;
  const before = await top();
  const text = ' a tiny dragon who lived alone. It';
  await panel.show('written', {}, { busy: { stage: 'Generating', done: 8, total: 9, detail: text } });
  assert.match(await page.locator('ta-sentence .text').innerText(), /alone\. It$/);
  assert.equal(await page.locator('.notice').count(), 0);
  assert.equal(await top(), before);
  await page.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual((await panel.told('command')).at(-1), 'cancel');
  assert.ok(((await page.locator('ta-predictions .candidates').boundingBox())?.height ?? 99) <= 20, 'one line');
});

test('a mask shows its likeliest word in place, and a candidate fills it', async () => {
  const panel = await open({ theme: 'contrast' });
  await panel.show('masked', { token: { side: 'query', index: 8 } });
  const { page } = panel;
  assert.deepEqual(await page.locator('ta-sentence .filling').allInnerTexts(), ['⏎', 'a']);
  const [first] = await candidatesOf(panel);
  assert.equal(first, 'a 0.50');
  await page.locator('ta-predictions .candidates button').first().click();
  assert.deepEqual(await panel.told('fill'), [{ analysis: 'masked', token: 8, text: ' a' }]);
  assert.equal(await page.locator('ta-predictions .controls').count(), 0, 'an encoder writes nothing');
  await panel.show('cat');
  assert.equal(await page.locator('ta-predictions').count(), 0);
});
