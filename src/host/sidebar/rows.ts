import * as vscode from 'vscode';
import type { AnalysisInfo } from '../../core/attention/analysis.ts';
import { meaningOfOthers, partsOfOthers } from '../../core/attention/layer-words.ts';
import type { OtherLayers } from '../../core/attention/layers.ts';
import { editedText } from '../../core/attention/edited-words.ts';
import { numbersText } from '../../core/attention/model-words.ts';
import type { HeadSummary } from '../../core/attention/roles.ts';
import type { Selection } from '../../core/attention/selection.ts';
import { headColor, headTurn, type Shade } from '../../core/color/head-color.ts';
import { hexOf } from '../../core/color/srgb.ts';
import { cutSentences } from '../../core/text/cut-words.ts';
import { evidenceName, exampleText } from '../../core/probe/probe-words.ts';
import { unknownSentences } from '../../core/text/unknown-words.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import { isHighContrast } from '../window/theme.ts';
import { treeRow } from '../window/window.ts';
import { headTooltip, listedWords, roleLabel, type Listed } from './row-words.ts';

/** Where a head is. */
export interface HeadRow {
  readonly map: number;
  readonly layer: number;
  readonly head: number;
}

/** A row of the view. */
export type Row =
  | { readonly kind: 'analyses' | 'heads' }
  | { readonly kind: 'analysis'; readonly analysis: LiveAnalysis }
  | { readonly kind: 'map'; readonly map: number }
  | { readonly kind: 'layer'; readonly map: number; readonly layer: number }
  /** Layers without attention; `before` is the index of the attending layer that follows. */
  | { readonly kind: 'others'; readonly map: number; readonly before: number }
  | ({ readonly kind: 'head' } & HeadRow)
  /** An example of a role that a head was measured to have; both by their places in the lists of the head. */
  | ({ readonly kind: 'example'; readonly role: number; readonly example: number } & HeadRow);

/** The row of what is selected. */
export function selectedRow({ map, layer, head }: Selection): Row {
  return head === null ? { kind: 'layer', map, layer } : { kind: 'head', map, layer, head };
}

/** The id of a row, the same for the same thing. */
export function idOf(row: Row): string {
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
    case 'others':
      return `map ${row.map} others ${row.before}`;
    case 'head':
      return `map ${row.map} layer ${row.layer} head ${row.head}`;
    case 'example':
      return `map ${row.map} layer ${row.layer} head ${row.head} example ${row.role} ${row.example}`;
  }
}

/** The row that a row stands under in an analysis of `maps` maps. */
export function parentOf(row: Row, maps: number): Row | null {
  switch (row.kind) {
    case 'analyses':
    case 'heads':
      return null;
    case 'analysis':
      return { kind: 'analyses' };
    case 'map':
      return { kind: 'heads' };
    case 'layer':
    case 'others':
      return maps > 1 ? { kind: 'map', map: row.map } : { kind: 'heads' };
    case 'head':
      return { kind: 'layer', map: row.map, layer: row.layer };
    case 'example':
      return { kind: 'head', map: row.map, layer: row.layer, head: row.head };
  }
}

/** The row of an analysis among all. */
export function analysisItem(
  analysis: LiveAnalysis,
  { all, current }: Pick<Analyses, 'all' | 'current'>,
): vscode.TreeItem {
  const words = listedWords(listed(analysis), all.map(listed));
  const { info, parts, leftOut } = analysis;
  const texts = parts.map(({ place }) => `“${place.range.text}”`);
  const model = [analysis.modelName, numbersText(info.model), analysis.tokensText]
    .filter((part) => part !== '')
    .join(' · ');
  const tooltip = [
    ...texts,
    words,
    model,
    ...(info.edits ? [editedText(info)] : []),
    ...cutSentences(info.sequences),
    ...unknownSentences(info.sequences),
    ...leftOut,
  ];
  const item = treeRow({ label: `“${analysis.excerpt}”`, description: words, tooltip });
  item.iconPath = new vscode.ThemeIcon(analysis === current ? 'circle-filled' : 'circle-outline');
  return acting(item, 'textAttention.showAnalysis', [analysis.id]);
}

/** The row of a head; without its summary, which may come later, it says its number alone. */
export function headItem(
  { map, layer, head }: HeadRow,
  summary: HeadSummary | undefined,
  info: AnalysisInfo | undefined,
): vscode.TreeItem {
  const own = info?.maps[map];
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = treeRow(
    {
      label: vscode.l10n.t('Head {0}', head),
      ...(summary && own && summary.layer < own.shape[0]
        ? { description: roleLabel(summary), tooltip: headTooltip(summary, own, info.sequences[own.keys]) }
        : {}),
    },
    (summary?.measured ?? []).some(({ examples }) => examples.length > 0) ? Collapsed : None,
  );
  item.iconPath = headIcon(head);
  return acting(item, 'textAttention.focusHead', [map, layer, head]);
}

/** The rows below a head: examples of what it was measured to do. */
export function exampleRows({ map, layer, head }: HeadRow, summary: HeadSummary | undefined): Row[] {
  return (summary?.measured ?? []).flatMap(({ examples }, role) =>
    examples.map((_, example): Row => ({ kind: 'example', map, layer, head, role, example })),
  );
}

/** The row of an example, which opens its sentence; nothing where the rows are still those of an analysis before. */
export function exampleItem(
  { map, layer, head, role, example: at }: Extract<Row, { readonly kind: 'example' }>,
  summary: HeadSummary | undefined,
): vscode.TreeItem {
  const evidence = summary?.measured?.[role];
  const example = evidence?.examples[at];
  if (!evidence || !example) return treeRow({ label: '' });
  const item = treeRow({
    label: exampleText(example),
    description: evidenceName(evidence),
    tooltip: [example.text, ...(example.pair === undefined ? [] : [example.pair])],
  });
  item.iconPath = new vscode.ThemeIcon('quote');
  return acting(item, 'textAttention.openExample', [{ map, layer, head, example }]);
}

/** The row of layers without attention: their numbers, and what they are. */
export function othersItem(others: OtherLayers): vscode.TreeItem {
  const { range, kinds } = partsOfOthers(others);
  return treeRow({
    label: others.first === others.last ? vscode.l10n.t('Layer {0}', range) : vscode.l10n.t('Layers {0}', range),
    description: kinds,
    tooltip: [meaningOfOthers(others)],
  });
}

/** A row that runs a command when it is chosen. */
export function acting(item: vscode.TreeItem, command: string, values: readonly unknown[]): vscode.TreeItem {
  item.command = { command, title: vscode.l10n.t('Show'), arguments: [...values] };
  return item;
}

/** An analysis as lists tell it from others. The document of a file that was closed has no lines. */
function listed(analysis: LiveAnalysis): Listed {
  const { modelName, tokenCount, stale, edits, texts } = analysis;
  const { uri, range } = analysis.place;
  const { target } = texts;
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  const { line, character } = document?.positionAt(range.start) ?? new vscode.Position(0, range.start);
  const given = target === undefined ? null : typeof target === 'string' ? target : target.range.text;
  return {
    modelName,
    tokenCount,
    stale,
    edited: edits.length > 0,
    file: uri.path.split('/').at(-1) ?? '',
    line,
    column: character,
    target: given,
  };
}

/** A small square in the colour of a head; in high contrast a plain dot, since hues mean nothing there. */
function headIcon(head: number): vscode.ThemeIcon | { light: vscode.Uri; dark: vscode.Uri } {
  if (isHighContrast()) return new vscode.ThemeIcon('circle-filled');
  return { light: square(head, 'light'), dark: square(head, 'dark') };
}

/** Heads that repeat a hue carry a hole for every time it was used before. */
function square(head: number, shade: Shade): vscode.Uri {
  const hole =
    headTurn(head) === 0 ? '' : `<rect x="6" y="6" width="4" height="4" fill="${shade === 'dark' ? '#000' : '#fff'}"/>`;
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">' +
    `<rect x="3" y="3" width="10" height="10" rx="2" fill="${hexOf(headColor(head, shade))}"/>${hole}</svg>`;
  return vscode.Uri.from({ scheme: 'data', path: `image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` });
}
