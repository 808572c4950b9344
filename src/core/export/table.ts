import type { Analysis } from '../attention/analysis.ts';
import type { AttentionMap } from '../attention/map.ts';
import { countText, listText, weightText } from '../attention/number-words.ts';
import { looksAt, strongest } from '../attention/rows.ts';
import { rowWords } from '../attention/row-names.ts';
import { forcedRows, tokenUnits } from '../attention/sight.ts';
import type { Sequence } from '../text/token.ts';
import { focusedWeights, focusName, mapsIn, type Focus } from './focus.ts';
import { aligned, labels, rowLabels } from './columns.ts';
import { predictionTable } from './prediction-table.ts';

/** Links that a row shows. */
const linksShown = 5;

/**
 * An analysis as text for eyes: for every token of every map the tokens that it looks at most, with weights, columns aligned.
 * Throws RangeError when a map has no such layer or head.
 */
export function tableOf(analysis: Analysis, focus: Focus): string {
  const { model, sequences, timing, notes } = analysis;
  const head = `${model.id} · ${model.family} · ${countText(model.layers, 'layer')} × ${countText(model.heads, 'head')} · ${tokenCounts(sequences)} · ${Math.round(timing.run)} ms`;
  const maps = mapsIn(analysis, focus).map((map) => mapTable(map, sequences, focus));
  const predictions = (analysis.predictions ?? []).map((prediction) => predictionTable(prediction, sequences));
  return `${[[head, ...notes, ...sequences.flatMap(remarks)].join('\n'), ...maps, ...predictions.filter((table) => table !== '')].join('\n\n')}\n`;
}

/** What is to be known of a sequence: where it was cut, who speaks where, and what the model wrote. */
function remarks({ text, tokens, analysedTo, generatedFrom, roles }: Sequence): string[] {
  return [
    ...(analysedTo === undefined ? [] : [`Only the first ${analysedTo} of ${text.length} characters were analysed.`]),
    ...(roles ? [`Messages: ${roles.map(({ role, first, end }) => `${role} ${rangeText(first, end)}`).join(', ')}.`] : []),
    ...(generatedFrom === undefined ? [] : [writtenText(generatedFrom, tokens.length)]),
  ];
}

function mapTable(map: AttentionMap, sequences: readonly Sequence[], focus: Focus): string {
  const weights = focusedWeights(map, focus);
  const queries = rowLabels(map, sequences);
  const keys = labels(sequences[map.keys]);
  const forced = forcedRows(map, tokenUnits(queries.length), tokenUnits(keys.length));
  const rows = queries.map((label, query) => {
    const row = looksAt(weights, query, keys.length);
    const links = strongest(row, linksShown);
    if (forced.has(query)) return [label, ...windowCells(map, query, row), `sees only ${keys[links[0]?.index ?? query] ?? ''}`];
    return [label, ...windowCells(map, query, row), ...(links.length > 0 ? links.map(({ index, weight }) => `${keys[index] ?? ''} ${weightText(weight)}`) : ['nothing'])];
  });
  return `${map.name} (${map.kind}), ${focusName(map, focus)}: ${map.rows ? `each step (${rowWords.both})` : 'each token'} and what it looks at most\n${aligned(rows)}`;
}

/** The centre of a query's window, for local attention, and the sum of its row where that is not 1. */
function windowCells({ local, normalised }: AttentionMap, query: number, row: Float32Array): string[] {
  const centre = local ? [`centre ${(local.centres[query] ?? 0).toFixed(1)} ± ${local.halfWidth}`] : [];
  return normalised === false ? [...centre, `sum ${weightText(row.reduce((sum, weight) => sum + weight, 0))}`] : centre;
}

/** The lengths of sequences in words: `11 tokens`, `7 and 1 tokens`. */
export function tokenCounts(sequences: readonly Sequence[]): string {
  const counts = sequences.map((sequence) => sequence.tokens.length);
  return counts.length === 1 ? countText(counts[0] ?? 0, 'token') : `${listText(counts.map(String))} tokens`;
}

function writtenText(first: number, end: number): string {
  if (first >= end) return 'The model wrote no token.';
  return end - first === 1 ? `Token ${first} was written by the model.` : `Tokens ${rangeText(first, end)} were written by the model.`;
}

/** `3–5`, or `3` alone. */
function rangeText(first: number, end: number): string {
  return end - first === 1 ? String(first) : `${first}–${end - 1}`;
}
