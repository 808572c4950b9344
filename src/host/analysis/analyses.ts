import * as vscode from 'vscode';
import type { AnalysisInfo } from '../../core/attention/analysis.ts';
import { hasChoice, openingOf, type Opening } from '../../core/attention/opening.ts';
import { firstSelection, type Selection } from '../../core/attention/selection.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { Edit } from '../../core/run/edits.ts';
import { sameRun } from '../../core/run/run-spec.ts';
import type { Effects } from '../../core/prediction/effects.ts';
import type { AskOptions } from '../../protocol/peer.ts';
import type { AnalysisSource } from './analysis-source.ts';
import { LiveAnalysis } from './live-analysis.ts';
import type { TrackedTexts } from './tracked-texts.ts';
import { partsOf, runOf, sameTexts, type Texts } from './texts.ts';

/** More than these are not kept: their weights fill the model process. */
const maxAnalyses = 8;

/** What a run may be told beside its texts and model. */
export interface RunDetails {
  /** The name of the analysis, of an earlier window; else it gets one that none has. */
  readonly id?: string | undefined;
  /** What is changed in the model while it runs. */
  readonly edits?: readonly Edit[] | undefined;
  /** The origin that it shares with other runs of its texts. */
  readonly origin?: string | undefined;
  /** Where the person is to be in it. */
  readonly selection?: Selection | undefined;
}

/** The analyses that are alive, the latest first, and the one that the views show. */
export class Analyses implements vscode.Disposable {
  readonly source: AnalysisSource;
  readonly #places: TrackedTexts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #all: readonly LiveAnalysis[] = [];
  #current: LiveAnalysis | null = null;

  /**
   * Fires when an analysis comes, goes, becomes the current one, moves in its document, or changes between stale and
   * fresh, and when a model was measured.
   */
  readonly onDidChange = this.#changed.event;

  constructor(source: AnalysisSource, places: TrackedTexts) {
    this.source = source;
    this.#places = places;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      places.onDidChange(() => this.#changed.fire()),
    );
  }

  get all(): readonly LiveAnalysis[] {
    return this.#all;
  }

  get current(): LiveAnalysis | null {
    return this.#current;
  }

  byId(id: string): LiveAnalysis | null {
    return this.#all.find((analysis) => analysis.id === id) ?? null;
  }

  /** The analysis of the text at an offset of a document: the current one where several overlap, or else the latest. */
  at(document: vscode.TextDocument, offset: number): LiveAnalysis | null {
    const uri = document.uri.toString();
    const here = this.#all.filter((analysis) => analysis.partAt(uri, offset) !== null);
    return here.find((analysis) => analysis === this.#current) ?? here[0] ?? null;
  }

  /** The analysis of the same texts by the same model without edits; null where it does not live. */
  uneditedOf({ origin }: LiveAnalysis): LiveAnalysis | null {
    return this.#all.find((other) => other.origin === origin && other.edits.length === 0) ?? null;
  }

  /**
   * Runs `model` on texts, as far as it takes them, and makes it the current analysis. Rejects with an AttentionError.
   */
  async run(
    texts: Texts,
    model: string,
    options: AskOptions,
    { id: name, edits = [], origin, selection }: RunDetails = {},
  ): Promise<LiveAnalysis> {
    const { id, info, leftOut } = await this.source.analyse(runOf(model, texts, edits), options, name);
    const [refused] = texts.framing?.as === 'context' ? leftOut : [];
    if (refused) {
      // The question alone is not what was asked for.
      this.source.release(id);
      throw new AttentionError({ code: 'argument-invalid', argument: 'question', detail: refused.why });
    }
    const isFirst = name === undefined && selection === undefined;
    const opening = isFirst && hasChoice(info) ? await this.#opening(id, info) : undefined;
    if (options.signal?.aborted) {
      this.source.release(id);
      throw new AttentionError({ code: 'cancelled' });
    }
    const analysis = new LiveAnalysis(id, model, texts, info, { leftOut, opening, origin, selection });
    for (const other of this.#all) if (isReplaced(other, analysis)) this.#drop(other);
    this.#all = [analysis, ...this.#all];
    this.#current = analysis;
    for (const old of this.#all.slice(maxAnalyses)) this.#drop(old);
    this.#changed.fire();
    return analysis;
  }

  /**
   * Measures what the heads of the current model do, or of `model` where there is none. Rejects with an AttentionError.
   */
  async measure(model: string, options: AskOptions): Promise<void> {
    await this.source.measure(this.#current?.id ?? null, this.#current?.model ?? model, options);
    this.#changed.fire();
  }

  /** What switching off heads does to a prediction, see {@link AnalysisSource.effects}. */
  async effects(id: string, position: number | null, options: AskOptions): Promise<Effects> {
    const effects = await this.source.effects(id, position, options);
    this.#changed.fire();
    return effects;
  }

  show(analysis: LiveAnalysis): void {
    if (analysis === this.#current || !this.#all.includes(analysis)) return;
    this.#current = analysis;
    this.#changed.fire();
  }

  clear(): void {
    for (const analysis of this.#all) this.#drop(analysis);
    this.#current = null;
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /**
   * The head that an analysis opens with; undefined when that cannot be known. The panel needs the summaries anyway.
   */
  async #opening(id: string, info: AnalysisInfo): Promise<Opening | null | undefined> {
    const at = firstSelection(info).map;
    const map = info.maps[at];
    if (!map) return undefined;
    return this.source.heads(id, at).then(
      (summaries) => openingOf(map, at, summaries),
      () => undefined,
    );
  }

  #drop(analysis: LiveAnalysis): void {
    this.#all = this.#all.filter((other) => other !== analysis);
    for (const { place } of partsOf(analysis.requested)) this.#places.forget(place);
    this.source.release(analysis.id);
  }
}

/** Whether an analysis makes way for another one: one that is the same, or an earlier edited run of its texts. */
function isReplaced(before: LiveAnalysis, analysis: LiveAnalysis): boolean {
  const isEarlierTry = before.origin === analysis.origin && before.edits.length > 0 && analysis.edits.length > 0;
  return isEarlierTry || isSame(before, analysis);
}

/**
 * The same model on the same texts in the same places, or on what stood there before an edit; however far it wrote on
 * after them.
 */
function isSame(a: LiveAnalysis, b: LiveAnalysis): boolean {
  const isWritten = [a, b].some(({ texts }) => texts.continuation !== undefined);
  return sameTexts(a.texts, b.texts) && (a.stale || isWritten ? a.model === b.model : sameRun(a.run, b.run));
}
