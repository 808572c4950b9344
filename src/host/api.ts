import * as vscode from 'vscode';
import type { AnalysisInfo } from '../core/attention/analysis.ts';
import type { Selection } from '../core/attention/selection.ts';
import type { ViewState } from '../core/attention/view.ts';
import type { WeightSymbol } from '../core/views/arithmetic/symbols.ts';
import type { Continuation } from '../core/run/run-spec.ts';
import type { Reason } from '../core/errors/reason.ts';
import type { LiveAnalysis } from './analysis/live-analysis.ts';
import type { MarkdownIt } from './lesson/preview.ts';
import type { Services } from './services.ts';

/**
 * An analysis as other extensions see it. `start` and `end` are where its text stands now, in UTF-16 offsets; `texts`
 * has the second text too, where it stands in a document.
 */
export interface AnalysisView {
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly start: number;
  readonly end: number;
  readonly texts: readonly { readonly uri: vscode.Uri; readonly start: number; readonly end: number }[];
  readonly stale: boolean;
  /** What of the texts the model does not take and was left out, a sentence each. */
  readonly leftOut: readonly string[];
  readonly info: AnalysisInfo;
  readonly selection: Selection;
}

/** What `activate` returns to other extensions (and to the tests). */
export interface TextAttentionApi {
  readonly version: 1;
  /** The analysis that the panel shows. */
  readonly current: AnalysisView | null;
  /** All that live, the latest first. */
  readonly analyses: readonly AnalysisView[];
  /** Why the last run gave nothing, or null. */
  readonly failure: Reason | null;
  /** Whether a run is under way. */
  readonly running: boolean;
  /** The process that runs the models; undefined while none is needed. */
  readonly enginePid: number | undefined;
  /** The process that downloads and checks models; undefined while none is needed. */
  readonly libraryPid: number | undefined;
  /** Runs the model on a stretch of a document and shows it; null when that failed or was cancelled. */
  analyse(document: vscode.TextDocument, start: number, end: number): Promise<AnalysisView | null>;
  /** Has the model write on after an analysed text; null when that failed or was cancelled. */
  writeOn(analysis: string, continuation: Continuation): Promise<AnalysisView | null>;
  /** Puts a word in place of a mask of the document; null when that failed or was cancelled. */
  fill(analysis: string, token: number, text: string): Promise<AnalysisView | null>;
  /** One layer of a map of a living analysis, `[head][query][key]`. Rejects with an AttentionError. */
  weights(analysis: string, map: number, layer: number): Promise<Float32Array>;
  /** Changes what all views look at. */
  select(analysis: string, selection: Selection): void;
  /** Which picture the panel shows, and how; null until a panel of this window has said so. */
  readonly view: ViewState | null;
  /** The part of the arithmetic that is pointed at, or that a word of a lesson names; null while none is. */
  readonly symbol: WeightSymbol | null;
  /** Shows another picture, now or when the panel is opened. */
  showView(view: ViewState): void;
  /** A link to what the panel shows. Throws an AttentionError when there can be none. */
  readonly link: string;
  /** Opens what a link leads to, as VS Code does when one is clicked; null when that failed or was not wanted. */
  openLink(link: vscode.Uri): Promise<AnalysisView | null>;
  /** Renders the fences of lessons in Markdown previews: VS Code calls it with their renderer. */
  extendMarkdownIt<T extends MarkdownIt>(renderer: T): T;
  /** Fires when anything above has changed. */
  onDidChange(listener: () => void): vscode.Disposable;
}

/** The services as other extensions may use them. */
export function apiOf(services: Services): TextAttentionApi {
  const { engine, models, analyses, selections, show, panel, links } = services;
  const view = (analysis: LiveAnalysis): AnalysisView => viewOf(analysis, selections.of(analysis));
  return {
    version: 1,
    get current() {
      return analyses.current && view(analyses.current);
    },
    get analyses() {
      return analyses.all.map(view);
    },
    get failure() {
      return show.failure;
    },
    get running() {
      return show.busy !== null;
    },
    get enginePid() {
      return engine.pid;
    },
    get libraryPid() {
      return models.pid;
    },
    async analyse(document, start, end) {
      const run = show.on(document, { start, end });
      panel.show();
      const analysis = await run;
      return analysis && view(analysis);
    },
    ...writingOf(services),
    weights: (analysis, map, layer) => analyses.source.layer(analysis, map, layer),
    select(id, selection) {
      const analysis = analyses.byId(id);
      if (analysis) selections.set(analysis, selection, 'command');
    },
    get view() {
      return services.view.now;
    },
    get symbol() {
      return services.view.symbol;
    },
    showView: (wanted) => services.view.request(wanted),
    get link() {
      return links.current;
    },
    async openLink(link) {
      const analysis = await links.follow(link);
      return analysis && view(analysis);
    },
    extendMarkdownIt: (renderer) => services.preview.extend(renderer),
    onDidChange: (listener) =>
      vscode.Disposable.from(
        analyses.onDidChange(listener),
        selections.onDidChange(listener),
        show.onDidChange(listener),
        services.view.onDidChange(listener),
        services.view.onDidPoint(listener),
      ),
  };
}

function writingOf({ analyses, selections, writing }: Services): Pick<TextAttentionApi, 'writeOn' | 'fill'> {
  const after = async (
    id: string,
    run: (analysis: LiveAnalysis) => Promise<LiveAnalysis | null>,
  ): Promise<AnalysisView | null> => {
    const before = analyses.byId(id);
    const analysis = before && (await run(before));
    return analysis && viewOf(analysis, selections.of(analysis));
  };
  return {
    writeOn: (id, continuation) => after(id, (analysis) => writing.writeOn(analysis, continuation)),
    fill: (id, token, text) => after(id, (analysis) => writing.fill(analysis, token, text)),
  };
}

function viewOf({ id, place, parts, stale, leftOut, info }: LiveAnalysis, selection: Selection): AnalysisView {
  const { uri, range } = place;
  return {
    id,
    uri,
    start: range.start,
    end: range.end,
    texts: parts.map(({ place }) => ({ uri: place.uri, start: place.range.start, end: place.range.end })),
    stale,
    leftOut,
    info,
    selection,
  };
}
