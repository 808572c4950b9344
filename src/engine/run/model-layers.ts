import { layerNumbers, maxLayers, type LayerKind } from '../../core/attention/layers.ts';
import { areRising } from '../../core/onnx/layer-names.ts';
import type { AttentionSite } from '../../core/onnx/site.ts';
import type { Tap } from '../backend/tap.ts';
import type { Described } from '../config/config.ts';
import { cacheKey, type GraphInput } from '../feeds/graph-input.ts';

/** A stack of layers before it runs: its attentions, first layer first, and the inputs of its graph. */
export type OpenStack = Pick<Tap, 'sites' | 'inputs'>;

/**
 * What every layer of a model is, where not all of them attend; undefined where they do, or where nothing tells.
 *
 * The layers that attend are those that the file's own names say, or else `config.json`, as long as there are as many
 * as attentions. The others are what `config.json` says, or what their caches tell, or `other`.
 */
export function layersOf(
  { sites, inputs }: OpenStack,
  { layers: count, kinds }: Pick<Described, 'layers' | 'kinds'>,
): readonly LayerKind[] | undefined {
  const bound = Math.min(count ?? kinds?.length ?? maxLayers, maxLayers);
  const caches = cachesOf(inputs);
  const numbers = numbersOf(sites, kinds, bound, caches);
  if (!numbers) return undefined;
  const attending = new Set(numbers);
  const last = count === null ? Math.max(...numbers, ...caches.map(({ layer }) => layer)) : bound - 1;
  const cached = cachedKinds(caches, last);
  const known = Array.from({ length: bound }, (_, at): LayerKind => {
    if (attending.has(at)) return 'attention';
    const described = kinds?.[at] ?? 'other';
    // A layer that is said to attend and has no attention here is one that was not read.
    if (described === 'attention') return 'other';
    return described === 'other' ? cached(at) : described;
  });
  // Of layers behind the last one that is known nobody says that they are there.
  const layers = known.slice(0, 1 + known.findLastIndex((kind) => kind !== 'other'));
  return layers.length > sites.length ? layers : undefined;
}

/** Whether it is told what each of so many layers is. */
export function isExplained(layers: readonly LayerKind[] | undefined, count: number): boolean {
  return layers?.length === count && !layers.includes('other');
}

/** The numbers of the attending layers; null where they can only be counted. */
function numbersOf(
  sites: readonly AttentionSite[],
  kinds: readonly LayerKind[] | null,
  bound: number,
  caches: readonly LayerCache[],
): readonly number[] | null {
  const named = sites.map(({ number }) => number);
  const described = kinds && layerNumbers({ layers: kinds, shape: [0] });
  const isCounted = named.every((number, at) => number === at) || !areRising(named, bound);
  if (isCounted && described?.length === sites.length) return described;
  // Where the first layers attend their numbers are those of counting: caches of others tell that there are more.
  const hasOthers = areRising(named, bound) && caches.some(({ layer }) => layer >= named.length && layer < bound);
  return isCounted && !hasOthers ? null : named;
}

/** A part of a cache, and the layer that its name has. */
interface LayerCache {
  readonly name: string;
  readonly layer: number;
}

function cachesOf(inputs: readonly GraphInput[]): readonly LayerCache[] {
  return inputs.flatMap(({ name, role }) => {
    const layer = role === 'past' || role === 'state' ? /\d+/.exec(cacheKey(name))?.[0] : undefined;
    return layer === undefined || Number(layer) >= maxLayers ? [] : [{ name, layer: Number(layer) }];
  });
}

/** Kinds of caches by their names, those that tell most first. */
const cacheKinds: readonly (readonly [RegExp, LayerKind])[] = [
  [/ssm|mamba/, 'state-space'],
  [/recurrent/, 'linear-attention'],
  [/conv/, 'convolution'],
];

/**
 * What a layer without attention is by the caches that it keeps. In a graph with caches one up to `last`, the last that
 * is known to be there, that keeps none cannot see any other token: a feed-forward network.
 */
function cachedKinds(caches: readonly LayerCache[], last: number): (layer: number) => LayerKind {
  return (layer) => {
    const own = caches.filter((cache) => cache.layer === layer);
    if (own.length === 0) return caches.length > 0 && layer <= last ? 'feed-forward' : 'other';
    return cacheKinds.find(([pattern]) => own.some(({ name }) => pattern.test(name)))?.[1] ?? 'other';
  };
}
