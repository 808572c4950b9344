import * as vscode from 'vscode';
import type { AskOptions } from '../protocol/peer.ts';
import type { AnalysisSource } from './analysis-source.ts';
import { LiveAnalysis } from './live-analysis.ts';
import type { Place, Places } from './places.ts';

/** More than these are not kept: their weights fill the model process. */
const mostAnalyses = 8;

/** The analyses that are alive, the latest first, and the one that the views show. */
export class Analyses implements vscode.Disposable {
  readonly source: AnalysisSource;
  readonly #places: Places;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #all: readonly LiveAnalysis[] = [];
  #current: LiveAnalysis | null = null;

  /** Fires when an analysis comes, goes, becomes the current one, moves in its document, or changes between stale and fresh. */
  readonly onDidChange = this.#changed.event;

  constructor(source: AnalysisSource, places: Places) {
    this.source = source;
    this.#places = places;
    this.#subscriptions = vscode.Disposable.from(this.#changed, places.onDidChange(() => this.#changed.fire()));
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
    const here = this.in(document).filter(({ place: { range } }) => range.start <= offset && offset <= range.end);
    return here.find((analysis) => analysis === this.#current) ?? here[0] ?? null;
  }

  in(document: vscode.TextDocument): LiveAnalysis[] {
    const uri = document.uri.toString();
    return this.#all.filter(({ place }) => place.uri.toString() === uri);
  }

  /** Runs `model` on the text of a place and makes it the current analysis. Rejects with an AttentionError. */
  async run(place: Place, model: string, options: AskOptions): Promise<LiveAnalysis> {
    const { id, info } = await this.source.analyse({ model, text: place.range.text }, options);
    const analysis = new LiveAnalysis(id, model, place, info);
    const same = this.#all.find((other) => isSame(other, analysis));
    if (same) this.#drop(same);
    this.#all = [analysis, ...this.#all];
    this.#current = analysis;
    for (const old of this.#all.slice(mostAnalyses)) this.#drop(old);
    this.#changed.fire();
    return analysis;
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

  #drop(analysis: LiveAnalysis): void {
    this.#all = this.#all.filter((other) => other !== analysis);
    this.#places.forget(analysis.place);
    this.source.release(analysis.id);
  }
}

/** The same model on the same text in the same place, or on what stood there before an edit. */
function isSame(a: LiveAnalysis, b: LiveAnalysis): boolean {
  return a.model === b.model && a.place.uri.toString() === b.place.uri.toString()
    && a.place.range.start === b.place.range.start && (a.place.range.text === b.place.range.text || a.stale);
}
