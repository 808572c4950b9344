import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { until } from '../harness/until.ts';
import { chapters, endModels, expected, inNewest, lineAt, openChapter, read, Reader } from './support/lesson-reader.ts';
import { PanelView } from './support/panel.ts';
import { session } from './support/session.ts';

const limit = 60_000;

describe('A chapter in the editor', () => {
  const now = session();
  after(endModels);

  it('covers what says the answer of a question until it is answered', inNewest, async () => {
    const { workbench } = now();
    const { editor, lineOf } = await read(workbench, '01-why-attention.md');
    const { page } = workbench;
    const ask = lineOf('ask: Which word does ‘was’');
    const [hint, answer, reason] = ['hint:', 'answer:', 'reason:'].map((key) => lineOf(key, ask));
    assert.ok(hint && answer && reason);
    await editor.go(ask);
    const covers = async (line: number): Promise<string> => (await editor.line(line)).covered;
    await until('the answer is covered', async () => (await covers(answer)) === 'strongest', limit);
    for (const line of [hint, reason]) assert.ok((await covers(line)).length > 40, `line ${line} is covered`);
    assert.equal(await covers(ask), '');
    const title = page.locator('.quick-input-title', { hasText: 'Which word does ‘was’' });
    await editor.press(ask - 1, 'Answer', () => title.isVisible());
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: /^that$/u }).click();
    await workbench.notifications().filter({ hasText: 'Right: “that”.' }).waitFor({ timeout: limit });
    for (const line of [hint, answer, reason])
      await until(`line ${line} can be read`, async () => (await covers(line)) === '', limit);
    await until('the line above says so', async () => (await editor.titles(ask - 1))[0] === 'Answered', limit);
  });

  it('computes numbers by hand at the ends of their lines while they are changed', inNewest, async () => {
    const { workbench } = now();
    const { editor, lineOf } = await read(workbench, '02-query-key-value.md');
    const line = lineOf('key cat: 2 0 2 0');
    const says = (text: string): Promise<void> =>
      until(`the line says ${text}`, async () => (await editor.line(line)).text.includes(text), limit);
    await editor.go(line);
    await says('key cat: 2 0 2 0q·k 6, score 3, weight 0.84');
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('Backspace');
    await workbench.page.keyboard.type('4');
    await says('key cat: 2 0 2 4q·k 2, score 1, weight 0.42');
    for (let steps = 0; steps < 2; steps++) await workbench.page.keyboard.press('ControlOrMeta+z');
    await says('key cat: 2 0 2 0q·k 6,');
  });

  it(
    'marks a part of the arithmetic that a word names, and the word of a part that is pointed at',
    inNewest,
    async () => {
      const { workbench } = now();
      const panel = new PanelView(workbench);
      const { editor, lineOf, chapter } = await read(workbench, '02-query-key-value.md');
      const real = chapter.fences.find(({ name }) => name === 'real');
      assert.ok(real?.kind === 'attention');
      const { state, weight } = await expected(real);
      const reader = new Reader(workbench, '02-query-key-value.md');
      await editor.press(real.first + 1, 'One weight, step by step', () => reader.shows(state, weight));
      const line = lineOf('Strips of colour');
      await editor.go(line, lineAt('02-query-key-value.md', line).indexOf('[query]') + 3);
      await panel.symbol('q').and(workbench.webview().locator('[aria-pressed="true"]')).waitFor({ timeout: limit });
      await until('the word has a frame', () => editor.isFramed('query'), limit);
      await panel.symbol('product').focus();
      await until('another word has a frame', () => editor.isFramed('products'), limit);
      assert.equal(await editor.isFramed('query'), false);
    },
  );

  it('shows the key picture of every chapter in the dark theme', inNewest, async () => {
    const { workbench } = now();
    await workbench.wear('dark');
    for (const { file, chapter } of chapters) {
      await openChapter(workbench, file, chapter);
      await new Reader(workbench, file).showKey(chapter, 'dark');
    }
  });
});
