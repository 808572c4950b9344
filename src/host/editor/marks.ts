import * as vscode from 'vscode';
import { probabilityText } from '../../core/attention/number-words.ts';
import { standsApart } from '../../core/document/shaping.ts';
import type { Span } from '../../core/document/tracked-range.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { lineOf } from '../../core/errors/sentence.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import type { Log } from '../window/log.ts';
import type { Scene } from '../../core/scene/scene.ts';
import { answerMark, headsOf, marksOf, type Marks } from './mark-spans.ts';
import { MarkStyles } from './mark-styles.ts';
import { rangeOf } from '../analysis/tracked-texts.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import type { SceneSource } from './scene-source.ts';
import type { Selections } from '../analysis/selections.ts';
import { section, settings } from '../window/settings.ts';
import { followedBy } from '../window/window.ts';

/** Changes within one frame are drawn once. */
const frame = 16;

type Style = vscode.TextEditorDecorationType;
type Drawing = ReadonlyMap<Style, readonly Drawn[]>;

/** A stretch that is marked, and what the editor shows after it. */
interface Drawn extends Span {
  readonly after?: string;
}

/** Colours the words in the editor by what the token in focus looks at, and underlines the text that was analysed. */
export class EditorMarks implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #selections: Selections;
  readonly #view: PanelView;
  readonly #scenes: SceneSource;
  readonly #log: Log;
  readonly #styles = new MarkStyles();
  readonly #subscriptions: vscode.Disposable;
  readonly #drawn = new Map<vscode.TextEditor, Drawing>();
  #timer: NodeJS.Timeout | undefined;

  constructor(analyses: Analyses, selections: Selections, view: PanelView, scenes: SceneSource, log: Log) {
    this.#analyses = analyses;
    this.#selections = selections;
    this.#view = view;
    this.#scenes = scenes;
    this.#log = log;
    const soon = (): void => this.#soon();
    this.#subscriptions = vscode.Disposable.from(
      analyses.onDidChange(soon),
      selections.onDidChange(soon),
      view.onDidChange(soon),
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.window.onDidChangeActiveColorTheme(soon),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) soon();
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    this.#styles.dispose();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw().catch((thrown: unknown) => this.#log.warn(`No marks: ${lineOf(reasonOf(thrown))}`));
    }, frame);
  }

  async #draw(): Promise<void> {
    const { current } = this.#analyses;
    const editors = current && settings.marks && !current.stale ? editorsOf(current) : [];
    for (const editor of this.#drawn.keys()) {
      if (!vscode.window.visibleTextEditors.includes(editor)) this.#drawn.delete(editor);
      else if (!editors.includes(editor)) this.#show(editor, new Map());
    }
    if (!current || editors.length === 0) return;
    const selection = this.#selections.of(current);
    const view = this.#view.now;
    const scene = selection.token && (await this.#scenes.of(current, selection));
    // Meanwhile the person may have gone on: what they look at now is drawn by its own turn.
    const isOver = current !== this.#analyses.current || current.stale;
    if (isOver || selection !== this.#selections.of(current) || view !== this.#view.now) return;
    const marks = scene ? marksOf(current, scene) : { focus: null, marks: [] };
    for (const editor of editors)
      this.#show(editor, this.#drawing(current, scene, marks, editor.document.uri.toString()));
    this.#styles.trim();
  }

  /** What one document shows; an analysis may be of texts in two. */
  #drawing(analysis: LiveAnalysis, scene: Scene | null, marks: Marks, uri: string): Drawing {
    const drawing = new Map<Style, Drawn[]>();
    const parts = analysis.parts.filter(({ place }) => place.uri.toString() === uri);
    const here = parts.map(({ place }) => place);
    const unread = analysis.unread.filter((span) => span.uri === uri);
    drawing.set(
      this.#styles.analysed,
      parts.flatMap((part) => analysis.readOf(part)),
    );
    if (unread.length > 0) drawing.set(this.#styles.unread, unread);
    const answer = answerMark(analysis);
    if (answer?.uri === uri) {
      const after = vscode.l10n.t('answer {0}', probabilityText(answer.probability));
      drawing.set(this.#styles.answer, [{ ...answer, after }]);
    }
    if (marks.focus?.uri === uri) drawing.set(this.#styles.focus, [marks.focus]);
    for (const mark of marks.marks.filter((one) => one.uri === uri)) {
      const range = here.find((place) => place.range.start <= mark.start && mark.end <= place.range.end)?.range;
      const apart =
        range !== undefined &&
        standsApart(range.text, { start: mark.start - range.start, end: mark.end - range.start });
      const style = this.#styles.weight(mark.weight, scene ? headsOf(scene) : [], apart);
      if (style) drawing.set(style, [...(drawing.get(style) ?? []), mark]);
    }
    return drawing;
  }

  #show(editor: vscode.TextEditor, drawing: Drawing): void {
    for (const style of this.#drawn.get(editor)?.keys() ?? [])
      if (!drawing.has(style)) editor.setDecorations(style, []);
    for (const [style, spans] of drawing)
      editor.setDecorations(
        style,
        spans.map((span) => decorationOf(editor.document, span)),
      );
    if (drawing.size > 0) this.#drawn.set(editor, drawing);
    else this.#drawn.delete(editor);
  }
}

function editorsOf(analysis: LiveAnalysis): vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(({ document }) => analysis.isIn(document.uri.toString()));
}

function decorationOf(document: vscode.TextDocument, { after, ...span }: Drawn): vscode.DecorationOptions {
  const range = rangeOf(document, span);
  return after === undefined ? { range } : followedBy(range, after);
}
