import * as vscode from 'vscode';
import { builtIns } from '../../core/catalogue/built-in.ts';
import type { Chapter, Fence, FenceOf } from '../../core/lesson/chapter.ts';
import type { Picture } from '../../core/lesson/picture.ts';
import { excerptOf } from '../../core/document/excerpt.ts';
import { placeText } from '../../core/lesson/fields.ts';
import { words } from '../../core/words/words.ts';
import { lensOf } from '../window/window.ts';
import type { LessonDocuments } from './documents.ts';
import type { LessonLibrary } from './library.ts';
import type { LessonProgress } from './progress.ts';

/** Characters of a title: a line above a fence is not wrapped, and what comes after the title must be in sight, too. */
const maxTitle = 40;

/** The lines above the fences of a lesson: what each of them shows, runs or asks. */
export class LessonLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #documents: LessonDocuments;
  readonly #library: LessonLibrary;
  readonly #progress: LessonProgress;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(documents: LessonDocuments, library: LessonLibrary, progress: LessonProgress) {
    this.#documents = documents;
    this.#library = library;
    this.#progress = progress;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      progress.onDidChange(() => this.#changed.fire()),
      vscode.languages.registerCodeLensProvider({ language: 'markdown' }, this),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const chapter = this.#documents.of(document);
    return chapter ? chapter.fences.flatMap((fence) => this.#of(document, chapter, fence)) : [];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #of(document: vscode.TextDocument, chapter: Chapter, fence: Fence): vscode.CodeLens[] {
    const range = new vscode.Range(fence.first, 0, fence.first, 0);
    const at = [document.uri.toString(), fence.first];
    switch (fence.kind) {
      case 'attention':
        return pictureLenses(range, at, fence.picture);
      case 'sentences':
        return [
          lensOf(
            range,
            {
              icon: 'run-all',
              title: fence.sentences.title ?? vscode.l10n.t('Run on {0} sentences', fence.sentences.sentences.length),
              tooltip: vscode.l10n.t('In how many sentences the head finds the right word'),
            },
            'textAttention.lesson.runSentences',
            at,
          ),
        ];
      case 'question':
        return this.#questionLenses(document, range, at, fence, chapter);
      case 'by-hand':
        return [];
    }
  }

  #questionLenses(
    document: vscode.TextDocument,
    range: vscode.Range,
    at: readonly unknown[],
    { question }: FenceOf<'question'>,
    { fences }: Chapter,
  ): vscode.CodeLens[] {
    const file = this.#library.fileOf(document.uri) ?? document.uri.toString();
    const all = fences.flatMap((fence) => (fence.kind === 'question' ? [fence.question.ask] : []));
    const answered = this.#progress.answerTo(file, question.ask);
    const state =
      answered === null
        ? vscode.l10n.t('Answer')
        : answered
          ? vscode.l10n.t('Answered')
          : vscode.l10n.t('Answer again');
    const command = 'textAttention.lesson.answer';
    return [
      lensOf(range, { icon: answered === true ? 'pass' : 'edit', title: state, tooltip: question.ask }, command, at),
      ...(question.hint === null
        ? []
        : [
            lensOf(
              range,
              { icon: 'lightbulb', title: vscode.l10n.t('Hint'), tooltip: vscode.l10n.t('A hint for this question') },
              'textAttention.lesson.hint',
              at,
            ),
          ]),
      ...(question.kind === 'word'
        ? [
            lensOf(
              range,
              {
                icon: 'comment',
                title: vscode.l10n.t('On My Own Sentence…'),
                tooltip: vscode.l10n.t('The same question about a sentence that you write'),
              },
              'textAttention.lesson.answerOwn',
              at,
            ),
          ]
        : []),
      lensOf(
        range,
        {
          icon: 'checklist',
          title: vscode.l10n.t('{0} of {1} answered', this.#progress.rightIn(file, all), all.length),
          tooltip: vscode.l10n.t('Right answers in this chapter'),
        },
        'textAttention.lesson.nextQuestion',
        at,
      ),
    ];
  }
}

function pictureLenses(range: vscode.Range, at: readonly unknown[], picture: Picture): vscode.CodeLens[] {
  const isComputed = picture.head?.head !== undefined && picture.token !== null && picture.key !== null;
  const { model } = picture.run;
  const title = picture.title ?? titleOf(picture);
  const tooltip = builtIns[model]
    ? vscode.l10n.t({
        message: 'Run {0} on the text of this fence and show it in the panel',
        args: [model],
        comment: ['The name of a model'],
      })
    : vscode.l10n.t({
        message: 'Run {0} on the text of this fence; where it is not on this machine, you are asked before a download',
        args: [model],
        comment: ['The name of a model'],
      });
  return [
    lensOf(
      range,
      { icon: builtIns[model] ? 'play' : 'cloud-download', title: excerptOf(title, maxTitle), tooltip },
      'textAttention.lesson.show',
      at,
    ),
    ...(isComputed && picture.view !== 'arithmetic' && picture.run.edits === undefined
      ? [
          lensOf(
            range,
            {
              icon: 'symbol-operator',
              title: words().views.names.arithmetic.name,
              tooltip: vscode.l10n.t('How this weight is computed'),
            },
            'textAttention.lesson.show',
            [...at, 'arithmetic'],
          ),
        ]
      : []),
    lensOf(
      range,
      {
        icon: 'comment',
        title: vscode.l10n.t('On My Own Sentence…'),
        tooltip: vscode.l10n.t('The same on a sentence that you write'),
      },
      'textAttention.lesson.showOwn',
      at,
    ),
  ];
}

/** What a fence shows, in a few words. */
function titleOf({ token, key, view }: Picture): string {
  if (token && key)
    return vscode.l10n.t({
      message: 'Show {0} → {1}',
      args: [placeText(token), placeText(key)],
      comment: ['A query token and a key token'],
    });
  if (token) return vscode.l10n.t('Show what ‘{0}’ looks at', placeText(token));
  if (key) return vscode.l10n.t('Show what looks at ‘{0}’', placeText(key));
  return vscode.l10n.t({
    message: 'Show it: {0}',
    args: [words().views.names[view].name],
    comment: ['The name of a view, such as Matrix'],
  });
}
