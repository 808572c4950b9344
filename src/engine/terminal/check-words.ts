import { tokenCounts } from '../../core/attention/model-words.ts';
import type { AnalysisInfo } from '../../core/attention/analysis.ts';
import type { AttentionForm } from '../../core/onnx/site.ts';
import { visibleLine, visibleName } from '../../core/text/foreign.ts';
import { greatest, type Difference } from '../check/difference.ts';
import { bounds, faultsOf } from '../check/verdict.ts';
import type { GraphCheck } from '../check/witness.ts';
import { columns } from './words.ts';
import { words } from '../../core/words/words.ts';

/** Outputs that a decoder hands to its own next step: there are many of them, so a line tells of all. */
const cached = /^present[._]/;

/** The most characters of what is told of a graph: its nodes may have names of any length. */
const maxNotes = 2000;

/** What a check found, for a terminal: graph by graph, and a verdict at the end. */
export function checkWords({ model, sequences }: AnalysisInfo, graphs: readonly GraphCheck[]): string {
  const says = words().check;
  const tokens = tokenCounts(sequences);
  const faulty = graphs.filter((graph) => faultsOf(graph).length > 0);
  return [
    visibleLine(`${model.id} · ${model.family} · ${tokens}`),
    ...graphs.flatMap(graphWords),
    '',
    faulty.length === 0 ? says.agrees : says.differs(visibleLine(faulty.map(({ file }) => file).join(', '))),
    '',
  ].join('\n');
}

/** Operators with a flash kernel, which they leave when they are asked for their probabilities or scores. */
const twoKernels: ReadonlySet<AttentionForm> = new Set(['group-query', 'multi-head']);

function graphWords(graph: GraphCheck): string[] {
  const {
    file,
    exposure: { numbers, computed, notes, sites },
    runs,
    rows,
  } = graph;
  const says = words().check;
  const faults = faultsOf(graph);
  const fault = faults.length === 0 ? null : visibleLine(faults.join('; '), maxNotes);
  return [
    '',
    says.runs(visibleName(file), numbers, runs),
    `  ${visibleLine(notes.join('; '), maxNotes)}`,
    ...(sites.some(({ form }) => twoKernels.has(form)) ? [`  ${says.kernels}`] : []),
    '',
    ...columns([
      says.attention,
      ...sites.map(({ kind, number, op, node, output }) => [
        `${kind} ${number}`,
        op,
        sumsWords(rows.get(output)),
        node,
      ]),
    ]),
    '',
    ...columns([says.outputs, ...outputsOf(graph).map(([name, difference]) => [name, ...differenceWords(difference)])]),
    '',
    `  ${says.verdict(fault, computed, bounds[computed])}`,
  ];
}

function outputsOf({ outputs }: GraphCheck): [string, Difference | null][] {
  const own = [...outputs].filter(([name]) => !cached.test(name));
  const caches = [...outputs].filter(([name]) => cached.test(name)).map(([, difference]) => difference);
  return caches.length === 0 ? own : [...own, [words().check.cache(caches.length), caches.reduce(greatest)]];
}

function differenceWords(difference: Difference | null): string[] {
  if (!difference) return ['', words().check.incomparable, ''];
  const { values, absolute, relative } = difference;
  return [`${values}`, scientific(absolute), scientific(relative)];
}

function sumsWords(sums: { least: number; most: number } | null | undefined): string {
  return sums ? words().check.sums(sums.least.toFixed(7), sums.most.toFixed(7)) : words().check.none;
}

function scientific(value: number): string {
  return value === 0 ? '0' : value.toExponential(1);
}
