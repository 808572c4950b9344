import { tokenCounts } from '../../core/attention/model-words.ts';
import type { AnalysisInfo } from '../../core/attention/analysis.ts';
import type { AttentionForm } from '../../core/onnx/site.ts';
import { visibleLine, visibleName } from '../../core/text/foreign.ts';
import { greatest, type Difference } from '../check/difference.ts';
import { bounds, faultsOf } from '../check/verdict.ts';
import type { GraphCheck } from '../check/witness.ts';
import { columns } from './words.ts';

/** Outputs that a decoder hands to its own next step: there are many of them, so a line tells of all. */
const cached = /^present[._]/;

/** The most characters of what is told of a graph: its nodes may have names of any length. */
const maxNotes = 2000;

/** What a check found, for a terminal: graph by graph, and a verdict at the end. */
export function checkWords({ model, sequences }: AnalysisInfo, graphs: readonly GraphCheck[]): string {
  const tokens = tokenCounts(sequences);
  const faulty = graphs.filter((graph) => faultsOf(graph).length > 0);
  return [
    visibleLine(`${model.id} · ${model.family} · ${tokens}`),
    ...graphs.flatMap(graphWords),
    '',
    faulty.length === 0
      ? 'The model says the same with its attention exposed as without.'
      : 'With its attention exposed the model does not say the same ' +
        `(${visibleLine(faulty.map(({ file }) => file).join(', '))}). Do not rely on this picture, ` +
        'and report the model.',
    '',
  ].join('\n');
}

/** Operators with a flash kernel, which they leave when they are asked for their probabilities or scores. */
const twoKernels: ReadonlySet<AttentionForm> = new Set(['group-query', 'multi-head']);

function graphWords(graph: GraphCheck): string[] {
  const {
    file,
    exposure: { numbers, notes, sites },
    runs,
    rows,
  } = graph;
  const faults = faultsOf(graph);
  return [
    '',
    `${visibleName(file)} · ${numbers} · ${runs} ${runs === 1 ? 'run' : 'runs'} with and without`,
    `  ${visibleLine(notes.join('; '), maxNotes)}`,
    ...(sites.some(({ form }) => twoKernels.has(form))
      ? [
          '  without flash kernels on either side: asked for its attention, the operator has none, ' +
            'and they round otherwise',
        ]
      : []),
    '',
    ...columns([
      ['attention', 'operator', 'rows sum to', 'node'],
      ...sites.map(({ kind, number, op, node, output }) => [
        `${kind} ${number}`,
        op,
        sumsWords(rows.get(output)),
        node,
      ]),
    ]),
    '',
    ...columns([
      ['output', 'numbers', 'greatest difference', 'relative to max(1, |value|)'],
      ...outputsOf(graph).map(([name, difference]) => [name, ...differenceWords(difference)]),
    ]),
    '',
    `  ${faults.length === 0 ? 'agrees' : `DIFFERS (${visibleLine(faults.join('; '), maxNotes)})`}; ` +
      `the bound for ${numbers} is ${bounds[numbers]}`,
  ];
}

function outputsOf({ outputs }: GraphCheck): [string, Difference | null][] {
  const own = [...outputs].filter(([name]) => !cached.test(name));
  const caches = [...outputs].filter(([name]) => cached.test(name)).map(([, difference]) => difference);
  return caches.length === 0 ? own : [...own, [`present (${caches.length} of the cache)`, caches.reduce(greatest)]];
}

function differenceWords(difference: Difference | null): string[] {
  if (!difference) return ['', 'cannot be compared', ''];
  const { values, absolute, relative } = difference;
  return [`${values}`, scientific(absolute), scientific(relative)];
}

function sumsWords(sums: { least: number; most: number } | null | undefined): string {
  return sums ? `${sums.least.toFixed(7)} to ${sums.most.toFixed(7)}` : 'none';
}

function scientific(value: number): string {
  return value === 0 ? '0' : value.toExponential(1);
}
