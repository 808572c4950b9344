import * as vscode from 'vscode';
import { sentenceAt, type Lines } from '../core/document/sentence-at.ts';
import type { Span } from '../core/document/tracked-range.ts';
import { AttentionError, reasonOf, type Reason } from '../core/errors/reason.ts';
import type { Progress } from '../protocol/contract.ts';
import type { Analyses } from './analyses.ts';
import type { LiveAnalysis } from './live-analysis.ts';
import { tell } from './messages.ts';
import type { Place, Places } from './places.ts';
import { settings } from './settings.ts';

interface Run {
  readonly cancel: AbortController;
  progress: Progress;
}

/** Runs the model on a text of a document and knows how the run is going. One at a time: a new run cancels the one before. */
export class ShowAttention implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #places: Places;
  readonly #changed = new vscode.EventEmitter<void>();
  #run: Run | null = null;
  #failure: Reason | null = null;
  #last: Place | null = null;

  /** Fires when a run begins, gets further or ends. */
  readonly onDidChange = this.#changed.event;

  constructor(analyses: Analyses, places: Places) {
    this.#analyses = analyses;
    this.#places = places;
  }

  /** How far the run is, or null when nothing runs. */
  get busy(): Progress | null {
    return this.#run?.progress ?? null;
  }

  /** Why the last run gave nothing; null after one that did. */
  get failure(): Reason | null {
    return this.#failure;
  }

  /** Runs on the selected text of an editor, or on the sentence at its cursor. Tells the person when there is none. */
  async atSelection(editor: vscode.TextEditor | undefined): Promise<LiveAnalysis | null> {
    const span = editor ? spanAt(editor) : null;
    if (!editor || !span) {
      tell({ code: 'text-empty' });
      return null;
    }
    return this.on(editor.document, span);
  }

  /** Runs on a stretch of a document. Resolves with null when it failed (the person has been told) or was cancelled. */
  async on(document: vscode.TextDocument, span: Span, model = settings.model): Promise<LiveAnalysis | null> {
    return this.#start(this.#places.track(document, span), model);
  }

  /** Runs again on the text as it stands now: of `analysis`, or of the last run. */
  async again(analysis: LiveAnalysis | null): Promise<LiveAnalysis | null> {
    const place = analysis?.place ?? this.#last ?? this.#analyses.current?.place;
    if (!place) return this.atSelection(vscode.window.activeTextEditor);
    try {
      const document = await vscode.workspace.openTextDocument(place.uri);
      const { start, end } = place.range;
      if (document.getText().slice(start, end).trim() === '') throw new AttentionError({ code: 'text-empty' });
      return await this.on(document, { start, end });
    } catch (thrown) {
      this.fail(thrown instanceof AttentionError ? thrown.reason : { code: 'analysis-gone' });
      return null;
    }
  }

  cancel(): void {
    this.#run?.cancel.abort();
  }

  /** Tells why nothing could be run, and shows it in the panel. */
  fail(reason: Reason): void {
    this.failQuietly(reason);
    tell(reason);
  }

  /** Shows in the panel why nothing could be run, without a message. */
  failQuietly(reason: Reason): void {
    this.#failure = reason;
    this.#changed.fire();
  }

  /** Forgets the last run. */
  clear(): void {
    this.cancel();
    this.#failure = null;
    if (this.#last) this.#places.forget(this.#last);
    this.#last = null;
    this.#changed.fire();
  }

  dispose(): void {
    this.cancel();
    this.#changed.dispose();
  }

  async #start(place: Place, model: string): Promise<LiveAnalysis | null> {
    this.cancel();
    const run: Run = { cancel: new AbortController(), progress: { stage: 'Starting' } };
    this.#run = run;
    this.#failure = null;
    this.#remember(place);
    this.#changed.fire();
    const onProgress = (progress: Progress): void => {
      run.progress = progress;
      if (this.#run === run) this.#changed.fire();
    };
    try {
      return await this.#analyses.run(place, model, { signal: run.cancel.signal, onProgress });
    } catch (thrown) {
      const reason = reasonOf(thrown);
      // A run that another one replaced has nothing more to say.
      if (this.#run !== run) return null;
      this.#run = null;
      if (reason.code === 'cancelled') this.#failure = this.#analyses.current ? null : reason;
      else this.fail(reason);
      return null;
    } finally {
      if (this.#run === run) this.#run = null;
      this.#changed.fire();
    }
  }

  /** The place of the last run stays followed until another run takes over, so that it can be run again after a failure. */
  #remember(place: Place): void {
    const before = this.#last;
    this.#last = place;
    if (before && !this.#analyses.all.some((analysis) => analysis.place === before)) this.#places.forget(before);
  }
}

function spanAt({ document, selection }: vscode.TextEditor): Span | null {
  if (!selection.isEmpty) {
    const span = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
    return document.getText(selection).trim() === '' ? null : span;
  }
  const { line, character } = selection.active;
  return sentenceAt(linesOf(document), line, character);
}

function linesOf(document: vscode.TextDocument): Lines {
  return {
    count: document.lineCount,
    text: (line) => document.lineAt(line).text,
    offset: (line) => document.offsetAt(new vscode.Position(line, 0)),
  };
}
