import * as vscode from 'vscode';
import type { Span } from '../../core/document/tracked-range.ts';
import type { Continuation } from '../../core/run/run-spec.ts';
import { AttentionError, reasonOf, type Reason } from '../../core/errors/reason.ts';
import type { Selection } from '../../core/attention/selection.ts';
import type { Framing } from '../../core/run/framing.ts';
import { editsOfModel } from '../../core/run/edit-list.ts';
import type { Edit } from '../../core/run/edits.ts';
import type { Progress } from '../../protocol/contract.ts';
import type { Analyses, RunDetails } from './analyses.ts';
import type { LiveAnalysis } from './live-analysis.ts';
import { tell } from '../window/messages.ts';
import type { TrackedText, TrackedTexts } from './tracked-texts.ts';
import { settings } from '../window/settings.ts';
import { chatOf, chatSpan, selectedChat } from './chat-at.ts';
import { pairAt, textAt } from './text-at.ts';
import { partsOf, type Texts } from './texts.ts';

interface Run {
  readonly cancel: AbortController;
  readonly details: RunDetails;
  progress: Progress;
}

/**
 * Runs the model on a text of a document and knows how the run is going. One at a time: a new run cancels the one
 * before.
 */
export class ShowAttention implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #places: TrackedTexts;
  readonly #changed = new vscode.EventEmitter<void>();
  #run: Run | null = null;
  #failure: Reason | null = null;
  #last: Texts | null = null;

  /** Fires when a run begins, gets further or ends. */
  readonly onDidChange = this.#changed.event;

  constructor(analyses: Analyses, places: TrackedTexts) {
    this.#analyses = analyses;
    this.#places = places;
  }

  /** How far the run is, or null when nothing runs. */
  get busy(): Progress | null {
    return this.#run?.progress ?? null;
  }

  /** The edits of the run under way, where it is another run of the texts of an analysis; else null. */
  trying(analysis: LiveAnalysis): readonly Edit[] | null {
    const { origin, edits = [] } = this.#run?.details ?? {};
    return origin === analysis.origin ? edits : null;
  }

  /** Why the last run gave nothing; null after one that did. */
  get failure(): Reason | null {
    return this.#failure;
  }

  /**
   * Runs on the selected text of an editor, of Markdown on the selected turns as a chat, or on the sentence at the
   * cursor. Tells the person when there is none.
   */
  async atSelection(editor: vscode.TextEditor | undefined): Promise<LiveAnalysis | null> {
    const chat = editor && selectedChat(editor);
    if (editor && chat) return this.onChat(editor.document, chat);
    const span = editor ? textAt(editor) : null;
    if (!editor || !span) {
      tell({ code: 'text-empty' });
      return null;
    }
    return this.on(editor.document, span);
  }

  /** Runs on the turns of a document, all of them or those given, as a chat. Tells the person when there are none. */
  async onChat(
    document: vscode.TextDocument | undefined,
    chat = document ? chatOf(document) : null,
    { model = settings.model, continuation }: { model?: string; continuation?: Continuation } = {},
  ): Promise<LiveAnalysis | null> {
    if (!document || !chat) {
      tell({ code: 'chat-missing' });
      return null;
    }
    const text = this.#places.track(document, chatSpan(chat));
    return this.run({ text, framing: { as: 'chat' }, continuation }, model);
  }

  /**
   * Runs on the two selected texts of an editor, or on the one there is and the sentence after it. Tells the person
   * when there are none.
   */
  async onPair(editor: vscode.TextEditor | undefined): Promise<LiveAnalysis | null> {
    const spans = editor ? pairAt(editor) : null;
    if (!editor || !spans) {
      tell({ code: 'pair-missing' });
      return null;
    }
    const [text, pair] = spans.map((span) => this.#places.track(editor.document, span));
    return text ? this.run({ text, pair }) : null;
  }

  /** Runs on a stretch of a document. Resolves with null when it failed (the person has been told) or was cancelled. */
  async on(
    document: vscode.TextDocument,
    span: Span,
    model = settings.model,
    details: RunDetails = {},
    framing?: Framing,
  ): Promise<LiveAnalysis | null> {
    return this.run({ text: this.#places.track(document, span), framing }, model, details);
  }

  /** Runs on one stretch of a document, or on two as a pair. Resolves as {@link on} does. */
  async onSpans(document: vscode.TextDocument, spans: readonly Span[], model: string): Promise<LiveAnalysis | null> {
    const [text, pair] = spans.map((span) => this.#places.track(document, span));
    return text ? this.run({ text, pair }, model) : null;
  }

  /**
   * Runs on texts whose places are followed already; the places then belong to the run. Resolves as {@link on} does.
   */
  run(texts: Texts, model = settings.model, details: RunDetails = {}): Promise<LiveAnalysis | null> {
    return this.#start(texts, model, details);
  }

  /**
   * Runs on the texts of an analysis once more, which have not changed, under edits. Resolves as {@link on} does, but a
   * failure is told in the panel alone.
   */
  async edited(
    { requested, model, origin }: LiveAnalysis,
    edits: readonly Edit[],
    selection: Selection,
  ): Promise<LiveAnalysis | null> {
    const texts = await this.#now(requested);
    return texts && this.run(texts, model, { edits, origin, selection });
  }

  /** Runs on the text of an analysis as it stands now with another target; none lets the model write its own. */
  async withTarget(analysis: LiveAnalysis, target: TrackedText | string | undefined): Promise<LiveAnalysis | null> {
    const texts = await this.#now({ text: analysis.place, framing: analysis.requested.framing });
    return texts && this.run({ ...texts, target }, analysis.model);
  }

  /** Runs on the texts of an analysis as they stand now, and has the model write on after them. */
  async continued(analysis: LiveAnalysis, continuation: Continuation | undefined): Promise<LiveAnalysis | null> {
    const texts = await this.#now(analysis.requested);
    return texts && this.run({ ...texts, continuation }, analysis.model, { edits: analysis.edits });
  }

  /** Runs again on the texts as they stand now: of `analysis`, or of the last run. */
  async again(analysis: LiveAnalysis | null): Promise<LiveAnalysis | null> {
    const before = analysis?.requested ?? this.#last ?? this.#analyses.current?.requested;
    if (!before) return this.atSelection(vscode.window.activeTextEditor);
    const details = keptOf(analysis ?? this.#analyses.current, before);
    const texts = await this.#now(before);
    return texts && this.run(texts, settings.model, details);
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

  /** Has nothing more to say of why the last run gave nothing. */
  forgetFailure(): void {
    this.#failure = null;
    this.#changed.fire();
  }

  /** Forgets the last run. */
  clear(): void {
    this.cancel();
    this.#failure = null;
    this.#forget(this.#last);
    this.#last = null;
    this.#changed.fire();
  }

  dispose(): void {
    this.cancel();
    this.#changed.dispose();
  }

  async #start(texts: Texts, model: string, details: RunDetails): Promise<LiveAnalysis | null> {
    this.cancel();
    // What is written is told for as long as the run goes on.
    const first = texts.continuation ? { detail: '' } : {};
    const progress = { stage: vscode.l10n.t('Starting'), ...first };
    const run: Run = { cancel: new AbortController(), details, progress };
    this.#run = run;
    this.#failure = null;
    const last = this.#last;
    this.#remember(texts);
    this.#changed.fire();
    const onProgress = (progress: Progress): void => {
      run.progress = texts.continuation ? { detail: run.progress.detail, ...progress } : progress;
      if (this.#run === run) this.#changed.fire();
    };
    try {
      return await this.#analyses.run(texts, model, { signal: run.cancel.signal, onProgress }, details);
    } catch (thrown) {
      const reason = reasonOf(thrown);
      // A run that another one replaced has nothing more to say.
      if (this.#run !== run) return null;
      this.#run = null;
      // An edit that was not made leaves what was run before to be run again.
      if (details.origin !== undefined) this.#remember(last);
      if (reason.code === 'cancelled') this.#failure = this.#analyses.current ? null : reason;
      else if (details.origin === undefined) this.fail(reason);
      else this.failQuietly(reason);
      return null;
    } finally {
      if (this.#run === run) this.#run = null;
      this.#changed.fire();
    }
  }

  /**
   * The places of the last run stay followed until another run takes over, so that it can be run again after a failure.
   */
  #remember(texts: Texts | null): void {
    const before = this.#last;
    this.#last = texts;
    if (!this.#analyses.all.some((analysis) => analysis.requested === before)) this.#forget(before);
  }

  #forget(texts: Texts | null): void {
    if (texts) for (const { place } of partsOf(texts)) this.#places.forget(place);
  }

  /** The same texts as they stand now, followed anew; null after telling why there are none. */
  async #now({ text, framing, pair, target, continuation }: Texts): Promise<Texts | null> {
    try {
      return {
        text: await this.#placeNow(text),
        framing,
        pair: pair && (await this.#placeNow(pair)),
        target: target === undefined || typeof target === 'string' ? target : await this.#placeNow(target),
        // What was written belongs to the text as it was.
        ...(continuation && !text.range.stale ? { continuation } : {}),
      };
    } catch (thrown) {
      this.fail(thrown instanceof AttentionError ? thrown.reason : { code: 'analysis-gone' });
      return null;
    }
  }

  async #placeNow({ uri, range: { start, end } }: TrackedText): Promise<TrackedText> {
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText().slice(start, end).trim() === '') throw new AttentionError({ code: 'text-empty' });
    return this.#places.track(document, { start, end });
  }
}

/**
 * What a further run of an analysis keeps: its edits, as long as its model is that of the settings; of a text that has
 * changed those alone that name no token.
 */
function keptOf(analysis: LiveAnalysis | null, texts: Texts): RunDetails {
  if (analysis?.requested !== texts || analysis.model !== settings.model) return {};
  return analysis.stale
    ? { edits: editsOfModel(analysis.edits) }
    : { edits: analysis.edits, ...(analysis.edits.length > 0 ? { origin: analysis.origin } : {}) };
}
