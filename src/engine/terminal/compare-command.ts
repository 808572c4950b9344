import type { Analysis } from '../../core/attention/analysis.ts';
import { openingOf, openingSelection } from '../../core/attention/opening.ts';
import { summariseHeads } from '../../core/attention/roles.ts';
import { allHeads, firstSelection, soloHead, type Selection } from '../../core/attention/selection.ts';
import { firstView, fitView, type ViewState } from '../../core/attention/view.ts';
import { builtIns } from '../../core/catalogue/built-in.ts';
import { maxSides, runOfSide, type Side } from '../../core/compare/side.ts';
import { differencesCsvOf, differencesJsonOf } from '../../core/export/differences.ts';
import { differencesTableOf } from '../../core/export/differences-table.ts';
import type { TextFormat } from '../../core/export/format.ts';
import { itemAt } from '../../core/item-at.ts';
import type { Compared } from '../../core/compare/of-analyses.ts';
import { compareSvgOf } from '../../core/views/compare/paper.ts';
import { words } from '../../core/words/words.ts';
import { Analyser } from '../run/analyser.ts';
import { checkHead, choiceOption, layerOption, wholeOption, wrong } from './command-line.ts';
import { writeFileWhole, writeStream, writeWords } from './output.ts';
import { requestOf, requestOptions, textOf, type TerminalRequest } from './request.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';
import { checkView, viewOptions, viewOptionsOf } from './view-options.ts';

const text = { type: 'string' } as const;
const options = {
  ...requestOptions,
  ...viewOptions,
  with: { type: 'string', multiple: true },
  map: text,
  layer: text,
  head: text,
  format: text,
  out: text,
} as const;
const formats = ['table', 'csv', 'json', 'svg'] as const;
const written: Readonly<Record<(typeof formats)[number], (compared: Compared) => Iterable<string>>> = {
  table: (compared) => [differencesTableOf(compared)],
  csv: differencesCsvOf,
  json: (compared) => [differencesJsonOf(compared)],
  svg: (compared) => [compareSvgOf(compared)],
};
/** Of these formats none holds the weights as the model gave them alone, so that all options of *Filter* apply. */
const filtered: TextFormat = 'csv';

/** Where the first run is looked at, as it is written. */
interface Place {
  readonly map: string | undefined;
  readonly layer: number | null;
  readonly head: number | null;
}

/**
 * `compare TEXT`: runs a model on a text, and beside it other models (`--with`), another text, or with `--edit` the
 * model as it is, and tells how their attention differs.
 */
export const compareCommand: TerminalCommand = async (args, { places, signal, output, owner }) => {
  const { values, positionals } = readOptions(args, options);
  const format = choiceOption('--format', values.format, formats) ?? 'table';
  const place = {
    map: values.map,
    layer: wholeOption('--layer', values.layer),
    head: wholeOption('--head', values.head),
  };
  const shown = viewOptionsOf(values, filtered, place.layer);
  const { run, memory } = requestOf(values, positionals.slice(0, 1));
  const compare = sidesOf(run, values.with ?? [], positionals);
  const analyser = new Analyser(places, () => undefined, memory);
  const work = { signal, report: () => undefined };
  try {
    const analysis = await analyser.analyse(run, work);
    checkView(analysis, shown);
    const selection = selectionOf(analysis, place);
    const fitted = fitView({ ...firstView, view: 'compare', options: shown }, analysis);
    // What was written is done, a model beside itself included.
    const view: ViewState = { ...fitted, compare: [...compare] };
    const sides: Analysis[] = [];
    for (const side of compare) sides.push(await analyser.analyse(runOfSide(run, side), work));
    const parts = written[format]({ analysis, sides, selection, view });
    if (values.out !== undefined) writeFileWhole(values.out, parts, owner);
    else if (format === 'table') await writeWords(output, [...parts].join(''));
    else await writeStream(output, parts);
    return 0;
  } finally {
    await analyser.dispose();
  }
};

/** What stands beside the run. Throws `argument-invalid` where that is nothing, or more than there is room for. */
function sidesOf(
  { edits, pair, target }: TerminalRequest['run'],
  models: readonly string[],
  [, ...texts]: readonly string[],
): readonly Side[] {
  const says = words().details.options;
  const sides: readonly Side[] = [
    ...models.map((model): Side => ({ model })),
    ...texts.map((other): Side => ({ text: textOf(other) })),
    ...(edits ? [{ unedited: true } satisfies Side] : []),
  ];
  if (sides.length === 0) throw wrong('compare', says.nothingBeside);
  if (sides.length > maxSides) throw wrong('compare', says.tooManyBeside(sides.length, maxSides));
  if (texts.length > 0 && (pair !== undefined || target !== undefined))
    throw wrong(pair === undefined ? '--target' : '--pair', says.ofFirstText);
  return sides;
}

/**
 * Where the first run is looked at: as it is written; else the head that aligns of a translator that ships, or the head
 * that the panel would open with. Throws `argument-invalid` for a map, layer or head that there is not.
 */
function selectionOf(analysis: Analysis, { map: name, layer: number, head }: Place): Selection {
  const { maps, model } = analysis;
  const names = maps.map((map) => map.name);
  const named = choiceOption('--map', name, names);
  const index = named === null ? firstSelection(analysis).map : names.indexOf(named);
  const map = itemAt(maps, index);
  const own = allHeads({ ...firstSelection(analysis), map: index, layer: 0 }, map.shape[1]);
  if (number === null && head === null) {
    const aligns = map.kind === 'cross' ? builtIns[model.id]?.aligns : undefined;
    if (aligns) return soloHead({ ...own, layer: layerOption(map, aligns.layer) }, aligns.head);
    const summaries = summariseHeads(map, analysis.sequences, model.relations, analysis.probe);
    return named === null ? openingSelection(analysis, openingOf(map, index, summaries)) : own;
  }
  const layer = number === null ? 0 : layerOption(map, number);
  if (head === null) return { ...own, layer };
  checkHead(map, head);
  return soloHead({ ...own, layer }, head);
}
