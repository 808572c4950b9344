import { layerIndex } from '../../core/attention/layers.ts';
import type { HeadPlace } from '../../core/attention/order.ts';
import { probeJson, probeTable, similarJson, similarTable } from '../../core/export/probe.ts';
import type { ProbeResult } from '../../core/probe/evidence.ts';
import { words } from '../../core/words/words.ts';
import { Analyser } from '../run/analyser.ts';
import { Probes } from '../service/probes.ts';
import { choiceOption, dtypeOption, memoryOption, wrong } from './command-line.ts';
import { writeWords } from './output.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';

const text = { type: 'string' } as const;
const options = { model: text, dtype: text, memory: text, similar: text, format: text } as const;
const formats = ['table', 'json'] as const;

/**
 * `heads`: what the heads of a model do, measured on sentences with known answers, or what an earlier measurement has
 * found; with `--similar` the heads most like one.
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
    const of = values.similar === undefined ? null : headIn(result, values.similar);
    const json = (): string => (of ? similarJson(name, result, of) : probeJson(name, result));
    const table = (): string => (of ? similarTable(name, result, of) : probeTable(name, result));
    await writeWords(output, format === 'json' ? json() : table());
    return 0;
  } finally {
    await analyser.dispose();
  }
};

/** The place of a head that is written as the number of its layer and its own. Throws `argument-invalid`. */
function headIn({ layers, heads }: ProbeResult, value: string): HeadPlace {
  const [, number, own] = /^(\d+)\.(\d+)$/.exec(value) ?? [];
  const layer = number === undefined ? null : layerIndex({ layers, shape: [heads.length] }, Number(number));
  const head = Number(own);
  if (layer === null || heads[layer]?.[head] === undefined)
    throw wrong('--similar', words().details.options.headPlace(value));
  return { layer, head };
}
