import { layerIndex, layerNumber, type LayerNumber } from '../attention/layers.ts';
import { weightText } from '../attention/number-words.ts';
import type { HeadPlace } from '../attention/order.ts';
import { itemAt } from '../item-at.ts';
import type { Evidence, Found, ProbeExample, ProbeResult } from '../probe/evidence.ts';
import { evidenceName, evidenceText, spanText } from '../probe/probe-words.ts';
import { similarityOf } from '../probe/similarity.ts';
import { words } from '../words/words.ts';
import { aligned } from './columns.ts';
import { jsonText } from './json-text.ts';

/**
 * What was measured of a model as JSON: `{model, language, sentences, map, heads: [{layer, head, roles: [{name, score,
 * baseline, cases, offset, chance, notNeighbours, examples: [{text, query, key, weight}]}], similar: [{layer, head,
 * distance}], place: [x, y]}], asked, unread, compared: {sentences, shown}}`. Layers have their numbers in the model.
 * `baseline` is the best fixed offset's share, of a pattern that of equal weights; `offset`, `chance` and
 * `notNeighbours` are there for roles of grammar, `n` for a fixed distance in tokens, `normShare` and `length` for a
 * no-op. `asked` has every link that could be asked about with its best head, given as a role or not; `unread` the
 * layers of which no head can be called a no-op. `similar` and `place` are there where heads were compared.
 */
export function probeJson(model: string, result: ProbeResult): string {
  const { language, sentences, map, asked, similarity } = result;
  const heads = rowsOf(result).map(({ layer, head, roles, similar, place }) => ({
    layer,
    head,
    roles: roles.map(({ kind: _, examples, ...role }) => ({ ...role, examples: examples.map(plainExample) })),
    ...(similar ? { similar, place } : {}),
  }));
  const numbered = asked.map(({ layer, ...one }) => ({ ...one, layer: numberIn(result, layer) }));
  const unread = result.unread.map((layer) => numberIn(result, layer));
  const compared = similarity && { sentences: similarity.sentences, shown: similarity.shown };
  return `${jsonText({ model, language, sentences, map, heads, asked: numbered, unread, compared })}\n`;
}

/** The heads most like one, as JSON: `{model, layer, head, roles, similar: [{layer, head, distance, roles}]}`. */
export function similarJson(model: string, result: ProbeResult, { layer, head }: HeadPlace): string {
  const { roles, similar = [] } = rowOf(result, layer, head);
  const namesOf = (own: readonly Evidence[]): string[] => own.map(({ name }) => name);
  return `${jsonText({
    model,
    layer: numberIn(result, layer),
    head,
    roles: namesOf(roles),
    similar: similar.map((one) => ({ ...one, roles: namesOf(rowAt(result, one).roles) })),
  })}\n`;
}

/** The same to read. */
export function similarTable(model: string, result: ProbeResult, { layer, head }: HeadPlace): string {
  const { probe, names } = words();
  const says = probe.table;
  const { roles, similar = [] } = rowOf(result, layer, head);
  const rolesText = (own: readonly Evidence[]): string =>
    own.length === 0 ? says.none : own.map(evidenceText).join(', ');
  const rows = similar.map((one) => [
    names.place(one.layer, one.head),
    weightText(one.distance),
    rolesText(rowAt(result, one).roles),
  ]);
  const name = names.place(numberIn(result, layer), head);
  return [
    `${model} · ${probe.comparedOn(result.similarity?.sentences ?? 0)}`,
    `${name}: ${rolesText(roles)}`,
    '',
    similar.length === 0 ? probe.notCompared : aligned([[says.head, says.distance, says.role], ...rows]),
    '',
  ].join('\n');
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
    ...(result.unread.length === 0
      ? []
      : [probe.unread(result.unread.map((layer) => numberIn(result, layer)).join(', ')), '']),
    says.asked,
    aligned([[says.role, says.best, ...columns, says.chance], ...asked]),
    '',
  ].join('\n');
}

function rowsOf(result: ProbeResult) {
  return result.heads.flatMap((heads, layer) => heads.map((_, head) => rowOf(result, layer, head)));
}

/** A head with its roles and those like it, layers by their numbers. */
function rowOf(result: ProbeResult, layer: number, head: number) {
  const { heads, similarity } = result;
  const own = itemAt(heads, layer);
  const found = similarity && similarityOf(similarity, layer, head, own.length);
  const similar = found?.similar.map((one) => ({ ...one, layer: numberIn(result, one.layer) }));
  return { layer: numberIn(result, layer), head, roles: itemAt(own, head), similar, place: found?.place };
}

/** The row of a head whose layer is told by its number. */
function rowAt(result: ProbeResult, { layer, head }: { readonly layer: LayerNumber; readonly head: number }) {
  const { layers, heads } = result;
  return rowOf(result, layerIndex({ layers, shape: [heads.length] }, layer) ?? 0, head);
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

function plainExample(example: ProbeExample) {
  const { text, pair, query, key, weight } = example;
  const told = { query: spanText(example, query), key: spanText(example, key), weight };
  return { text, ...(pair === undefined ? {} : { pair }), ...told };
}
