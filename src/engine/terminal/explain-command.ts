import type { Analysis } from '../../core/attention/analysis.ts';
import type { Cell } from '../../core/block/explanation.ts';
import { explanationJson, explanationTable } from '../../core/export/explanation.ts';
import { itemAt } from '../../core/item-at.ts';
import { arithmeticSvgOf } from '../../core/views/arithmetic/paper.ts';
import { words } from '../../core/words/words.ts';
import { Analyser } from '../run/analyser.ts';
import { checkHead, choiceOption, layerOption, wholeOption, wrong } from './command-line.ts';
import { writeStream, writeWords } from './output.ts';
import { requestOf, requestOptions } from './request.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';

const text = { type: 'string' } as const;
const places = ['layer', 'head', 'query', 'key'] as const;
const formats = ['table', 'json', 'svg'] as const;
const wordFormats = ['table', 'json'] as const;

/** The options of a command that asks for one weight. */
export const explainOptions = {
  ...requestOptions,
  map: text,
  layer: text,
  head: text,
  query: text,
  key: text,
  format: text,
} as const;

/** The weight that is asked for: its layer as the model numbers it, its map by name where it is named. */
interface Asked extends Readonly<Record<(typeof places)[number], number>> {
  readonly map: string | undefined;
}

/**
 * `explain TEXT`: runs a model on a text and tells what one weight is made of: query, key, scale, biases, the scores of
 * its row, value, and what comes of it after the output projection.
 */
export const explainCommand: TerminalCommand = async (args, { places: models, signal, output }) => {
  const { values, positionals } = readOptions(args, explainOptions);
  const format = choiceOption('--format', values.format, formats) ?? 'table';
  const asked = askedOf(values);
  const { run, memory } = requestOf(values, positionals);
  const analyser = new Analyser(models, () => undefined, memory);
  const work = { signal, report: () => undefined };
  try {
    const analysis = await analyser.analyse(run, work);
    const cell = cellOf(analysis, asked);
    const told = await analyser.explain(run, analysis, cell, work);
    if (format === 'svg') {
      await writeStream(output, [arithmeticSvgOf(analysis, { cell, told })]);
      return 0;
    }
    const map = itemAt(analysis.maps, cell.map);
    await writeWords(output, format === 'json' ? explanationJson(told, map) : explanationTable(analysis, cell, told));
    return 0;
  } finally {
    await analyser.dispose();
  }
};

/** The format of an answer in words and numbers alone. Throws `argument-invalid`. */
export function formatOf(value: string | undefined): (typeof wordFormats)[number] {
  return choiceOption('--format', value, wordFormats) ?? 'table';
}

/** The weight that a command line names. Throws `argument-invalid`. */
export function askedOf(values: Readonly<Partial<Record<'map' | (typeof places)[number], string | undefined>>>): Asked {
  const numbers = places.map((place): [string, number] => {
    const number = wholeOption(`--${place}`, values[place]);
    if (number === null) throw wrong(`--${place}`, words().details.options.weight);
    return [place, number];
  });
  return { ...(Object.fromEntries(numbers) as Omit<Asked, 'map'>), map: values.map };
}

/** The cell in the terms of the analysis; the first map where none is named. Throws `argument-invalid`. */
export function cellOf({ maps }: Analysis, { map: name, layer, ...place }: Asked): Cell {
  const names = maps.map((each) => each.name);
  const map = names.indexOf(choiceOption('--map', name, names) ?? itemAt(names, 0));
  const found = itemAt(maps, map);
  checkHead(found, place.head);
  return { map, layer: layerOption(found, layer), ...place };
}
