import type { AnalysisInfo } from '../attention/analysis.ts';
import { numbersText, tokenCounts } from '../attention/model-words.ts';
import { valueText } from '../attention/number-words.ts';
import type { LayerParts } from '../block/layer-parts.ts';
import { visibleLine } from '../text/foreign.ts';
import { words } from '../words/words.ts';
import { aligned } from './columns.ts';
import { coded } from './explanation.ts';
import { jsonText } from './json-text.ts';
import { archiveOf, listNamed } from './npz.ts';

/**
 * Parts of a layer as JSON text: `{map, layer, heads, queries, keys, parts: {q: {shape, values}}, missing}`, values as
 * base64 of little-endian float32 in C order.
 */
export function layerPartsJson({ parts, ...told }: LayerParts): string {
  const tensors = Object.entries(parts).map(([name, { shape, values }]) => [
    name,
    { shape, values: values.slice().buffer },
  ]);
  return `${jsonText(coded({ ...told, parts: Object.fromEntries(tensors) as unknown }))}\n`;
}

/**
 * Parts of a layer as an `.npz` archive for `numpy.load`: an array for each by its name, and the `heads`, `queries` and
 * `keys` that its axes count.
 */
export function layerPartsNpz({ parts, heads, queries, keys }: LayerParts, comment: string): Uint8Array {
  const arrays = Object.entries(parts).map(([name, tensor]) => ({ name, ...tensor }));
  return archiveOf(
    [...arrays, listNamed('heads', heads), listNamed('queries', queries), listNamed('keys', keys)],
    comment,
  );
}

/** Parts of a layer as text for eyes: the shape of each, and the mean length of its vectors. */
export function layerPartsTable({ model, sequences }: AnalysisInfo, told: LayerParts): string {
  const says = words().layerParts;
  const facts = [model.id, model.family, numbersText(model), tokenCounts(sequences)];
  const rows = Object.entries(told.parts).map(([name, { shape, values }]) => [
    name,
    `[${shape.join(', ')}]`,
    name === 'scores' ? '' : valueText(meanLength(values, shape.at(-1) ?? 1)),
    says.meanings[name as keyof typeof says.meanings],
  ]);
  const missing = told.missing.map(({ part, why }) => says.missing(words().explanation.parts[part], why));
  return `${[
    [visibleLine(facts.filter((fact) => fact !== '').join(' · ')), says.layer(told.map, told.layer)].join('\n'),
    aligned([says.columns, ...rows]),
    ...missing,
    says.files,
  ].join('\n\n')}\n`;
}

function meanLength(values: Float32Array, features: number): number {
  const count = values.length / features;
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += Math.hypot(...values.subarray(at * features, (at + 1) * features));
  return sum / count;
}
