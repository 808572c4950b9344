import * as vscode from 'vscode';
import { isLesson, readChapter, type Chapter, type Fence, type FenceOf } from '../../core/lesson/chapter.ts';
import type { LinePlace } from '../../core/lesson/picture.ts';
import type { Span } from '../../core/document/tracked-range.ts';

/** Typing is followed this many milliseconds after it rests. */
const delay = 200;

interface Read {
  readonly version: number;
  readonly chapter: Chapter;
}

/** The Markdown documents that are open, read as lessons; what is not right in them is underlined. */
export class LessonDocuments implements vscode.Disposable {
  readonly #read = new WeakMap<vscode.TextDocument, Read>();
  readonly #problems = vscode.languages.createDiagnosticCollection('textAttention.lesson');
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  /** Fires when a document was opened or changed and the typing rests. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#problems,
      this.#changed,
      vscode.workspace.onDidOpenTextDocument((document) => this.#look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    );
    for (const document of vscode.workspace.textDocuments) this.#look(document);
  }

  /** A document as a lesson, as it is now; null where it is none. */
  of(document: vscode.TextDocument): Chapter | null {
    if (document.languageId !== 'markdown') return null;
    const known = this.#read.get(document);
    const chapter = known?.version === document.version ? known.chapter : readChapter(document.getText());
    this.#read.set(document, { version: document.version, chapter });
    return isLesson(chapter) ? chapter : null;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  #soon(document: vscode.TextDocument): void {
    if (document.languageId !== 'markdown') return;
    clearTimeout(this.#timers.get(document));
    this.#timers.set(
      document,
      setTimeout(() => this.#look(document), delay),
    );
  }

  #look(document: vscode.TextDocument): void {
    this.#timers.delete(document);
    if (document.languageId !== 'markdown' || document.isClosed) return;
    this.#problems.set(document.uri, problemsOf(this.of(document)));
    this.#changed.fire(document);
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
    this.#problems.delete(document.uri);
  }
}

/** The fence of a kind that begins at a line, or holds it; null where none does. */
export function fenceAt<K extends Fence['kind']>(chapter: Chapter, kind: K, line: number): FenceOf<K> | null {
  const found = chapter.fences.find((fence) => fence.kind === kind && fence.first <= line && line <= fence.last);
  return (found as FenceOf<K> | undefined) ?? null;
}

/** Characters of a line as offsets of the document. */
export function spanIn(document: vscode.TextDocument, { line, start, end }: LinePlace): Span {
  return {
    start: document.offsetAt(new vscode.Position(line, start)),
    end: document.offsetAt(new vscode.Position(line, end)),
  };
}

function problemsOf(chapter: Chapter | null): vscode.Diagnostic[] {
  return (chapter?.problems ?? []).map(({ line, start, end, message }) => {
    const range = new vscode.Range(line, start, line, end);
    const found = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
    found.source = 'Text Attention';
    return found;
  });
}
