import { logitPartsJson, logitPartsTable, scorePartsJson, scorePartsTable } from '../../core/export/parts.ts';
import { partsBy } from '../../core/block/score-parts.ts';
import { itemAt } from '../../core/item-at.ts';
import { words } from '../../core/words/words.ts';
import { Analyser } from '../run/analyser.ts';
import { choiceOption, wholeOption, wrong } from './command-line.ts';
import { askedOf, cellOf, explainOptions, formatOf } from './explain-command.ts';
import { writeWords } from './output.ts';
import { requestOf } from './request.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';

const text = { type: 'string' } as const;

/**
 * `parts TEXT`: runs a model on a text and tells what a score is made of, by what wrote the residual stream of its
 * query and its key; with `--logit`, what a logit is made of.
 */
export const partsCommand: TerminalCommand = async (args, { places: models, signal, output }) => {
  const { values, positionals } = readOptions(args, { ...explainOptions, by: text, logit: text, position: text });
  const format = formatOf(values.format);
  const by = choiceOption('--by', values.by, partsBy) ?? 'head';
  const { logit } = values;
  const asked = logit === undefined ? askedOf(values) : null;
  const place = wholeOption('--position', values.position);
  if (logit !== undefined && place === null) throw wrong('--position', words().terminal.positionOf);
  const { run, memory } = requestOf(values, positionals);
  const analyser = new Analyser(models, () => undefined, memory);
  const work = { signal, report: () => undefined };
  try {
    const analysis = await analyser.analyse(run, work);
    if (asked === null) {
      const told = await analyser.logit(run, analysis, logit ?? '', place ?? 0, work);
      await writeWords(output, format === 'json' ? logitPartsJson(told) : logitPartsTable(analysis, told, logit ?? ''));
      return 0;
    }
    const cell = cellOf(analysis, asked);
    const told = await analyser.parts(run, analysis, cell, by, work);
    const map = itemAt(analysis.maps, cell.map);
    await writeWords(output, format === 'json' ? scorePartsJson(told, map) : scorePartsTable(analysis, cell, told));
    return 0;
  } finally {
    await analyser.dispose();
  }
};
