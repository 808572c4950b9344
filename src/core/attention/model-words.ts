import { words } from '../words/words.ts';
import { layerCount, type Layered } from './layers.ts';
import type { MapInfo } from './map.ts';
import type { GraphFormat, ModelInfo } from './analysis.ts';

/**
 * The number format of a model that ran: `fp32`, or `encoder fp32, decoder q8` where its graphs differ; nothing where
 * it is not known.
 */
export function numbersText({ formats = [] }: Pick<ModelInfo, 'formats'>): string {
  const kinds = new Set(formats.map(({ format }) => format));
  return kinds.size < 2
    ? [...kinds].join('')
    : formats.map(({ graph, format }) => `${graphName(graph)} ${format}`).join(', ');
}

/** How many layers and heads a map has, and of how many layers: `6 layers × 8 heads`, `6 of 24 layers × 8 heads`. */
export function sizeText(map: Layered & Pick<MapInfo, 'shape'>): string {
  const [layers, heads] = map.shape;
  return words().counts.layersAndHeads(layers, heads, layerCount(map));
}

/** The lengths of sequences in words: `11 tokens`, `7 and 1 tokens`. */
export function tokenCounts(sequences: readonly { readonly tokens: readonly unknown[] }[]): string {
  return words().counts.tokensOfAll(sequences.map(({ tokens }) => tokens.length));
}

function graphName(graph: GraphFormat['graph']): string {
  return graph.replace(/^(encoder|decoder)_model.*$/, '$1');
}
