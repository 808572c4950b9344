import type { LayerNumber } from '../../attention/layers.ts';
import type { MapName } from '../../attention/map.ts';
import type { LayerPartName } from '../../block/layer-parts.ts';

const meanings: Readonly<Record<LayerPartName, string>> = {
  q: 'queries, as they meet the keys',
  k: 'keys, as they meet the queries',
  v: 'values',
  scores: 'what the softmax reads',
  context: 'values summed by their weights',
  output: 'the same after the output projection',
};

/** The tensors of one layer. */
export const layerParts = {
  layer: (map: MapName, layer: LayerNumber) => `Layer ${layer} of the map “${map}”`,
  columns: ['part', 'shape', 'mean length', ''],
  meanings,
  missing: (part: string, why: string) => `The ${part} was not found: ${why}.`,
  files: 'The numbers: --format npz --out FILE (for numpy.load), or --format json.',
};
