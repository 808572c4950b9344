import { runText } from '../../core/attention/edited-words.ts';
import { layerPartNames, type LayerPartName } from '../../core/block/layer-parts.ts';
import { layerPartsJson, layerPartsNpz, layerPartsTable } from '../../core/export/layer-parts.ts';
import { itemAt } from '../../core/item-at.ts';
import { words } from '../../core/words/words.ts';
import { Analyser } from '../run/analyser.ts';
import { checkHead, choiceOption, layerOption, wholeOption, wrong } from './command-line.ts';
import { explainOptions } from './explain-command.ts';
import { writeFileWhole, writeStream, writeWords } from './output.ts';
import { requestOf } from './request.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';

const text = { type: 'string' } as const;
const formats = ['table', 'json', 'npz'] as const;
const options = { ...explainOptions, parts: text, out: text } as const;

/**
 * `block TEXT`: runs a model on a text and reads queries, keys, values, scores, or what heads hand over, of one layer;
 * of one head, query or key where these are given.
 */
export const blockCommand: TerminalCommand = async (args, { places: models, signal, output, owner }) => {
  const { values, positionals } = readOptions(args, options);
  const format = choiceOption('--format', values.format, formats) ?? 'table';
  if (format === 'npz' && values.out === undefined && output.isTTY)
    throw wrong('--format', words().details.options.binary);
  const number = wholeOption('--layer', values.layer);
  if (number === null) throw wrong('--layer', words().details.options.missing);
  const [head, query, key] = (['head', 'query', 'key'] as const).map((place) =>
    wholeOption(`--${place}`, values[place]),
  );
  const names = namesOf(values.parts);
  const { run, memory } = requestOf(values, positionals);
  const analyser = new Analyser(models, () => undefined, memory);
  const work = { signal, report: () => undefined };
  try {
    const analysis = await analyser.analyse(run, work);
    const maps = analysis.maps.map((each) => each.name);
    const at = maps.indexOf(choiceOption('--map', values.map, maps) ?? itemAt(maps, 0));
    const map = itemAt(analysis.maps, at);
    const [, heads, queries, keys] = map.shape;
    if (head !== null && head !== undefined) checkHead(map, head);
    const asked = {
      map: at,
      layer: layerOption(map, number),
      heads: chosen(head, heads),
      queries: chosen(query, queries),
      keys: chosen(key, keys),
      parts: names,
    };
    const told = await analyser.layerParts(run, analysis, asked, work);
    const written = {
      table: () => layerPartsTable(analysis, told),
      json: () => layerPartsJson(told),
      npz: () => layerPartsNpz(told, runText(analysis)),
    };
    const bytes = written[format]();
    if (values.out !== undefined) writeFileWhole(values.out, [bytes], owner);
    else if (typeof bytes === 'string') await writeWords(output, bytes);
    else await writeStream(output, [bytes]);
    return 0;
  } finally {
    await analyser.dispose();
  }
};

/** One index that was given, or all. */
function chosen(given: number | null | undefined, count: number): readonly number[] {
  return typeof given === 'number' ? [given] : Array.from({ length: count }, (_, at) => at);
}

/** The parts by their names, with commas between them; all where none is named. Throws `argument-invalid`. */
function namesOf(value: string | undefined): readonly LayerPartName[] {
  if (value === undefined) return layerPartNames;
  const asked = value.split(',').flatMap((part) => choiceOption('--parts', part.trim(), layerPartNames) ?? []);
  return layerPartNames.filter((name) => asked.includes(name));
}
