import * as v from 'valibot';
import type { Data } from '../schema.ts';
import type { LayerChoice, Merge } from './merge.ts';

/**
 * What the layers of a model mix their tokens with. `attention`: they have a map, whatever else they do;
 * `linear-attention`: without a softmax (gated delta rule, Yang et al. 2024, 2412.06464); `state-space`: Mamba (Gu and
 * Dao 2023, 2312.00752); `feed-forward`: nothing, every token stays by itself; `other`: the model does not say.
 */
export type LayerKind = (typeof layerKinds)[number];
/** The kinds of layers by name. */
export const layerKinds = [
  'attention',
  'convolution',
  'state-space',
  'linear-attention',
  'recurrent',
  'feed-forward',
  'other',
] as const;

/** More layers than this are no model's. */
export const maxLayers = 1024;

/** The schema of the kinds of all layers of a model, the first layer first. */
export const layersSchema = v.pipe(v.array(v.picklist(layerKinds)), v.maxLength(maxLayers));

declare const inModel: unique symbol;

/**
 * The number of a layer in its model, from 0, as people read it. It is no index: in a hybrid the layers that attend are
 * some of all, and arrays and messages have a place for those alone.
 */
export type LayerNumber = number & { readonly [inModel]: true };

/** What of a map tells its layers apart: how many attend, and the kinds of all where some do not. */
export interface Layered {
  readonly layers?: Data<typeof layersSchema> | undefined;
  readonly shape: readonly [layers: number, ...others: number[]];
}

/** The kinds of layers that have no map. */
export type OtherKind = Exclude<LayerKind, 'attention'>;

/** Layers of one kind that follow each other. */
export interface LayerRun {
  readonly kind: OtherKind;
  readonly first: LayerNumber;
  readonly last: LayerNumber;
}

/** All layers without a map between two that have one, or before the first, or after the last. */
export interface OtherLayers extends Pick<LayerRun, 'first' | 'last'> {
  readonly runs: readonly LayerRun[];
  /** The index of the attending layer that follows; the number of attending layers where none does. */
  readonly before: number;
}

/** The numbers of the layers that attend, by their index. */
export function layerNumbers({ layers, shape: [count] }: Layered): readonly LayerNumber[] {
  const numbers = layers
    ? layers.flatMap((kind, number) => (kind === 'attention' ? [number] : []))
    : Array.from({ length: count }, (_, index) => index);
  return numbers as readonly number[] as readonly LayerNumber[];
}

/** The number of the layer at an index of a map. Throws RangeError where the map has no such layer. */
export function layerNumber(map: Layered, index: number): LayerNumber {
  const number = layerNumbers(map)[index];
  if (number === undefined) throw new RangeError(`There is no layer at ${index} of ${map.shape[0]}.`);
  return number;
}

/** As {@link layerNumber}; all layers merged stay what they are. */
export function numberedChoice(map: Layered, layer: LayerChoice): LayerNumber | Merge {
  return typeof layer === 'number' ? layerNumber(map, layer) : layer;
}

/** The index of the layer with a number; null where no layer with that number attends. */
export function layerIndex(map: Layered, number: number): number | null {
  const index = layerNumbers(map).findIndex((one) => one === number);
  return index < 0 ? null : index;
}

/** The index of the first attending layer from a number on; of the last one where none follows. */
export function nearestIndex(map: Layered, number: number): number {
  const index = layerNumbers(map).findIndex((one) => one >= number);
  return index < 0 ? map.shape[0] - 1 : index;
}

/** How many layers the model has, those without attention counted. */
export function layerCount({ layers, shape: [count] }: Layered): number {
  return layers?.length ?? count;
}

/** The layers without attention, the first first. */
export function otherLayers({ layers = [] }: Pick<Layered, 'layers'>): readonly OtherLayers[] {
  const gaps = new Map<number, LayerRun[]>();
  let before = 0;
  for (const [at, kind] of layers.entries()) {
    if (kind === 'attention') {
      before += 1;
      continue;
    }
    const number = at as LayerNumber;
    const runs = gaps.get(before) ?? [];
    gaps.set(before, runs);
    const open = runs.at(-1);
    if (open?.kind === kind) runs[runs.length - 1] = { ...open, last: number };
    else runs.push({ kind, first: number, last: number });
  }
  return [...gaps].flatMap(([gap, runs]) => {
    const [first, last] = [runs[0], runs.at(-1)];
    return first && last ? [{ runs, first: first.first, last: last.last, before: gap }] : [];
  });
}
