import type { Analysis } from '../../core/attention/analysis.ts';
import { firstView, fitView, type ViewOptions } from '../../core/attention/view.ts';
import { exportOf } from '../../core/export/export-of.ts';
import type { Focus } from '../../core/scene/focus.ts';
import { textFormats, type TextFormat } from '../../core/export/format.ts';
import { Analyser } from '../run/analyser.ts';
import type { Drawing } from '../../core/prediction/sample.ts';
import { checkHead, choiceOption, drawingOption, layerOption, noLayer, wholeOption, wrong } from './command-line.ts';
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
  /** With which settings next tokens are drawn; undefined where their plain probabilities are enough. */
  readonly drawing: Drawing | undefined;
}

/** Reads the command line. Throws `argument-invalid`. */
function commandOf(args: readonly string[]): Command {
  const { values, positionals } = readOptions(args, analyseOptions);
  const format = choiceOption('--format', values.format, textFormats) ?? 'table';
  const [layer, head] = [wholeOption('--layer', values.layer), wholeOption('--head', values.head)];
  const drawing = drawingOption(values);
  // Without tokens to write, the settings are of the probabilities alone.
  const { temperature: _temperature, 'top-k': _topK, 'top-p': _topP, ...others } = values;
  return {
    ...requestOf(values.continue === undefined ? others : values, positionals),
    drawing,
    layer,
    head,
    options: viewOptionsOf(values, format, layer),
    format,
    out: values.out,
  };
}

/** What is shown of an analysis. Throws `argument-invalid` for a layer or head that not every map of it has. */
function focusOf({ maps }: Analysis, { layer: number, head }: Pick<Command, 'layer' | 'head'>): Focus {
  const [first] = maps;
  const layer = number === null || !first ? null : layerOption(first, number);
  for (const map of maps) {
    // The focus names one place for all maps, so a number that stands elsewhere in another map has none.
    if (number !== null && layerOption(map, number) !== layer) throw noLayer(map, number);
    if (head !== null) checkHead(map, head);
  }
  return { map: null, layer, heads: head === null ? null : [head] };
}

/** An analysis that predicts next tokens. Throws `argument-invalid` for one that does not: nothing is drawn there. */
function drawable(analysis: Analysis): Analysis {
  if (analysis.predictions?.some(({ kind }) => kind === 'next')) return analysis;
  throw wrong('--temperature', words().details.options.notDrawn);
}

/** `TEXT`: runs a model on a text and writes what it attends to, to standard output or to a file. */
export const analyseCommand: TerminalCommand = async (args, { places, signal, output, page, owner }) => {
  const command = commandOf(args);
  if (command.format === 'npz' && command.out === undefined && output.isTTY) {
    throw wrong('--format', words().details.options.binary);
  }
  const analyser = new Analyser(places, () => undefined, command.memory);
  try {
    const work = { signal, report: () => undefined };
    const plain = await analyser.analyse(command.run, work);
    const analysis = command.drawing
      ? await analyser.drawn(command.run, drawable(plain), command.drawing, work)
      : plain;
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
