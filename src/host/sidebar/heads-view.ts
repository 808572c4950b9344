import * as vscode from 'vscode';
import { layerNumber, otherLayers, type OtherLayers } from '../../core/attention/layers.ts';
import { hasRole, roleFilterText } from '../../core/attention/role-filter.ts';
import type { HeadSummary } from '../../core/attention/roles.ts';
import type { ViewState } from '../../core/attention/view.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { lineOf } from '../../core/errors/sentence.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import type { Selections } from '../analysis/selections.ts';
import { words } from '../../core/words/words.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import { tellInTree, treeRow } from '../window/window.ts';
import {
  acting,
  analysisItem,
  exampleItem,
  exampleRows,
  headItem,
  idOf,
  othersItem,
  parentOf,
  selectedRow,
  type HeadRow,
  type Row,
} from './rows.ts';

/** The view's id in package.json. */
export const headsViewId = 'textAttention.heads';

/**
 * The side panel: the analyses, and the heads of the current one layer by layer. Choosing a head changes the selection.
 */
export class HeadsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #selections: Selections;
  readonly #panelView: PanelView;
  /** The role by which heads are filtered, here as in the panel. */
  #role: ViewState['role'];
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Row>;
  readonly #subscriptions: vscode.Disposable;
  readonly #rows = new Map<string, Row>();
  #summaries: readonly (readonly (readonly HeadSummary[])[])[] = [];
  #loaded: { readonly analysis: LiveAnalysis; readonly measurements: number } | null = null;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(analyses: Analyses, selections: Selections, panelView: PanelView) {
    this.#analyses = analyses;
    this.#panelView = panelView;
    this.#role = panelView.now?.role ?? null;
    this.#selections = selections;
    this.#view = vscode.window.createTreeView(headsViewId, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#view,
      analyses.onDidChange(() => this.#refresh()),
      panelView.onDidChange(() => this.#filter()),
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
          : this.#layers(current, 0);
      case 'map':
        return this.#layers(current, row.map);
      case 'layer':
        return this.#heads(current, row.map, row.layer);
      case 'head':
        return exampleRows(row, this.#summaryOf(row)).map((one) => this.#row(one));
      case 'analysis':
      case 'others':
      case 'example':
        return [];
    }
  }

  getParent(row: Row): Row | null {
    const parent = parentOf(row, this.#analyses.current?.info.maps.length ?? 0);
    return parent && this.#row(parent);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = this.#item(row);
    // What is filtered opens its layers, whatever was open before.
    item.id = this.#role === null ? idOf(row) : `${idOf(row)} ${this.#role}`;
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #item(row: Row): vscode.TreeItem {
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    switch (row.kind) {
      case 'analyses':
        return treeRow({ label: vscode.l10n.t('Analyses') }, Expanded);
      case 'heads':
        return treeRow({ label: vscode.l10n.t('Heads'), description: this.#filterText() }, Expanded);
      case 'map':
        return treeRow({ label: this.#analyses.current?.map(row.map)?.name ?? '' }, Expanded);
      case 'layer':
        return acting(
          treeRow(
            { label: vscode.l10n.t('Layer {0}', this.#numberOf(row)) },
            this.#role === null ? Collapsed : Expanded,
          ),
          'textAttention.focusLayer',
          [row.map, row.layer],
        );
      case 'others': {
        const others = this.#others(row.map).find(({ before }) => before === row.before);
        return others ? othersItem(others) : treeRow({ label: '' });
      }
      case 'analysis':
        return analysisItem(row.analysis, this.#analyses);
      case 'head':
        return headItem(row, this.#summaryOf(row), this.#analyses.current?.info);
      case 'example':
        return exampleItem(row, this.#summaryOf(row));
    }
  }

  #summaryOf({ map, layer, head }: HeadRow): HeadSummary | undefined {
    return this.#summaries[map]?.[layer]?.[head];
  }

  #others(map: number): readonly OtherLayers[] {
    return otherLayers(this.#analyses.current?.map(map) ?? {});
  }

  /** The number of a layer; nothing where the rows are still those of an analysis before. */
  #numberOf({ map, layer }: Pick<HeadRow, 'map' | 'layer'>): string {
    const own = this.#analyses.current?.map(map);
    return own && layer < own.shape[0] ? String(layerNumber(own, layer)) : '';
  }

  async #layers(current: LiveAnalysis, map: number): Promise<Row[]> {
    const [layers] = current.map(map)?.shape ?? [0];
    if (this.#role !== null) {
      await this.#load(current);
      const own = this.#summaries[map] ?? [];
      return own.flatMap((heads, layer) =>
        heads.some((summary) => hasRole(summary, this.#role)) ? [this.#row({ kind: 'layer', map, layer })] : [],
      );
    }
    const others = this.#others(map);
    return Array.from({ length: layers + 1 }, (_, layer): Row[] => [
      ...(others.some(({ before }) => before === layer) ? [this.#row({ kind: 'others', map, before: layer })] : []),
      ...(layer < layers ? [this.#row({ kind: 'layer', map, layer })] : []),
    ]).flat();
  }

  async #heads(current: LiveAnalysis, map: number, layer: number): Promise<Row[]> {
    await this.#load(current);
    return (this.#summaries[map]?.[layer] ?? [])
      .filter((summary) => hasRole(summary, this.#role))
      .map(({ head }) => this.#row({ kind: 'head', map, layer, head }));
  }

  /** What is filtered, and how many heads are left; how heads are ordered where nothing is. */
  #filterText(): string {
    const role = this.#role;
    const summaries = this.#summaries.flat();
    if (role === null) return vscode.l10n.t('by layer');
    return summaries.length > 0 ? roleFilterText(summaries, role) : words().probe.names[role];
  }

  #filter(): void {
    const role = this.#panelView.now?.role ?? null;
    if (role === this.#role) return;
    this.#role = role;
    this.#changed.fire(undefined);
  }

  async #load(current: LiveAnalysis): Promise<void> {
    const { measurements } = this.#analyses.source;
    if (this.#loaded?.analysis === current && this.#loaded.measurements === measurements) return;
    try {
      const summaries = await Promise.all(
        current.info.maps.map((_, map) => this.#analyses.source.heads(current.id, map)),
      );
      if (current !== this.#analyses.current) return;
      this.#summaries = summaries;
      this.#loaded = { analysis: current, measurements };
      // The row above says how many heads a filter leaves.
      if (this.#role !== null) this.#changed.fire(undefined);
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
