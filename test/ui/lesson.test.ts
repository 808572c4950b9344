import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { weightText } from '../../src/core/attention/number-words.ts';
import { builtIns } from '../../src/core/catalogue/built-in.ts';
import { readChapter, type Chapter, type FenceOf } from '../../src/core/lesson/chapter.ts';
import { foundIn } from '../../src/core/lesson/found.ts';
import { Row } from '../../src/core/lesson/row.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { lessonModels } from '../../src/engine/run/lesson-models.ts';
import { until } from '../harness/until.ts';
import type { Workbench } from '../harness/workbench.ts';
import { PanelView } from './support/panel.ts';
import { session } from './support/session.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'media', 'lesson', 'english');
const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
const limit = 60_000;

const analyser = new Analyser(
  { models: join(root, 'models'), store: join(root, 'test-results', 'no-store') },
  () => undefined,
);
const models = lessonModels(analyser, { signal: new AbortController().signal, report: () => undefined });

/** A chapter that is open in the workbench. */
class Lesson {
  readonly #workbench: Workbench;
  readonly #file: string;

  constructor(workbench: Workbench, file: string) {
    this.#workbench = workbench;
    this.#file = file;
  }

  /** The lines above the fence that begins at a line. */
  async lenses(line: number): Promise<Locator> {
    const { page } = this.#workbench;
    const focused = this.#workbench.editor(this.#file).and(page.locator('.focused'));
    if ((await focused.count()) === 0) await this.#workbench.focus(this.#file);
    await page.keyboard.press('Control+g');
    await page.locator('.quick-input-widget input').fill(`:${line + 1}`);
    await page.keyboard.press('Enter');
    const editor = this.#workbench.editor(this.#file);
    const cursor = editor.locator('.cursors-layer .cursor').first();
    let id = '';
    await until(
      `the lines above line ${line + 1} are there`,
      async () => {
        const place = await cursor.boundingBox();
        const zones = await editor.locator('.codelens-decoration').all();
        for (const zone of zones) {
          const box = await zone.boundingBox();
          if (!place || !box || Math.abs(box.y + box.height - place.y) > 12) continue;
          if ((await zone.locator('a').count()) === 0) continue;
          id = (await zone.getAttribute('widgetid')) ?? '';
          return id !== '';
        }
        return false;
      },
      limit,
    );
    return editor.locator(`.codelens-decoration[widgetid="${id}"] a`);
  }
}

/** What the panel has to show of a fence. */
async function expected({
  picture,
}: FenceOf<'attention'>): Promise<{ model: string; head: string | null; weight: string | null }> {
  const { head, token, run, options } = picture;
  const isPlain = Object.keys(options).length === 0;
  const row = head && token && isPlain && builtIns[run.model] ? await Row.of(await models.run(run), head, token) : null;
  const most = row ? Math.max(...row.keys.tokens.map((_, key) => row.weight({ first: key, end: key + 1 }))) : null;
  return {
    model: run.model,
    head: head?.head === null || head === null ? null : `${head.layer}.${head.head}`,
    weight: most === null ? null : weightText(most),
  };
}

/**
 * Presses every line of all nine chapters: eight minutes, so only when TEXT_ATTENTION_LESSON=all asks for it. Host tests
 * do in every run what lines do, and those of the engine evaluate every fence, statement and question.
 */
const isAsked = process.env['TEXT_ATTENTION_LESSON'] === 'all';

describe(
  'The lesson in the workbench, offline',
  { skip: isAsked ? false : 'asked for by TEXT_ATTENTION_LESSON=all' },
  () => {
    const now = session();
    after(() => analyser.dispose());
    const read = new Map(files.map((file) => [file, readChapter(readFileSync(join(folder, file), 'utf8'))] as const));

    for (const [file, chapter] of read) {
      it(`does what every line of ${file} says`, { timeout: 5 * 60_000 }, async () => {
        const { workbench } = now();
        await openChapter(workbench, file, chapter);
        const lesson = new Lesson(workbench, file);
        const [computed] = chapter.fences.filter((fence) => fence.kind === 'attention' && fence.picture.key !== null);
        for (const fence of chapter.fences) {
          if (fence.kind === 'attention') await checkPicture(lesson, workbench, fence, fence === computed);
          if (fence.kind === 'sentences') await checkSentences(lesson, workbench, fence);
          if (fence.kind === 'question') await checkQuestion(lesson, workbench, fence);
        }
        await workbench.picture(`lesson-${file.replace('.md', '')}`);
      });
    }

    it('can be read in a light theme', async () => {
      const { workbench } = now();
      await workbench.wear('light');
      await workbench.picture('lesson-light');
    });
  },
);

async function openChapter(workbench: Workbench, file: string, { title }: Chapter): Promise<void> {
  await workbench.run('Attention: Choose Chapter…');
  const row = workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: title ?? '' }).first();
  await row.click();
  await workbench.editor(file).locator('.view-line').first().waitFor();
}

/** A model that is not on this machine is told, with what to do about it. */
async function checkMissing(workbench: Workbench, model: string): Promise<void> {
  await workbench.notifications().filter({ hasText: model }).getByText('Download…').waitFor({ timeout: limit });
  await workbench.run('Notifications: Clear All Notifications');
  await workbench.notifications().first().waitFor({ state: 'hidden' });
}

async function checkPicture(
  lesson: Lesson,
  workbench: Workbench,
  fence: FenceOf<'attention'>,
  isComputed: boolean,
): Promise<void> {
  const panel = new PanelView(workbench);
  const { model, head, weight } = await expected(fence);
  const lenses = await lesson.lenses(fence.first);
  await lenses.first().click();
  const place = `line ${fence.first + 1}`;
  if (!builtIns[model]) return checkMissing(workbench, model);
  await panel.footer().filter({ hasText: model }).waitFor({ timeout: limit });
  await panel.chosenView(fence.picture.view).waitFor({ timeout: limit });
  let text = '';
  const shows = async (): Promise<boolean> => {
    text = await panel.inspectorText();
    return (head === null || text.includes(head)) && (weight === null || text.includes(weight));
  };
  await until(`the panel shows head ${head} and weight ${weight} of ${place}`, shows, 30_000).catch(
    (thrown: unknown) => {
      throw new Error(`${String(thrown)}\n${text}`);
    },
  );
  const arithmetic = lenses.filter({ hasText: 'Arithmetic' });
  if (!isComputed || (await arithmetic.count()) === 0) return;
  await arithmetic.click();
  await panel.chosenView('arithmetic').waitFor({ timeout: limit });
}

async function checkSentences(
  lesson: Lesson,
  workbench: Workbench,
  { first, sentences }: FenceOf<'sentences'>,
): Promise<void> {
  const found = (await foundIn(sentences, models)).filter((one) => one.found).length;
  await (await lesson.lenses(first)).first().click();
  const title = workbench.page.locator('.quick-input-title', { hasText: `${found} of ${sentences.sentences.length}` });
  await title.waitFor({ timeout: limit });
  await workbench.page.keyboard.press('Escape');
}

async function checkQuestion(
  lesson: Lesson,
  workbench: Workbench,
  { first, question }: FenceOf<'question'>,
): Promise<void> {
  await (await lesson.lenses(first)).first().click();
  const widget = workbench.page.locator('.quick-input-widget');
  await widget.locator('.quick-input-title', { hasText: question.ask.slice(0, 40) }).waitFor({ timeout: limit });
  if (question.kind === 'choice')
    assert.equal(await widget.locator('.monaco-list-row').count(), question.options.length);
  await workbench.page.keyboard.press('Escape');
  await widget.waitFor({ state: 'hidden' });
}
