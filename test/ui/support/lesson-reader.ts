import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { weightText } from '../../../src/core/attention/number-words.ts';
import { builtIns } from '../../../src/core/catalogue/built-in.ts';
import { hubIdOf } from '../../../src/core/catalogue/hub-id.ts';
import { readChapter, type Chapter, type FenceOf } from '../../../src/core/lesson/chapter.ts';
import { foundIn } from '../../../src/core/lesson/found.ts';
import { selectionOf } from '../../../src/core/lesson/looks.ts';
import { Row } from '../../../src/core/lesson/row.ts';
import { Analyser } from '../../../src/engine/run/analyser.ts';
import { lessonModels } from '../../../src/engine/run/lesson-models.ts';
import type { Workbench } from '../../harness/workbench.ts';
import { ChapterEditor } from './lesson.ts';
import { PanelView, type PanelState } from './panel.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'media', 'lesson', 'english');
const limit = 60_000;
const isOldest = process.env['TEXT_ATTENTION_VSCODE_VERSION'] !== undefined;

/** What is tested in the newest VS Code alone: an older one does the same with the lines, and draws them otherwise. */
export const inNewest = { skip: isOldest ? 'one chapter is read in an older VS Code' : false, timeout: 5 * 60_000 };

/** The picture that each chapter is about, by the name of its fence. */
const keyPictures: Readonly<Record<string, string>> = {
  '01-why-attention.md': 'cat',
  '02-query-key-value.md': 'real',
  '03-many-heads.md': 'king',
  '04-masks.md': 'gpt',
  '05-before-transformers.md': 'bahdanau',
  '06-a-transformer-from-scratch.md': 'first',
  '07-attention-in-a-recurrent-network.md': 'table',
  '08-what-it-is-used-for.md': 'translation',
  '09-what-attention-can-tell.md': 'without-previous',
};

const analyser = new Analyser(
  { models: join(root, 'models'), store: join(root, 'test-results', 'no-store') },
  () => undefined,
);
const models = lessonModels(analyser, { signal: new AbortController().signal, report: () => undefined });

/** Ends the models that tell what the panel has to show. */
export function endModels(): Promise<void> {
  return analyser.dispose();
}

/** All chapters, in an older VS Code one. */
export const chapters = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .slice(0, isOldest ? 1 : undefined)
  .map((file) => ({ file, chapter: readChapter(linesOf(file).join('\n')) }));

/** The lines of a chapter as it ships. */
function linesOf(file: string): readonly string[] {
  return readFileSync(join(folder, file), 'utf8').split('\n');
}

/** A line of a chapter, from 1. */
export function lineAt(file: string, line: number): string {
  return linesOf(file)[line - 1] ?? '';
}

/** A chapter that is open; `lineOf` is the number of the next line that begins so, from 1. */
export async function read(
  workbench: Workbench,
  file: string,
): Promise<{ editor: ChapterEditor; chapter: Chapter; lineOf: (start: string, after?: number) => number }> {
  const lines = linesOf(file);
  const chapter = readChapter(lines.join('\n'));
  await openChapter(workbench, file, chapter);
  const lineOf = (start: string, after = 0): number =>
    lines.findIndex((line, at) => at >= after && line.startsWith(start)) + 1;
  return { editor: new ChapterEditor(workbench, file), chapter, lineOf };
}

/**
 * Opens a chapter, or brings one that is open to the front by its tab: chosen again, it would take the keyboard at a
 * moment that nothing shows.
 */
export async function openChapter(workbench: Workbench, file: string, { title }: Chapter): Promise<void> {
  if (await workbench.isOpen(file)) return workbench.bring(file);
  await workbench.run('Attention: Choose Chapter…');
  const row = workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: title ?? '' }).first();
  await row.click();
  await workbench.editor(file).locator('.view-line').first().waitFor();
}

/** What the panel has to show of a picture, and the largest weight of its row as it is written. */
export async function expected({
  picture,
}: FenceOf<'attention'>): Promise<{ state: PanelState; weight: string | null }> {
  const { head, token, run, options } = picture;
  const numbers = await models.run(run);
  const { info } = numbers;
  const isPlain = Object.keys(options).length === 0;
  const row = head && token && isPlain ? await Row.of(numbers, head, token) : null;
  const most = row ? Math.max(...row.keys.tokens.map((_, key) => row.weight({ first: key, end: key + 1 }))) : null;
  return {
    state: {
      model: run.model,
      texts: info.sequences.map(({ text }) => text),
      edits: info.edits ?? null,
      view: picture.view,
      selection: selectionOf(picture, info),
    },
    weight: most === null ? null : weightText(most),
  };
}

const ownSentence = 'On My Own Sentence…';

/** Presses what stands above the fences of a chapter, and looks at what comes of it. */
export class Reader {
  readonly #workbench: Workbench;
  readonly #lenses: ChapterEditor;
  readonly #panel: PanelView;
  readonly #file: string;

  constructor(workbench: Workbench, file: string) {
    this.#workbench = workbench;
    this.#file = file;
    this.#lenses = new ChapterEditor(workbench, file);
    this.#panel = new PanelView(workbench);
  }

  async checkPicture(fence: FenceOf<'attention'>): Promise<void> {
    const [first, ...others] = await this.#lenses.titles(fence.first + 1);
    assert.ok(first);
    const press = (title: string, effect: () => Promise<boolean>): Promise<void> =>
      this.#lenses.press(fence.first + 1, title, effect);
    if (builtIns[fence.picture.run.model]) {
      const { state, weight } = await expected(fence);
      await press(first, () => this.shows(state, weight));
      if (others.includes('Arithmetic'))
        await press('Arithmetic', () => this.shows({ ...state, view: 'arithmetic' }, weight));
    } else await this.#checkMissing(fence, first);
    assert.ok(others.includes(ownSentence), 'every text can be another one');
    await this.#asks(fence.first, ownSentence, 'On My Own Sentence');
  }

  /** Shows the picture that the chapter is about, and keeps what the window looks like. */
  async showKey({ fences }: Chapter, theme: 'dark' | 'light'): Promise<void> {
    const key = fences.find((fence) => fence.kind === 'attention' && fence.name === keyPictures[this.#file]);
    assert.ok(key?.kind === 'attention', `${this.#file} has a picture that it is about`);
    const [first = ''] = await this.#lenses.titles(key.first + 1);
    const { state, weight } = await expected(key);
    await this.#lenses.press(key.first + 1, first, () => this.shows(state, weight));
    // What is computed for a view of its own is not there with the weights.
    if (state.view === 'arithmetic') await this.#panel.symbol('q').waitFor({ timeout: limit });
    await this.#panel.themed(`vscode-${theme}`);
    await this.#workbench.picture(`lesson-${this.#file.replace('.md', '')}-${theme}`);
  }

  async checkSentences({ first, sentences }: FenceOf<'sentences'>): Promise<void> {
    const found = (await foundIn(sentences, models)).filter((one) => one.found).length;
    const [run = ''] = await this.#lenses.titles(first + 1);
    await this.#asks(first, run, `${found} of ${sentences.sentences.length} sentences`);
  }

  async checkQuestion({ first, question }: FenceOf<'question'>, { fences }: Chapter): Promise<void> {
    const [answer = '', ...others] = await this.#lenses.titles(first + 1);
    await this.#asks(first, answer, question.ask, question.kind === 'choice' ? question.options.length : undefined);
    if (others.includes(ownSentence)) await this.#asks(first, ownSentence, 'on your own sentence');
    assert.equal(others.includes('Hint'), question.hint !== null);
    if (question.hint !== null) await this.#tells(first, 'Hint', question.hint);
    const questions = fences.filter(({ kind }) => kind === 'question');
    const next = questions.find((one) => one.first > first) ?? questions[0];
    const count = `0 of ${questions.length} answered`;
    assert.ok(next && others.includes(count));
    await this.#lenses.press(first + 1, count, () => this.#lenses.isAt(next.first + 1));
  }

  /** Presses what asks for something at the top of the window, looks whether it does, and leaves it. */
  async #asks(first: number, command: string, title: string, rows?: number): Promise<void> {
    const widget = this.#workbench.page.locator('.quick-input-widget');
    const asked = widget.locator('.quick-input-title', { hasText: title });
    const running = this.#workbench.notifications().filter({ hasText: /^Running \d+ sentences/u });
    await this.#lenses.press(
      first + 1,
      command,
      async () => (await asked.count()) === 1 && asked.isVisible(),
      async () => (await running.count()) > 0,
    );
    if (rows !== undefined) assert.equal(await widget.locator('.monaco-list-row').count(), rows);
    await this.#workbench.page.keyboard.press('Escape');
    await widget.waitFor({ state: 'hidden' });
  }

  /** A model that is not on this machine is looked up at once, and the person is told that the hub is out of reach. */
  async #checkMissing({ first, picture }: FenceOf<'attention'>, command: string): Promise<void> {
    assert.ok(hubIdOf(picture.run.model), 'a model of the hub is named');
    await this.#tells(first, command, 'huggingface.co');
  }

  /** Presses what says something in a notification, and closes that. */
  async #tells(first: number, command: string, text: string): Promise<void> {
    const told = this.#workbench.notifications().filter({ hasText: text });
    await this.#lenses.press(first + 1, command, async () => (await told.count()) > 0);
    await this.#workbench.run('Notifications: Clear All Notifications');
    await told.first().waitFor({ state: 'hidden' });
  }

  /** Whether the panel shows that, and its numbers. */
  async shows(state: PanelState, weight: string | null): Promise<boolean> {
    const found = await this.#panel.state();
    return isDeepStrictEqual(found, state) && (weight === null || (await this.#panel.inspectorText()).includes(weight));
  }
}
