import { probeJson, probeTable } from '../../core/export/probe.ts';
import { words } from '../../core/words/words.ts';
import { Analyser } from '../run/analyser.ts';
import { Probes } from '../service/probes.ts';
import { choiceOption, dtypeOption, memoryOption, wrong } from './command-line.ts';
import { writeWords } from './output.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';

const text = { type: 'string' } as const;
const options = { model: text, dtype: text, memory: text, format: text } as const;
const formats = ['table', 'json'] as const;

/**
 * `heads`: what the heads of a model do, measured on sentences with known answers, or what an earlier measurement has
 * found.
 */
export const headsCommand: TerminalCommand = async (args, { places, sentences, signal, output }) => {
  const { values, positionals } = readOptions(args, options);
  const { model = 'masked-lm-small' } = values;
  const format = choiceOption('--format', values.format, formats) ?? 'table';
  if (positionals.length > 0) throw wrong('TEXT', words().details.options.noTextHere);
  const analyser = new Analyser(places, () => undefined, memoryOption(values.memory));
  try {
    const choice = { model, dtype: dtypeOption(values.dtype) };
    const probes = new Probes(analyser, { store: places.store, sentences });
    const result = await probes.of(choice, { signal, report: () => undefined });
    const { name } = await analyser.folderOf(choice);
    await writeWords(output, format === 'json' ? probeJson(name, result) : probeTable(name, result));
    return 0;
  } finally {
    await analyser.dispose();
  }
};
