import * as vscode from 'vscode';
import {
  answerOwn,
  answerQuestion,
  chooseChapter,
  nextQuestion,
  openLesson,
  resetChapter,
  runSentences,
  showFence,
  showOwnSentence,
  tellHint,
  type LessonServices,
} from './lesson.ts';
import { AnswerCovers } from './answer-covers.ts';
import { exportChapter, type ExportServices } from './export-chapter.ts';
import { LessonHints } from './hints.ts';
import { LessonLenses } from './lenses.ts';
import { LessonView } from './lesson-view.ts';
import { LessonLinking } from './linking.ts';
import { LessonPrograms, runProgram } from './programs.ts';
import { LessonTerms } from './terms.ts';
import { showInformation } from '../window/window.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { registerTable } from '../window/register.ts';

type Passage = Parameters<typeof showFence>[1];

/** Registers the commands of lessons, and what the editor and the side bar show of them. */
export function registerLesson(
  services: LessonServices & ExportServices & { readonly analyses: Analyses },
): vscode.Disposable {
  const { documents, library, progress } = services;
  const at =
    (act: (passage: Passage, more: unknown) => unknown) =>
    async (uri: unknown, line: unknown, more: unknown): Promise<void> => {
      const passage = await passageAt(services, uri, line);
      if (passage) await act(passage, more);
    };
  const table: Readonly<Record<string, (...values: unknown[]) => unknown>> = {
    'textAttention.openLesson': (file) => openLesson(services, fileIn(file)),
    'textAttention.chooseChapter': () => chooseChapter(services),
    'textAttention.resetChapter': (file) => resetChapter(services, fileIn(file)),
    'textAttention.resetLesson': () => progress.reset(),
    'textAttention.exportChapter': async (place) => {
      const passage = await passageAt(services, undefined, undefined);
      if (passage) await exportChapter(services, passage, place);
      else void showInformation(vscode.l10n.t('Open a chapter of a lesson first.'));
    },
    'textAttention.lesson.show': at((passage, view) => showFence(services, passage, view)),
    'textAttention.lesson.showOwn': at((passage) => showOwnSentence(services, passage)),
    'textAttention.lesson.runSentences': at((passage) => runSentences(services, passage)),
    'textAttention.lesson.runProgram': at(({ document, line }) => runProgram(document, line)),
    'textAttention.lesson.answer': at((passage) => answerQuestion(services, passage)),
    'textAttention.lesson.answerOwn': at((passage) => answerOwn(services, passage)),
    'textAttention.lesson.hint': at((passage) => tellHint(services, passage)),
    'textAttention.lesson.nextQuestion': at((passage) => nextQuestion(services, passage)),
  };
  return vscode.Disposable.from(
    new LessonLenses(documents, library, progress),
    new LessonHints(documents),
    new AnswerCovers(documents, library, progress),
    new LessonPrograms(documents),
    new LessonTerms(documents),
    new LessonView(library, progress),
    new LessonLinking(services),
    registerTable(table),
  );
}

/** A chapter by its file, as a row of the list or by its name. */
function fileIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'file' in value ? value.file : value;
}

/** The passage at a line of a document. Without an address it is that of the cursor. */
async function passageAt({ documents }: LessonServices, uri: unknown, line: unknown): Promise<Passage | null> {
  const editor = vscode.window.activeTextEditor;
  const document =
    typeof uri === 'string' ? await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)) : editor?.document;
  const chapter = document && documents.of(document);
  if (!document || !chapter) return null;
  return { document, chapter, line: typeof line === 'number' ? line : (editor?.selection.active.line ?? 0) };
}
