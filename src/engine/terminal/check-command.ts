import type { AnalysisInfo } from '../../core/attention/analysis.ts';
import { jsonText } from '../../core/export/json-text.ts';
import { Analyser } from '../run/analyser.ts';
import { bounds, faultsOf } from '../check/verdict.ts';
import { Witness, type GraphCheck } from '../check/witness.ts';
import { wrong } from './command-line.ts';
import { writeWords } from './output.ts';
import { numbersOf } from '../predict/logits.ts';
import { runtime } from '../backend/runtime.ts';
import { checkWords } from './check-words.ts';
import { requestOf, requestOptions } from './request.ts';
import { readOptions, type TerminalCommand } from './terminal.ts';
import { words } from '../../core/words/words.ts';

/**
 * `check TEXT`: runs a model on a text twice, with its attention exposed and as its files are, and compares what it
 * says. The exit status is 1 when an output of its own, or the sum of a row of attention, is beyond its bound.
 */
export const checkCommand: TerminalCommand = async (args, { places, signal, output }) => {
  const { values, positionals } = readOptions(args, { ...requestOptions, format: { type: 'string' } });
  const { format = 'table' } = values;
  if (format !== 'table' && format !== 'json')
    throw wrong('--format', words().details.options.oneOf(format, ['table', 'json']));
  const { run, memory } = requestOf(values, positionals);
  if (run.edits) throw wrong('--edit', words().edits.checked);
  // An operator that is asked for its probabilities runs its plain kernel. The untouched one would take its flash
  // kernel, which rounds otherwise, by more than 1e-5 in a long text: what is compared is the graph, so the kernel is
  // the same on both sides.
  process.env['ORT_GQA_DISABLE_FLASH_ATTENTION'] = '1';
  process.env['ORT_DISABLE_FLASH_ATTENTION'] = '1';
  const {
    transformers: { Tensor },
  } = await runtime();
  const witness = new Witness((tensor) => numbersOf(new Tensor(tensor)));
  const analyser = new Analyser(places, () => undefined, memory, witness);
  try {
    const analysis = await analyser.analyse(run, { signal, report: () => undefined });
    const { graphs } = witness;
    if (graphs.length === 0) throw wrong('--model', words().details.options.nothingToCheck(run.model));
    await writeWords(output, format === 'json' ? jsonOf(analysis, graphs) : checkWords(analysis, graphs));
    return graphs.every((graph) => faultsOf(graph).length === 0) ? 0 : 1;
  } finally {
    await analyser.dispose();
    await witness.dispose();
  }
};

/**
 * `{model, tokens, agrees, graphs: [{file, numbers, computed, bound, runs, changed, sites: [{kind, layer, operator,
 * node, rows: {least, most}, changes: [{op, node, how, factor}]}], outputs: [{name, difference: {values, absolute,
 * relative}}], faults}]}`; `difference` is null for what cannot be compared.
 */
function jsonOf({ model, sequences }: AnalysisInfo, graphs: readonly GraphCheck[]): string {
  const report = {
    model,
    tokens: sequences.map(({ tokens }) => tokens.length),
    agrees: graphs.every((graph) => faultsOf(graph).length === 0),
    graphs: graphs.map((graph) => ({
      file: graph.file,
      numbers: graph.exposure.numbers,
      computed: graph.exposure.computed,
      bound: bounds[graph.exposure.computed],
      runs: graph.runs,
      changed: graph.exposure.notes,
      sites: graph.exposure.sites.map(({ kind, number, op, node, output, changes }) => ({
        kind,
        layer: number,
        operator: op,
        node,
        rows: graph.rows.get(output) ?? null,
        changes,
      })),
      outputs: [...graph.outputs].map(([name, difference]) => ({ name, difference })),
      faults: faultsOf(graph),
    })),
  };
  return `${jsonText(report)}\n`;
}
