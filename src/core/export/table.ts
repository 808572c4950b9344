import type { Analysis } from '../attention/analysis.ts';
import type { AttentionMap } from '../attention/map.ts';
import { looksAt, strongest } from '../attention/rows.ts';
import type { Sequence } from '../text/token.ts';
import { focusedWeights, focusName, mapsIn, type Focus } from './focus.ts';
import { aligned, labels } from './columns.ts';
import { predictionTable } from './prediction-table.ts';

/** Links that a row shows. */
const linksShown = 5;

/**
 * An analysis as text for eyes: for every token of every map the tokens that it looks at most, with weights, columns aligned.
 * Throws RangeError when a map has no such layer or head.
 */
export function tableOf(analysis: Analysis, focus: Focus): string {
  const { model, sequences, timing, notes } = analysis;
  const tokens = sequences.map((sequence) => sequence.tokens.length).join(' and ');
  const head = `${model.id} · ${model.family} · ${counted(model.layers, 'layer')} × ${counted(model.heads, 'head')} · ${tokens} tokens · ${Math.round(timing.run)} ms`;
  const maps = mapsIn(analysis, focus).map((map) => mapTable(map, sequences, focus));
  const predictions = (analysis.predictions ?? []).map((prediction) => predictionTable(prediction, sequences));
  return `${[[head, ...notes, ...sequences.flatMap(remarks)].join('\n'), ...maps, ...predictions.filter((table) => table !== '')].join('\n\n')}\n`;
}

/** What is to be known of a sequence: where it was cut, who speaks where, and what the model wrote. */
function remarks({ text, tokens, analysedTo, generatedFrom, roles }: Sequence): string[] {
  return [
    ...(analysedTo === undefined ? [] : [`Only the first ${analysedTo} of ${text.length} characters were analysed.`]),
    ...(roles ? [`Messages: ${roles.map(({ role, first, end }) => `${role} ${first}–${end - 1}`).join(', ')}.`] : []),
    ...(generatedFrom === undefined ? [] : [`Tokens ${generatedFrom}–${tokens.length - 1} were written by the model.`]),
  ];
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
