import { effectsCsv, effectsJson, effectsTable } from '../../core/export/effects.ts';
import { Analyser } from '../run/analyser.ts';
import { effectsOf } from '../run/effects.ts';
import { choiceOption, wholeOption } from './command-line.ts';
import { writeWords } from './output.ts';
import { requestOf, requestOptions } from './request.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';

const text = { type: 'string' } as const;
const formats = ['table', 'csv', 'json'] as const;
const written = { table: effectsTable, csv: effectsCsv, json: effectsJson };

/**
 * `effects TEXT`: runs a model on a text, and once more without each head and each feed-forward part, and tells what
 * that does to the prediction at a position.
 */
export const effectsCommand: TerminalCommand = async (args, { places, signal, output }) => {
  const { values, positionals } = readOptions(args, { ...requestOptions, position: text, format: text });
  const format = choiceOption('--format', values.format, formats) ?? 'table';
  const position = wholeOption('--position', values.position);
  const { run, memory } = requestOf(values, positionals);
  const analyser = new Analyser(places, () => undefined, memory);
  const work = { signal, report: () => undefined };
  try {
    const analysis = await analyser.analyse(run, work);
    const told = await effectsOf(analyser, { run, analysis }, position, work);
    await writeWords(output, written[format](told, analysis));
    return 0;
  } finally {
    await analyser.dispose();
  }
};
