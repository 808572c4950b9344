import { itemAt } from '../item-at.ts';
import type { Analysis } from '../attention/analysis.ts';
import { editedText } from '../attention/edited-words.ts';
import { unnamedFilterWords } from '../attention/filter-words.ts';
import type { AttentionMap } from '../attention/map.ts';
import { othersSentences } from '../attention/layer-words.ts';
import { numbersText, sizeText, tokenCounts } from '../attention/model-words.ts';
import { weightText } from '../attention/number-words.ts';
import { looksAt, strongest } from '../attention/rows.ts';
import { plainOptions, type ViewOptions } from '../attention/view.ts';
import { cutSentences } from '../text/cut-words.ts';
import { visibleLine } from '../text/foreign.ts';
import type { Sequence } from '../text/token.ts';
import { unknownNames, unknownSentences } from '../text/unknown-words.ts';
import { focusName, mapsIn, type Focus } from '../scene/focus.ts';
import { aligned } from './columns.ts';
import { changeTable, predictionTable } from './prediction-table.ts';
import { ShownMap } from '../scene/shown-map.ts';
import { words } from '../words/words.ts';

/** The most characters of a line that quotes a model's names. */
const maxLine = 600;

/** Links that a row shows. */
const linksShown = 5;

/**
 * An analysis as text for eyes: for every token (or word) of every map those that it looks at most of what the options
 * leave, with weights, columns aligned. Throws RangeError when a map has no such layer or head.
 */
export function tableOf(analysis: Analysis, focus: Focus, options: ViewOptions = plainOptions): string {
  const { model, sequences, timing, notes } = analysis;
  const says = words();
  const [first] = analysis.maps;
  const size = first ? sizeText(first) : '';
  const run = [tokenCounts(sequences), says.table.milliseconds(timing.run)];
  const head = [model.id, model.family, numbersText(model), size, ...run].filter((part) => part !== '').join(' · ');
  const maps = mapsIn(analysis, focus).map((map) => mapTable(new ShownMap(map, sequences, options), focus));
  const predictions = (analysis.predictions ?? []).map((prediction) => predictionTable(prediction, sequences));
  const lines = [
    head,
    ...(analysis.edits ? [editedText(analysis)] : []),
    ...othersSentences(analysis.maps),
    ...notes,
    ...remarksOf(sequences),
    ...sequences.flatMap(voices),
  ];
  const change = analysis.change ? [changeTable(analysis.change, sequences)] : [];
  const told = lines.map((line) => visibleLine(line, maxLine)).join('\n');
  return `${[told, ...change, ...maps, ...predictions.filter((table) => table !== '')].join('\n\n')}\n`;
}

/**
 * What is to be known of the texts before their tokens are read: where they were cut, and which words the model does
 * not know.
 */
export function remarksOf(sequences: readonly Sequence[]): string[] {
  const names = unknownNames(sequences);
  return [
    ...cutSentences(sequences),
    ...unknownSentences(sequences),
    ...(names === '' ? [] : [words().texts.unknownNames(names)]),
  ];
}

/** Who speaks where in a sequence, and what the model wrote. */
function voices({ tokens, generatedFrom, roles }: Sequence): string[] {
  return [
    ...(roles ? [words().table.messages(roles)] : []),
    ...(generatedFrom === undefined ? [] : [words().table.generated(generatedFrom, tokens.length)]),
  ];
}

function mapTable(shown: ShownMap, focus: Focus): string {
  const says = words().table;
  const { map, options } = shown;
  const weights = shown.merged(focus);
  const keys = shown.keys.map(({ at, label }) => `${at} ${label}`);
  const forced = shown.forcedRows(focus);
  const rows = shown.queries.flatMap(({ at, label }, query) => {
    if (shown.step !== null && shown.step !== query) return [];
    const row = looksAt(weights, query, keys.length);
    const links = strongest(row, linksShown);
    const window = shown.isWhole ? windowCells(map, query, row) : [];
    const first = [`${at} ${label}`, ...window];
    if (forced.has(query)) return [[...first, says.seesOnly(itemAt(keys, links[0]?.index ?? query))]];
    const named = links.map(({ index, weight }) => `${itemAt(keys, index)} ${weightText(weight)}`);
    return [[...first, ...(named.length > 0 ? named : [says.nothing])]];
  });
  const each = map.rows
    ? says.topKeys.step(words().filters.rowNames[options.rows])
    : options.unit === 'words'
      ? says.topKeys.word
      : says.topKeys.token;
  const name = `${words().pictures.map(map.name, map.kind)}, ${focusName(map, focus, options)}`;
  const heading = `${name}${filtersOf(shown)}`;
  if (shown.queries.length === 0 || shown.keys.length === 0) return `${heading}\n${words().filterMenu.nothingLeft}`;
  return `${heading}: ${each}\n${aligned(rows)}`;
}

/** What is filtered, without the names of a decoder's rows: the heading says them. */
function filtersOf({ options, map }: ShownMap): string {
  return unnamedFilterWords(options, map, { rows: 'both' })
    .map((filter) => `, ${filter}`)
    .join('');
}

/** The centre of a query's window, for local attention, and the sum of its row where that is not 1. */
function windowCells({ local, normalised }: AttentionMap, query: number, row: Float32Array): string[] {
  const says = words().table;
  const centre = local ? [says.centre(itemAt(local.centres, query), local.halfWidth)] : [];
  if (normalised !== false) return centre;
  return [...centre, says.sum(weightText(row.reduce((sum, weight) => sum + weight, 0)))];
}
