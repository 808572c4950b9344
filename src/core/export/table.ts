import type { Analysis } from '../attention/analysis.ts';
import type { AttentionMap } from '../attention/map.ts';
import { looksAt, strongest } from '../attention/rows.ts';
import type { Sequence } from '../text/token.ts';
import { focusedWeights, focusName, type Focus } from './focus.ts';
import { labelOf } from '../text/label.ts';
import { cellsOf, padTo } from './width.ts';

/** Links that a row shows. */
const linksShown = 5;
const gap = '   ';

/**
 * An analysis as text for eyes: for every token of every map the tokens that it looks at most, with weights, columns aligned.
 * Throws RangeError when a map has no such layer or head.
 */
export function tableOf(analysis: Analysis, focus: Focus): string {
  const { model, sequences, timing, notes } = analysis;
  const tokens = sequences.map((sequence) => sequence.tokens.length).join(' and ');
  const head = `${model.id} · ${model.family} · ${counted(model.layers, 'layer')} × ${counted(model.heads, 'head')} · ${tokens} tokens · ${Math.round(timing.run)} ms`;
  const cut = sequences.flatMap((sequence) => sequence.analysedTo === undefined ? []
    : [`Only the first ${sequence.analysedTo} of ${sequence.text.length} characters were analysed.`]);
  const maps = analysis.maps.map((map) => mapTable(map, sequences, focus));
  return `${[[head, ...notes, ...cut].join('\n'), ...maps].join('\n\n')}\n`;
}

function mapTable(map: AttentionMap, sequences: readonly Sequence[], focus: Focus): string {
  const weights = focusedWeights(map, focus);
  const queries = labels(sequences[map.queries]);
  const keys = labels(sequences[map.keys]);
  const rows = queries.map((label, query) => {
    const row = looksAt(weights, query, keys.length);
    const links = strongest(row, linksShown);
    return [label, ...windowCells(map, query, row), ...links.map(({ index, weight }) => `${keys[index] ?? ''} ${weight.toFixed(2)}`)];
  });
  return `${map.name} (${map.kind}), ${focusName(map, focus)}: each token and what it looks at most\n${aligned(rows)}`;
}

/** The centre of a query's window, for local attention, and the sum of its row where that is not 1. */
function windowCells({ local, normalised }: AttentionMap, query: number, row: Float32Array): string[] {
  const centre = local ? [`centre ${(local.centres[query] ?? 0).toFixed(1)} ± ${local.halfWidth}`] : [];
  return normalised === false ? [...centre, `sum ${row.reduce((sum, weight) => sum + weight, 0).toFixed(2)}`] : centre;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Every token as its position and what a reader sees of it. */
function labels(sequence: Sequence | undefined): string[] {
  return sequence?.tokens.map((token, index) => `${index} ${labelOf(sequence, token)}`) ?? [];
}

function aligned(rows: readonly string[][]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => cellsOf(row[column] ?? ''))));
  return rows.map((row) => row.map((cell, column) => padTo(cell, widths[column] ?? 0)).join(gap).trimEnd()).join('\n');
}
