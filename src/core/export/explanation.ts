import type { AnalysisInfo } from '../attention/analysis.ts';
import { layerNumber } from '../attention/layers.ts';
import type { MapInfo } from '../attention/map.ts';
import { editedText } from '../attention/edited-words.ts';
import { numbersText, tokenCounts } from '../attention/model-words.ts';
import { exactText, shareText, valueText, weightText } from '../attention/number-words.ts';
import { strongest } from '../attention/rows.ts';
import { dot } from '../block/numbers.ts';
import type { Cell, DotProductExplanation, Explanation, RecurrentExplanation } from '../block/explanation.ts';
import { itemAt } from '../item-at.ts';
import { base64Of } from '../picture/base64.ts';
import { littleEndian } from '../picture/bytes.ts';
import { visibleLine } from '../text/foreign.ts';
import { words } from '../words/words.ts';
import { aligned, labels } from './columns.ts';
import { jsonText } from './json-text.ts';

/** Keys of the row that a table lists. */
const keysShown = 8;

/**
 * An explanation as JSON text: its fields by their names, `layer` as the model numbers it, vectors and rows as base64
 * of little-endian float32, and numbers without a value of their own in JSON as text (`"-Infinity"`).
 */
export function explanationJson(told: Explanation, map: MapInfo): string {
  return `${jsonText(coded({ ...told, layer: layerNumber(map, told.layer) }))}\n`;
}

/** Data as JSON has it: buffers of float32 as base64, numbers without a value of their own as text. */
export function coded(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return [...base64Of(littleEndian(new Float32Array(value)))].join('');
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(coded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, coded(part)]));
}

/** An explanation as text for eyes: what the score is made of, the row it stands in, and what the head hands over. */
export function explanationTable(analysis: AnalysisInfo, cell: Cell, told: Explanation): string {
  const { model, sequences, maps, edits } = analysis;
  const says = words().explanation;
  const map = itemAt(maps, cell.map);
  const [queries, keys] = [labels(sequences[map.queries]), labels(sequences[map.keys])];
  const facts = [model.id, model.family, numbersText(model), tokenCounts(sequences)];
  const head = words().names.headOf(layerNumber(map, told.layer), told.head);
  return `${[
    [
      visibleLine(facts.filter((fact) => fact !== '').join(' · ')),
      ...(edits ? [visibleLine(editedText(analysis))] : []),
      visibleLine(says.cell(head, told.map, itemAt(queries, told.query), itemAt(keys, told.key))),
    ].join('\n'),
    aligned(told.kind === 'recurrent' ? recurrentRows(told) : dotProductRows(told)),
    aligned([[says.key, says.score, says.weight], ...rowOf(told, keys)]),
    aligned(lastRows(told)),
  ].join('\n\n')}\n`;
}

function dotProductRows(told: DotProductExplanation): string[][] {
  const says = words().explanation;
  const product = dot(new Float32Array(told.q), new Float32Array(told.k));
  return [
    [says.product, valueText(product)],
    [says.scale, valueText(told.scale)],
    ...(told.softcap === null ? [] : [[says.softcap, valueText(told.softcap)]]),
    ...told.biases.map(({ name, value }) => [says.bias(says.biases[name]), valueText(value)]),
    ...scoreRows(told),
  ];
}

function recurrentRows(told: RecurrentExplanation): string[][] {
  const says = words().explanation;
  const { window } = told;
  const lengths = [...told.parts, ...(window?.parts ?? [])].map(({ name, vector }) => {
    const values = new Float32Array(vector);
    return [name, says.vector(values.length, valueText(Math.sqrt(dot(values, values))))];
  });
  return [
    [says.formula, says.formulas[told.scoring]],
    ...lengths,
    ...(window ? [[says.window, says.windowOf(valueText(window.centre), window.halfWidth, window.sigma)]] : []),
    ...scoreRows(told),
  ];
}

function scoreRows({ scores, recomputed, weights, key }: Explanation): string[][] {
  const says = words().explanation;
  const finite = Array.from(new Float32Array(scores)).filter(Number.isFinite);
  const mean = finite.reduce((sum, score) => sum + score, 0) / finite.length;
  return [
    [says.score, valueText(recomputed.score)],
    [says.mean, valueText(mean)],
    [says.weight, exactText(itemAt(new Float32Array(weights), key))],
  ];
}

/** The top keys of the row, and the key that is explained wherever it stands. */
function rowOf(told: Explanation, keys: readonly string[]): string[][] {
  const [weights, scores] = [new Float32Array(told.weights), new Float32Array(told.scores)];
  const top = strongest(weights, keysShown).map(({ index }) => index);
  return (top.includes(told.key) ? top : [...top, told.key]).map((key) => [
    itemAt(keys, key),
    valueText(itemAt(scores, key)),
    weightText(itemAt(weights, key)),
  ]);
}

function lastRows({ output, recomputed, missing }: Explanation): string[][] {
  const says = words().explanation;
  return [
    ...(output
      ? [
          [says.output, valueText(output.norm)],
          [says.ofKey, says.share(valueText(output.keyNorm), output.share === null ? null : shareText(output.share))],
          ...(output.beside === null
            ? []
            : [
                [says.ofAttention, valueText(output.beside.attention)],
                [says.ofResidual, valueText(output.beside.residual)],
              ]),
          ...(output.difference === null ? [] : [[says.outputDifference, output.difference.toExponential(1)]]),
        ]
      : []),
    [says.difference, recomputed.difference.toExponential(1)],
    ...missing.map(({ part, why }) => [says.missing(says.parts[part]), why]),
  ];
}
