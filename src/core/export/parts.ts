import type { AnalysisInfo } from '../attention/analysis.ts';
import { layerNumber } from '../attention/layers.ts';
import type { MapInfo } from '../attention/map.ts';
import { numbersText, tokenCounts } from '../attention/model-words.ts';
import { valueText } from '../attention/number-words.ts';
import { strongest } from '../attention/rows.ts';
import type { Cell } from '../block/explanation.ts';
import type { PartName } from '../block/part-name.ts';
import type { LogitParts, ScoreParts } from '../block/score-parts.ts';
import { itemAt } from '../item-at.ts';
import type { Sequence } from '../text/token.ts';
import { visibleLine } from '../text/foreign.ts';
import { words } from '../words/words.ts';
import { aligned, labels } from './columns.ts';
import { coded } from './explanation.ts';
import { jsonText } from './json-text.ts';

/** Terms that a table lists. */
const termsShown = 16;

/** The parts of a score as JSON text: fields by their names, `layer` as the model numbers it, numbers as base64. */
export function scorePartsJson(told: ScoreParts, map: MapInfo): string {
  return `${jsonText(coded({ ...told, layer: layerNumber(map, told.layer) }))}\n`;
}

/** The parts of a logit as JSON text. */
export function logitPartsJson(told: LogitParts): string {
  return `${jsonText(coded(told))}\n`;
}

/**
 * The parts of a score as text for eyes: each part as one of the query and of the key, less its mean over the keys
 * beside it, and the largest terms.
 */
export function scorePartsTable({ model, sequences, maps }: AnalysisInfo, cell: Cell, told: ScoreParts): string {
  const says = words().partNames;
  const map = itemAt(maps, cell.map);
  const [queries, keys] = [labels(sequences[map.queries]), labels(sequences[map.keys])];
  const head = words().names.headOf(layerNumber(map, told.layer), told.head);
  const names = told.parts.map((name) => nameOf(name, sequences, maps));
  const count = names.length;
  const [terms, centred] = [new Float32Array(told.terms), new Float32Array(told.centred)];
  const [queryBy, keyBy] = [new Float32Array(told.queryBy), new Float32Array(told.keyBy)];
  const sums = names.map((_, at) => [
    sumOf(count, (other) => itemAt(centred, at * count + other)),
    sumOf(count, (other) => itemAt(centred, other * count + at)),
  ]);
  const largest = strongest(centred.map(Math.abs), termsShown).filter(({ index }) => centred[index] !== 0);
  return `${[
    [
      heading(model, sequences),
      visibleLine(words().explanation.cell(head, told.map, itemAt(queries, told.query), itemAt(keys, told.key))),
    ].join('\n'),
    aligned([
      [says.scaled, valueText(told.score)],
      [says.mean, valueText(told.mean)],
      [says.centred, valueText(told.score - told.mean)],
      ...(told.softcap === null ? [] : [[words().explanation.softcap, valueText(told.softcap)]]),
      ...told.biases.map(({ name, value }) => [
        words().explanation.bias(words().explanation.biases[name]),
        valueText(value),
      ]),
      [says.total, valueText(told.total)],
      [says.model, valueText(told.read.score)],
      [words().explanation.mean, valueText(told.read.mean)],
      [says.above, valueText(told.read.score - told.read.mean)],
    ]),
    aligned([
      [says.part, says.query, says.centred, says.key, says.centred],
      ...names.map((name, at) => [
        name,
        termText(itemAt(queryBy, at)),
        termText(itemAt(itemAt(sums, at), 0)),
        termText(itemAt(keyBy, at)),
        termText(itemAt(itemAt(sums, at), 1)),
      ]),
    ]),
    aligned([
      [says.terms, words().explanation.score, says.centred],
      ...largest.map(({ index }) => [
        says.times(itemAt(names, Math.floor(index / count)), itemAt(names, index % count)),
        valueText(itemAt(terms, index)),
        valueText(itemAt(centred, index)),
      ]),
    ]),
    aligned([
      [says.difference, told.difference.toExponential(1)],
      ...told.whole.map(({ side, why }) => [says.whole[side], why]),
    ]),
  ].join('\n\n')}\n`;
}

/** The parts of a logit as text for eyes, the largest first; `token` is the token as text. */
export function logitPartsTable({ model, sequences, maps }: AnalysisInfo, told: LogitParts, token: string): string {
  const says = words().partNames;
  const map = maps.find(({ name }) => name === 'decoder') ?? itemAt(maps, 0);
  const position = itemAt(labels(sequences[map.queries]), told.position);
  const values = new Float32Array(told.values);
  const order = strongest(values.map(Math.abs), values.length).map(({ index }) => index);
  return `${[
    [heading(model, sequences), visibleLine(says.logit(token, position))].join('\n'),
    aligned([
      [says.part, says.value],
      ...order.map((at) => [nameOf(itemAt(told.parts, at), sequences, maps), valueText(itemAt(values, at))]),
    ]),
    aligned([
      [says.value, valueText(told.logit)],
      ...(told.softcap === null ? [] : [[says.capped(valueText(told.softcap.cap)), valueText(told.softcap.logit)]]),
      [says.difference, told.difference.toExponential(1)],
    ]),
  ].join('\n\n')}\n`;
}

function heading(model: AnalysisInfo['model'], sequences: readonly Sequence[]): string {
  const facts = [model.id, model.family, numbersText(model), tokenCounts(sequences)];
  return visibleLine(facts.filter((fact) => fact !== '').join(' · '));
}

function nameOf(name: PartName, sequences: readonly Sequence[], maps: readonly MapInfo[]): string {
  if (name.kind !== 'head' || name.token === undefined) return words().partNames.name(name, null);
  const map = maps.find((each) => each.name === name.map);
  return words().partNames.name(name, itemAt(labels(map && sequences[map.keys]), name.token));
}

/** A number of a table: rounding at 0 is 0. */
function termText(value: number): string {
  return valueText(Math.abs(value) < 1e-9 ? 0 : value);
}

function sumOf(count: number, at: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += at(index);
  return sum;
}
