import * as vscode from 'vscode';
import { numbersText } from '../../core/attention/model-words.ts';
import type { HeadSummary } from '../../core/attention/roles.ts';
import type { Selection } from '../../core/attention/selection.ts';
import { cutSentences } from '../../core/text/cut-words.ts';
import { unknownSentences } from '../../core/text/unknown-words.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { lineOf } from '../../core/errors/sentence.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { listedWords, type Listed } from './analysis-words.ts';
import { headIcon } from './head-icon.ts';
import { headTooltip, roleLabel } from './head-words.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import type { Selections } from '../analysis/selections.ts';
import { tellInTree, treeRow } from '../window/window.ts';

/** The view's id in package.json. */
export const headsViewId = 'textAttention.heads';

/** A row of the view. */
export type Row =
  | { readonly kind: 'analyses' | 'heads' }
  | { readonly kind: 'analysis'; readonly analysis: LiveAnalysis }
  | { readonly kind: 'map'; readonly map: number }
  | { readonly kind: 'layer'; readonly map: number; readonly layer: number }
  | { readonly kind: 'head'; readonly map: number; readonly layer: number; readonly head: number };

/**
 * The side panel: the analyses, and the heads of the current one layer by layer. Choosing a head changes the selection.
 */
export class HeadsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #selections: Selections;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Row>;
  readonly #subscriptions: vscode.Disposable;
  readonly #rows = new Map<string, Row>();
  #summaries: readonly (readonly (readonly HeadSummary[])[])[] = [];
  #loaded: LiveAnalysis | null = null;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(analyses: Analyses, selections: Selections) {
    this.#analyses = analyses;
    this.#selections = selections;
    this.#view = vscode.window.createTreeView(headsViewId, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#view,
      analyses.onDidChange(() => this.#refresh()),
      selections.onDidChange(({ analysis }) => this.#reveal(analysis)),
      this.#view.onDidChangeVisibility(() => this.#reveal(analyses.current)),
      vscode.window.onDidChangeActiveColorTheme(() => this.#changed.fire(undefined)),
    );
  }

  async getChildren(row?: Row): Promise<Row[]> {
    const { current } = this.#analyses;
    if (!current) return [];
    switch (row?.kind) {
      case undefined:
        return [this.#row({ kind: 'analyses' }), this.#row({ kind: 'heads' })];
      case 'analyses':
        return this.#analyses.all.map((analysis) => this.#row({ kind: 'analysis', analysis }));
      case 'heads':
        return current.info.maps.length > 1
          ? current.info.maps.map((_, map) => this.#row({ kind: 'map', map }))
          : this.#layers(0);
      case 'map':
        return this.#layers(row.map);
      case 'layer':
        return this.#heads(current, row.map, row.layer);
      case 'analysis':
      case 'head':
        return [];
    }
  }

  getParent(row: Row): Row | null {
    switch (row.kind) {
      case 'analyses':
      case 'heads':
        return null;
      case 'analysis':
        return this.#row({ kind: 'analyses' });
      case 'map':
        return this.#row({ kind: 'heads' });
      case 'layer':
        return (this.#analyses.current?.info.maps.length ?? 0) > 1
          ? this.#row({ kind: 'map', map: row.map })
          : this.#row({ kind: 'heads' });
      case 'head':
        return this.#row({ kind: 'layer', map: row.map, layer: row.layer });
    }
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = this.#item(row);
    item.id = idOf(row);
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #item(row: Row): vscode.TreeItem {
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    switch (row.kind) {
      case 'analyses':
        return treeRow({ label: 'Analyses' }, Expanded);
      case 'heads':
        return treeRow({ label: 'Heads', description: 'by layer' }, Expanded);
      case 'map':
        return treeRow({ label: this.#analyses.current?.map(row.map)?.name ?? '' }, Expanded);
      case 'layer':
        return acting(treeRow({ label: `Layer ${row.layer}` }, Collapsed), 'textAttention.focusLayer', [
          row.map,
          row.layer,
        ]);
      case 'analysis':
        return this.#analysisItem(row.analysis);
      case 'head':
        return this.#headItem(row.map, row.layer, row.head);
    }
  }

  #analysisItem(analysis: LiveAnalysis): vscode.TreeItem {
    const words = listedWords(listed(analysis), this.#analyses.all.map(listed));
    const { info, parts, leftOut } = analysis;
    const texts = parts.map(({ place }) => `“${place.range.text}”`);
    const model = [analysis.modelName, numbersText(info.model), analysis.tokensText]
      .filter((part) => part !== '')
      .join(' · ');
    const tooltip = [
      ...texts,
      words,
      model,
      ...cutSentences(info.sequences),
      ...unknownSentences(info.sequences),
      ...leftOut,
    ];
    const item = treeRow({ label: `“${analysis.excerpt}”`, description: words, tooltip });
    item.iconPath = new vscode.ThemeIcon(analysis === this.#analyses.current ? 'circle-filled' : 'circle-outline');
    return acting(item, 'textAttention.showAnalysis', [analysis.id]);
  }

  #headItem(map: number, layer: number, head: number): vscode.TreeItem {
    const summary = this.#summaries[map]?.[layer]?.[head];
    const item = treeRow({
      label: `Head ${head}`,
      ...(summary ? { description: roleLabel(summary), tooltip: headTooltip(summary) } : {}),
    });
    item.iconPath = headIcon(head);
    return acting(item, 'textAttention.focusHead', [map, layer, head]);
  }

  #layers(map: number): Row[] {
    const [layers] = this.#analyses.current?.map(map)?.shape ?? [0];
    return Array.from({ length: layers }, (_, layer) => this.#row({ kind: 'layer', map, layer }));
  }

  async #heads(current: LiveAnalysis, map: number, layer: number): Promise<Row[]> {
    await this.#load(current);
    return (this.#summaries[map]?.[layer] ?? []).map(({ head }) => this.#row({ kind: 'head', map, layer, head }));
  }

  async #load(current: LiveAnalysis): Promise<void> {
    if (this.#loaded === current) return;
    try {
      const summaries = await Promise.all(
        current.info.maps.map((_, map) => this.#analyses.source.heads(current.id, map)),
      );
      if (current !== this.#analyses.current) return;
      this.#summaries = summaries;
      this.#loaded = current;
      tellInTree(this.#view, '');
    } catch (thrown) {
      this.#summaries = [];
      tellInTree(this.#view, lineOf(reasonOf(thrown)));
    }
  }

  #refresh(): void {
    for (const [id, row] of this.#rows) {
      if (row.kind === 'analysis' && !this.#analyses.all.includes(row.analysis)) this.#rows.delete(id);
    }
    this.#changed.fire(undefined);
    this.#reveal(this.#analyses.current);
  }

  #reveal(analysis: LiveAnalysis | null): void {
    if (!analysis || analysis !== this.#analyses.current || !this.#view.visible) return;
    const row = this.#row(selectedRow(this.#selections.of(analysis)));
    if (this.#view.selection.includes(row)) return;
    // The view may be rebuilt or hidden meanwhile; then there is nothing to reveal.
    this.#view
      .reveal(row, { select: true, focus: false, expand: row.kind === 'layer' })
      .then(undefined, () => undefined);
  }

  /** The same row is the same object every time, as the view expects. */
  #row(row: Row): Row {
    const id = idOf(row);
    const known = this.#rows.get(id) ?? row;
    this.#rows.set(id, known);
    return known;
  }
}

function selectedRow({ map, layer, head }: Selection): Row {
  return head === null ? { kind: 'layer', map, layer } : { kind: 'head', map, layer, head };
}

function idOf(row: Row): string {
  switch (row.kind) {
    case 'analyses':
    case 'heads':
      return row.kind;
    case 'analysis':
      return row.analysis.id;
    case 'map':
      return `map ${row.map}`;
    case 'layer':
      return `map ${row.map} layer ${row.layer}`;
    case 'head':
      return `map ${row.map} layer ${row.layer} head ${row.head}`;
  }
}

/** An analysis as lists tell it from others. The document of a file that was closed has no lines. */
function listed({ modelName, tokenCount, stale, place: { uri, range }, texts: { target } }: LiveAnalysis): Listed {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  const { line, character } = document?.positionAt(range.start) ?? new vscode.Position(0, range.start);
  const given = target === undefined ? null : typeof target === 'string' ? target : target.range.text;
  return {
    modelName,
    tokenCount,
    stale,
    file: uri.path.split('/').at(-1) ?? '',
    line,
    column: character,
    target: given,
  };
}

function acting(item: vscode.TreeItem, command: string, values: readonly unknown[]): vscode.TreeItem {
  item.command = { command, title: 'Show', arguments: [...values] };
  return item;
}
