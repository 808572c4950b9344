import * as vscode from 'vscode';
import type { FenceOf } from '../../core/lesson/chapter.ts';
import { foundIn, type FoundSentence } from '../../core/lesson/found.ts';
import { fenceFor, type Chapter } from '../../core/lesson/chapter.ts';
import { LessonError } from '../../core/lesson/places.ts';
import { weightText } from '../../core/attention/number-words.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { placeText } from '../../core/lesson/fields.ts';
import type { Picture } from '../../core/lesson/picture.ts';
import { rangeOf } from '../analysis/tracked-texts.ts';
import { tell } from '../window/messages.ts';
import { askText, pickRow, showInformation, showWarning, withProgress } from '../window/window.ts';
import { fenceAt, spanIn, type LessonDocuments } from './documents.ts';
import type { LessonLibrary } from './library.ts';
import { answeredText, chapterName } from './lesson-view.ts';
import type { LessonProgress } from './progress.ts';
import type { LessonQuestions } from './questions.ts';
import type { LessonRuns } from './lesson-runs.ts';
import { showPicture, type PictureServices } from './show-picture.ts';

/** What the commands of a lesson work on. */
export interface LessonServices extends PictureServices {
  readonly documents: LessonDocuments;
  readonly library: LessonLibrary;
  readonly progress: LessonProgress;
  readonly questions: LessonQuestions;
  readonly runs: LessonRuns;
}

/** A passage that a command is about. */
interface Passage {
  readonly document: vscode.TextDocument;
  readonly chapter: Chapter;
  readonly line: number;
}

/**
 * Opens a chapter: the one that is named, or where the reader stopped, or the first; one that is open already stays
 * where the reader is in it. A failure has been told.
 */
export async function openLesson({ library, progress }: LessonServices, file: unknown): Promise<void> {
  const chapters = await library.chapters();
  const stopped = progress.place;
  const wanted = chapters.find((one) => one.file === file) ?? chapters.find((one) => one.file === stopped?.file);
  const chapter = wanted ?? chapters[0];
  if (!chapter) return;
  try {
    const document = await vscode.workspace.openTextDocument(await library.copyOf(chapter.file));
    const line = stopped?.file === chapter.file ? Math.min(stopped.line, document.lineCount - 1) : 0;
    const place = new vscode.Range(line, 0, line, 0);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.One,
      preview: false,
      ...(isOpen(document) ? {} : { selection: place }),
    });
    await progress.stop(chapter.file, line);
  } catch (thrown) {
    tell(reasonOf(thrown));
  }
}

function isOpen({ uri }: vscode.TextDocument): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

/** Lets the reader choose a chapter. */
export async function chooseChapter(services: LessonServices): Promise<void> {
  const { library, progress } = services;
  const rows = (await library.chapters()).map((chapter) => ({
    file: chapter.file,
    label: chapterName(chapter),
    description: answeredText(progress.rightIn(chapter.file, chapter.questions), chapter.questions.length),
  }));
  const chosen = await pickRow(rows, { title: vscode.l10n.t('Lesson'), placeholder: vscode.l10n.t('Chapter') });
  if (chosen) await openLesson(services, chosen.file);
}

/** Makes the chapter in the active editor as it ships again. A failure has been told. */
export async function resetChapter({ library }: LessonServices, named: unknown): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const file = typeof named === 'string' ? named : active ? library.fileOf(active) : null;
  if (file === null) return void showInformation(vscode.l10n.t('Open a chapter of a lesson first.'));
  try {
    const copy = await library.reset(file);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === copy.toString());
    if (open?.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert', copy);
  } catch (thrown) {
    tell(reasonOf(thrown));
  }
}

/** Shows the picture of a fence; `view` takes the place of its own. */
export async function showFence(
  services: LessonServices,
  { document, chapter, line }: Passage,
  view: unknown,
): Promise<void> {
  const fence = fenceAt(chapter, 'attention', line);
  if (!fence) return;
  const picture: Picture = view === 'arithmetic' ? { ...fence.picture, view } : fence.picture;
  const file = services.library.fileOf(document.uri);
  if (file !== null) await services.progress.stop(file, fence.first);
  await showPicture(services, document, picture);
}

/** Asks for a sentence, writes it into a fence and shows its picture; words that it has not are not looked for. */
export async function showOwnSentence(services: LessonServices, { document, chapter, line }: Passage): Promise<void> {
  const fence = fenceAt(chapter, 'attention', line);
  const place = fence?.picture.places.text;
  if (!fence || !place) return;
  const typed = await askText({
    title: vscode.l10n.t('On My Own Sentence'),
    prompt: vscode.l10n.t('The text of this fence; undo brings the old one back.'),
    value: fence.picture.run.text,
  });
  const text = typed?.replace(/\s+/gu, ' ').trim() ?? '';
  if (text === '') return;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, spanIn(document, place)), text);
  await vscode.workspace.applyEdit(edit);
  const now = services.documents.of(document);
  const own = now && fenceAt(now, 'attention', line);
  if (own) await showPicture(services, document, own.picture, { isOwnText: true });
}

/** Runs the sentences of a fence and lists in which of them the head finds the right word. A failure has been told. */
export async function runSentences(services: LessonServices, { chapter, line }: Passage): Promise<void> {
  const fence = fenceAt(chapter, 'sentences', line);
  if (!fence) return;
  const { sentences } = fence;
  try {
    const found = await withProgress(
      vscode.l10n.t('Running {0} sentences', sentences.sentences.length),
      ({ done = 0, total = 0 }) => vscode.l10n.t('{0} of {1}', done, total),
      (options) =>
        foundIn(sentences, services.runs.models({ signal: options.signal }), (done) =>
          options.onProgress({ stage: '', done, total: sentences.sentences.length }),
        ),
    );
    await tellFound(fence, found);
  } catch (thrown) {
    if (thrown instanceof LessonError) void showWarning(thrown.message);
    else tell(reasonOf(thrown));
  }
}

async function tellFound({ sentences }: FenceOf<'sentences'>, found: readonly FoundSentence[]): Promise<void> {
  const right = found.filter((one) => one.found).length;
  const rows = found.map(({ sentence, strongest, weight, found: isFound }) => ({
    icon: isFound ? 'pass' : 'circle-slash',
    line: sentence.line,
    label: sentence.text,
    description: isFound
      ? `${placeText(sentence.query)} → ${strongest} ${weightText(weight)}`
      : vscode.l10n.t({
          message: '{0} → {1} {2}, not {3}',
          args: [placeText(sentence.query), strongest, weightText(weight), placeText(sentence.key)],
          comment: ['A query word, the word that it looks at with the weight, and the word that was asked for'],
        }),
  }));
  const { layer, head } = sentences.head;
  const chosen = await pickRow(rows, {
    title: vscode.l10n.t('Head {0} finds it in {1} of {2} sentences', `${layer}.${head}`, right, found.length),
    placeholder: vscode.l10n.t('Choose a sentence to see it in the text'),
  });
  const editor = vscode.window.activeTextEditor;
  if (!chosen || !editor) return;
  const place = editor.document.lineAt(chosen.line).range;
  editor.selection = new vscode.Selection(place.start, place.start);
  editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Asks a question of a document, and goes on as the reader wants: to the picture that it is about, or further. */
export async function answerQuestion(services: LessonServices, passage: Passage): Promise<void> {
  const asked = questionAt(services, passage);
  if (!asked) return;
  const step = await services.questions.ask(asked);
  if (step === 'again') return answerQuestion(services, passage);
  if (step === 'next') nextQuestion(services, passage);
  if (step === 'show') await showAsked(services, passage, asked.fence);
}

/** Shows the picture that a question is about. */
async function showAsked(
  services: LessonServices,
  passage: Passage,
  { question, first }: FenceOf<'question'>,
): Promise<void> {
  const above = fenceFor(passage.chapter, first);
  const base = above?.picture;
  const run = question.run ?? base;
  if (!run) return;
  await showPicture(services, passage.document, {
    ...run,
    head: question.head ?? base?.head ?? null,
    token: question.token ?? (question.run ? null : (base?.token ?? null)),
    key: question.key,
    view: 'heads',
    options: {},
    title: null,
  });
}

/** Asks a question about the reader's own sentence. */
export async function answerOwn(services: LessonServices, passage: Passage): Promise<void> {
  const asked = questionAt(services, passage);
  if (asked && (await services.questions.askOwn(asked)) === 'another') await answerOwn(services, passage);
}

/** Tells the hint of a question, and asks it where the reader wants to answer now. */
export async function tellHint(services: LessonServices, passage: Passage): Promise<void> {
  const hint = questionAt(services, passage)?.fence.question.hint;
  if (hint === undefined || hint === null) return;
  const answer = vscode.l10n.t('Answer');
  if ((await showInformation(hint, answer)) === answer) await answerQuestion(services, passage);
}

/** Goes to the next question of a chapter that was not answered rightly. */
export function nextQuestion(services: LessonServices, { document, chapter, line }: Passage): void {
  const file = nameOf(services, document);
  const open = chapter.fences.filter(
    (fence) => fence.kind === 'question' && services.progress.answerTo(file, fence.question.ask) !== true,
  );
  const next = open.find(({ first }) => first > line) ?? open[0];
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  if (!next || !editor) return;
  editor.selection = new vscode.Selection(next.first, 0, next.first, 0);
  editor.revealRange(new vscode.Range(next.first, 0, next.last, 0), vscode.TextEditorRevealType.InCenter);
}

function questionAt(services: LessonServices, { document, chapter, line }: Passage) {
  const fence = fenceAt(chapter, 'question', line);
  return fence && { file: nameOf(services, document), chapter, fence };
}

function nameOf({ library }: LessonServices, { uri }: vscode.TextDocument): string {
  return library.fileOf(uri) ?? uri.toString();
}
