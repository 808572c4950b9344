import * as vscode from 'vscode';
import { fenceFor, type Chapter, type FenceOf } from '../../core/lesson/chapter.ts';
import { isShown, movedTo } from '../../core/lesson/looks.ts';
import type { Mark } from '../../core/lesson/marks.ts';
import { LessonError } from '../../core/lesson/places.ts';
import { sameEdits } from '../../core/run/edit-list.ts';
import { firstView } from '../../core/attention/view.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import type { LessonDocuments } from './documents.ts';
import { showPicture, type PictureServices } from './show-picture.ts';

/** Cursor moves and changes within one frame count as one. */
const frame = 16;

/** What ties the words of a lesson to what the panel shows. */
export interface LinkingServices extends PictureServices {
  readonly analyses: Analyses;
  readonly documents: LessonDocuments;
}

/**
 * Ties words of a lesson that name something to the panel: the cursor in one shows it there, and what the panel has in
 * focus is marked in the text.
 */
export class LessonLinking implements vscode.Disposable {
  readonly #services: LinkingServices;
  readonly #subscriptions: vscode.Disposable;
  readonly #named = vscode.window.createTextEditorDecorationType({
    borderWidth: '0 0 1px 0',
    borderStyle: 'dotted',
    borderColor: new vscode.ThemeColor('textAttention.focusBorder'),
  });
  readonly #focused = vscode.window.createTextEditorDecorationType({
    border: '1px solid',
    borderColor: new vscode.ThemeColor('textAttention.focusBorder'),
    borderRadius: '2px',
  });
  /** Where words lead is there to be edited, not to be read. */
  readonly #targets = vscode.window.createTextEditorDecorationType({ opacity: '0.5' });
  #cursorTimer: NodeJS.Timeout | undefined;
  #drawTimer: NodeJS.Timeout | undefined;

  constructor(services: LinkingServices) {
    this.#services = services;
    const { analyses, selections, view, documents } = services;
    const soon = (): void => this.#drawSoon();
    this.#subscriptions = vscode.Disposable.from(
      this.#named,
      this.#focused,
      this.#targets,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [cursor] }) => {
        if (cursor?.isEmpty) this.#moved(textEditor, cursor.active);
      }),
      analyses.onDidChange(soon),
      selections.onDidChange(soon),
      view.onDidChange(soon),
      view.onDidPoint(soon),
      documents.onDidChange(soon),
      vscode.window.onDidChangeVisibleTextEditors(soon),
    );
  }

  dispose(): void {
    clearTimeout(this.#cursorTimer);
    clearTimeout(this.#drawTimer);
    this.#subscriptions.dispose();
  }

  #moved(editor: vscode.TextEditor, cursor: vscode.Position): void {
    const chapter = this.#services.documents.of(editor.document);
    const mark = chapter?.marks.find(
      ({ line, start, end }) => line === cursor.line && start <= cursor.character && cursor.character <= end,
    );
    clearTimeout(this.#cursorTimer);
    if (chapter && !mark?.symbol) this.#services.view.nameSymbol(null);
    if (chapter && mark) this.#cursorTimer = setTimeout(() => void this.#follow(editor.document, chapter, mark), frame);
  }

  /**
   * Shows what a word names. The picture of its passage is run for it where the reader looks at one of this document
   * already; else the panel is left alone.
   */
  async #follow(document: vscode.TextDocument, chapter: Chapter, mark: Mark): Promise<void> {
    const { analyses, selections, view, panel } = this.#services;
    const fence = fenceFor(chapter, mark.line);
    const isHere = panel.visible && analyses.current?.isIn(document.uri.toString()) === true;
    if (!fence || !isHere) return;
    const analysis = this.#of(document, fence) ?? (await showPicture(this.#services, document, fence.picture));
    if (!analysis) return;
    analyses.show(analysis);
    try {
      selections.set(analysis, movedTo(mark, selections.of(analysis), analysis.info), 'editor');
    } catch (thrown) {
      // A word that the text has no more: the reader has changed it.
      if (!(thrown instanceof LessonError)) throw thrown;
    }
    // A part of a formula is shown where the formula is.
    const shown = mark.view ?? (mark.symbol ? 'arithmetic' : null);
    if (shown) view.request({ ...(view.now ?? firstView), view: shown });
    if (mark.symbol) view.nameSymbol(mark.symbol);
  }

  /** The analysis of a fence, while its text is as it was run. */
  #of(document: vscode.TextDocument, fence: FenceOf<'attention'>): LiveAnalysis | null {
    const { current, all } = this.#services.analyses;
    const isOf = (analysis: LiveAnalysis): boolean => isOfFence(analysis, document, fence);
    return current && isOf(current) ? current : (all.find(isOf) ?? null);
  }

  #drawSoon(): void {
    this.#drawTimer ??= setTimeout(() => {
      this.#drawTimer = undefined;
      for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
    }, frame);
  }

  #draw(editor: vscode.TextEditor): void {
    const chapter = this.#services.documents.of(editor.document);
    const shown = chapter ? this.#marksOf(editor.document, chapter) : [];
    const ranges = (isFocused: boolean): vscode.Range[] =>
      shown
        .filter((one) => one.isFocused === isFocused)
        .map(({ mark: { line, wordStart, wordEnd } }) => new vscode.Range(line, wordStart, line, wordEnd));
    editor.setDecorations(
      this.#targets,
      [...(chapter?.marks ?? []), ...(chapter?.terms ?? [])].map(
        ({ line, wordEnd, end }) => new vscode.Range(line, wordEnd, line, end),
      ),
    );
    editor.setDecorations(this.#named, ranges(false));
    editor.setDecorations(this.#focused, ranges(true));
  }

  /** The words of the passage that the panel shows the picture of. */
  #marksOf(document: vscode.TextDocument, chapter: Chapter): { mark: Mark; isFocused: boolean }[] {
    const { analyses, selections, view } = this.#services;
    const { current } = analyses;
    if (!current) return [];
    const selection = selections.of(current);
    const isPointed = ({ symbol }: Mark): boolean =>
      symbol !== null && symbol === view.symbol && view.now?.view === 'arithmetic';
    return chapter.marks
      .filter((mark) => {
        const fence = fenceFor(chapter, mark.line);
        return fence !== null && isOfFence(current, document, fence);
      })
      .map((mark) => ({ mark, isFocused: isPointed(mark) || isShown(mark, selection, current.info) }));
  }
}

function isOfFence(
  { place: { uri, range }, stale, model, edits }: LiveAnalysis,
  document: vscode.TextDocument,
  { first, last, picture }: FenceOf<'attention'>,
): boolean {
  if (stale || uri.toString() !== document.uri.toString() || model !== picture.run.model) return false;
  const { line } = document.positionAt(range.start);
  return first <= line && line <= last && range.text === picture.run.text && sameEdits(edits, picture.run.edits ?? []);
}
