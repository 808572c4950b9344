import type { Analysis } from '../../core/attention/analysis.ts';
import { layerCount, layerIndex, layerNumbers } from '../../core/attention/layers.ts';
import { firstView, fitView, type ViewOptions } from '../../core/attention/view.ts';
import { exportOf } from '../../core/export/export-of.ts';
import type { Focus } from '../../core/scene/focus.ts';
import { textFormats, type TextFormat } from '../../core/export/format.ts';
import { Analyser } from '../run/analyser.ts';
import { wrong } from './command-line.ts';
import { writeFileWhole, writeStream, writeWords } from './output.ts';
import { pageParts } from '../files/page-parts.ts';
import { analyseOptions } from './analyse-options.ts';
import { requestOf, type TerminalRequest } from './request.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';
import { checkView, viewOptionsOf } from './view-options.ts';
import { words } from '../../core/words/words.ts';

/** What the command line asks for. */
interface Command extends TerminalRequest {
  /** The layer by its number in the model. */
  readonly layer: number | null;
  readonly head: number | null;
  readonly options: ViewOptions;
  readonly format: TextFormat;
  readonly out: string | undefined;
}

/** Reads the command line. Throws `argument-invalid`. */
function commandOf(args: readonly string[]): Command {
  const { values, positionals } = readOptions(args, analyseOptions);
  const format = textFormats.find((name) => name === (values.format ?? 'table'));
  if (!format) throw wrong('--format', words().details.options.oneOf(values.format ?? '', textFormats));
  const [layer, head] = [indexOf('--layer', values.layer), indexOf('--head', values.head)];
  return {
    ...requestOf(values, positionals),
    layer,
    head,
    options: viewOptionsOf(values, format, layer),
    format,
    out: values.out,
  };
}

function indexOf(argument: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  if (!/^\d{1,9}$/.test(value)) throw wrong(argument, words().details.options.index(value));
  return Number(value);
}

/** What is shown of an analysis. Throws `argument-invalid` for a layer or head that not every map of it has. */
function focusOf({ maps }: Analysis, { layer: number, head }: Pick<Command, 'layer' | 'head'>): Focus {
  const [first] = maps;
  const layer = number === null || !first ? null : layerIndex(first, number);
  for (const map of maps) {
    const { name, shape } = map;
    if (number !== null && (layer === null || layerIndex(map, number) !== layer)) {
      const says = words().details.options;
      throw wrong('--layer', says.layer(number, name, layerNumbers(map), layerCount(map)));
    }
    if (head !== null && head >= shape[1]) throw wrong('--head', words().details.options.head(head, name, shape[1]));
  }
  return { map: null, layer, heads: head === null ? null : [head] };
}

/** `TEXT`: runs a model on a text and writes what it attends to, to standard output or to a file. */
export const analyseCommand: TerminalCommand = async (args, { places, signal, output, page, owner }) => {
  const command = commandOf(args);
  if (command.format === 'npz' && command.out === undefined && output.isTTY) {
    throw wrong('--format', words().details.options.binary);
  }
  const analyser = new Analyser(places, () => undefined, command.memory);
  try {
    const analysis = await analyser.analyse(command.run, { signal, report: () => undefined });
    const focus = focusOf(analysis, command);
    checkView(analysis, command.options);
    const view = fitView({ ...firstView, options: command.options }, analysis);
    const parts = exportOf(command.format, analysis, focus, () => pageParts(page), view);
    if (command.out !== undefined) writeFileWhole(command.out, parts, owner);
    else if (command.format === 'table') await writeWords(output, [...parts].join(''));
    else await writeStream(output, parts);
    return 0;
  } finally {
    await analyser.dispose();
  }
};
