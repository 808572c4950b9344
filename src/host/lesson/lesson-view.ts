import * as vscode from 'vscode';
import { acting } from '../sidebar/rows.ts';
import { treeRow } from '../window/window.ts';
import type { BuiltInChapter, LessonLibrary } from './library.ts';
import type { LessonProgress } from './progress.ts';

/** The id of the list of chapters in package.json. */
export const lessonViewId = 'textAttention.lesson';

/** The chapters of the lesson in the side bar, each with its answered questions. */
export class LessonView implements vscode.TreeDataProvider<BuiltInChapter>, vscode.Disposable {
  readonly #library: LessonLibrary;
  readonly #progress: LessonProgress;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(library: LessonLibrary, progress: LessonProgress) {
    this.#library = library;
    this.#progress = progress;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      progress.onDidChange(() => this.#changed.fire(undefined)),
      vscode.window.registerTreeDataProvider(lessonViewId, this),
    );
  }

  async getChildren(chapter?: BuiltInChapter): Promise<BuiltInChapter[]> {
    return chapter ? [] : [...(await this.#library.chapters())];
  }

  getTreeItem(chapter: BuiltInChapter): vscode.TreeItem {
    const { file, questions } = chapter;
    const right = this.#progress.rightIn(file, questions);
    const isDone = questions.length > 0 && right === questions.length;
    const row = treeRow({ label: chapterName(chapter), description: answeredText(right, questions.length) });
    row.id = file;
    row.iconPath = new vscode.ThemeIcon(
      isDone ? 'pass-filled' : this.#progress.place?.file === file ? 'bookmark' : 'book',
    );
    row.contextValue = 'chapter';
    return acting(row, 'textAttention.openLesson', [file]);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** `2 Query, key, value`. */
export function chapterName({ number, title }: BuiltInChapter): string {
  return `${number} ${title}`;
}

/** How many questions were answered; nothing where there are none. */
export function answeredText(right: number, all: number): string {
  return all === 0 ? '' : vscode.l10n.t('{0} of {1} answered', right, all);
}
