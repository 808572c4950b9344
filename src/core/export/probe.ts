import { layerNumber } from '../attention/layers.ts';
import { weightText } from '../attention/number-words.ts';
import type { Evidence, Found, ProbeExample, ProbeResult } from '../probe/evidence.ts';
import { evidenceName } from '../probe/probe-words.ts';
import { words } from '../words/words.ts';
import { aligned } from './columns.ts';
import { jsonText } from './json-text.ts';

/**
 * What was measured of a model as JSON: `{model, language, sentences, map, heads: [{layer, head, roles: [{name, score,
 * baseline, cases, offset, chance, notNeighbours, examples: [{text, query, key, weight}]}]}], asked}`. Layers have
 * their numbers in the model. `baseline` is the best fixed offset's share, of a pattern that of equal weights;
 * `offset`, `chance` and `notNeighbours` are there for roles of grammar. `asked` has every link that could be asked
 * about with its best head, given as a role or not.
 */
export function probeJson(model: string, result: ProbeResult): string {
  const { language, sentences, map, asked } = result;
  const heads = rowsOf(result).map(({ layer, head, roles }) => ({
    layer,
    head,
    roles: roles.map(({ kind: _, examples, ...role }) => ({ ...role, examples: examples.map(plainExample) })),
  }));
  const numbered = asked.map(({ layer, ...one }) => ({ ...one, layer: numberIn(result, layer) }));
  return `${jsonText({ model, language, sentences, map, heads, asked: numbered })}\n`;
}

/** The same to read: the roles of every head by layer and head, and below what was asked. */
export function probeTable(model: string, result: ProbeResult): string {
  const { probe, names } = words();
  const says = probe.table;
  const title = `${model} · ${probe.measuredOn(result.sentences)}`;
  const columns = [says.score, says.baseline, says.cases, says.apart, says.baseline, says.cases];
  const roles = rowsOf(result).flatMap(({ layer, head, roles: own }) => {
    const name = names.place(layer, head);
    return own.length === 0
      ? [[name, says.none]]
      : own.map((role, at) => [at === 0 ? name : '', evidenceName(role), ...cellsOf(role)]);
  });
  const asked = result.asked.map((one) => [
    probe.names[one.name],
    names.place(numberIn(result, one.layer), one.head),
    ...cellsOf({ kind: 'grammar', ...one }),
    weightText(one.chance),
  ]);
  return [
    title,
    '',
    aligned([[says.head, says.role, ...columns], ...roles]),
    '',
    says.asked,
    aligned([[says.role, says.best, ...columns, says.chance], ...asked]),
    '',
  ].join('\n');
}

function rowsOf(result: ProbeResult) {
  return result.heads.flatMap((heads, layer) =>
    heads.map((roles, head) => ({ layer: numberIn(result, layer), head, roles })),
  );
}

function numberIn({ layers, heads }: ProbeResult, layer: number) {
  return layerNumber({ layers, shape: [heads.length] }, layer);
}

function cellsOf(role: Pick<Evidence, 'kind' | 'score' | 'baseline' | 'cases'> & { notNeighbours?: Found | null }) {
  const { score, baseline, cases, notNeighbours: far } = role;
  return [
    weightText(score),
    baseline === null ? '' : weightText(baseline),
    String(cases),
    ...(far ? [weightText(far.score), weightText(far.baseline), String(far.cases)] : []),
  ];
}

function plainExample({ text, query, key, weight }: ProbeExample) {
  return { text, query: text.slice(query.start, query.end), key: text.slice(key.start, key.end), weight };
}
