import * as v from 'valibot';
import { itemAt } from '../item-at.ts';
import { finiteSchema, indexSchema, positiveSchema, type Data } from '../schema.ts';
import { words } from '../words/words.ts';
import { layersSchema } from './layers.ts';
import { keysWithin, masksSchema, type LayerMask, type SeenKeys } from './mask.ts';

/**
 * How the queries of a map may see its keys: `self` both ways, `causal` only themselves and earlier keys,
 * `cross` another sequence.
 */
export type MapKind = (typeof mapKinds)[number];
const mapKinds = ['self', 'causal', 'cross'] as const;

/** The name of a map, as the command line and the exports write it. */
export type MapName = (typeof mapNames)[number];
export const mapNames = ['attention', 'encoder', 'decoder', 'cross'] as const;

/**
 * How the score of a query and a key is computed before the softmax, where a map is not scaled dot-product attention:
 * `additive` is Bahdanau, Cho and Bengio 2015 (arXiv:1409.0473), the others are Luong, Pham and Manning 2015
 * (D15-1166).
 */
export type Scoring = (typeof scorings)[number];
export const scorings = ['additive', 'dot', 'general', 'concat'] as const;

/**
 * The window of local attention (Luong, Pham and Manning 2015, section 3.2): a query sees the keys at most `halfWidth`
 * from its centre. `centres` has one position for every query, in keys from 0, not always a whole number. With `sigma`
 * the weights are multiplied by a Gaussian of that width around the centre after the softmax (local-p), with null they
 * are not (local-m).
 */
export type LocalWindow = Data<typeof localWindowSchema>;

const localWindowSchema = v.object({
  centres: v.array(finiteSchema),
  halfWidth: positiveSchema,
  sigma: v.nullable(positiveSchema),
});

/**
 * What the rows of a decoder's map are steps of. The tokens of its query sequence are those that the decoder is fed at
 * each step (`read`, Transformers) or those that it writes then (`written`, recurrent networks, as their papers draw
 * them). `edge` is the token that stands at the open end, as the vocabulary writes it: written at the last step, or fed
 * at the first; null where none is known.
 */
export type DecoderRows = Data<typeof decoderRowsSchema>;

const decoderRowsSchema = v.object({ tokens: v.picklist(['read', 'written']), edge: v.nullable(v.string()) });

/**
 * What tells which keys a query of a layer may see: the kind of its map, its mask, and the window of local attention.
 */
export interface Seeing {
  readonly kind: MapKind;
  readonly mask: LayerMask;
  readonly local?: LocalWindow | undefined;
}

/** The keys that a query may see. */
export function seenKeys({ kind, mask, local }: Seeing, query: number, keys: number): SeenKeys {
  if (!local) return keysWithin(mask, query, kind === 'causal' ? Math.min(query + 1, keys) : keys);
  const centre = itemAt(local.centres, query);
  const first = Math.max(0, Math.ceil(centre - local.halfWidth));
  return { first, end: Math.max(first, Math.min(keys, Math.floor(centre + local.halfWidth) + 1)) };
}

/**
 * What is known of an attention map without its weights.
 *
 * `queries` and `keys` are indices into the sequences of the analysis; `shape` counts layers, heads, queries and keys.
 * `layers` has the kind of every layer of the model, as many of them `attention` as `shape` counts; it is left out
 * where all layers attend, and `masks`, one for each layer that attends, where they all leave every key that the kind
 * leaves. Layers are counted by index here and everywhere; `layers.ts` gives their numbers in the model. `normalised`
 * is `false` only where rows are no distribution by the map's own definition (Luong's local-p). `scoring` and `local`
 * are there for recurrent networks, `local` only for local attention, `rows` only for maps of a decoder.
 */
export type MapInfo = Data<typeof mapInfoSchema>;

/** `[layers, heads, queries, keys]`. */
export type MapShape = readonly [layers: number, heads: number, queries: number, keys: number];

/** The schema of a {@link MapInfo}. */
export const mapInfoSchema = v.pipe(
  v.object({
    name: v.picklist(mapNames),
    kind: v.picklist(mapKinds),
    queries: indexSchema,
    keys: indexSchema,
    shape: v.tuple([indexSchema, indexSchema, indexSchema, indexSchema]),
    layers: v.exactOptional(layersSchema),
    masks: v.exactOptional(masksSchema),
    normalised: v.exactOptional(v.literal(false)),
    scoring: v.exactOptional(v.picklist(scorings)),
    local: v.exactOptional(localWindowSchema),
    rows: v.exactOptional(decoderRowsSchema),
  }),
  v.check(({ layers, shape }) => !layers || layers.filter((kind) => kind === 'attention').length === shape[0]),
  v.check(({ masks, shape }) => !masks || masks.length === shape[0]),
);

/**
 * An attention map with its weights.
 *
 * The one place where the layout is written down: weights lie in C order `[layer][head][query][key]`, a row is one
 * query's weights over all keys, and a row sums to 1 (unless `normalised` is `false`). `scores`, where the model gives
 * them, are the input of the softmax, laid out alike; keys outside a window have a score, too.
 */
export interface AttentionMap extends MapInfo {
  readonly weights: Float32Array;
  readonly scores?: Float32Array;
}

/** What is known of a map, without its numbers: the part that crosses borders as JSON. */
export function infoOf({ weights: _weights, scores: _scores, ...info }: AttentionMap): MapInfo {
  return info;
}

/** The number of weights that a shape holds. */
export function weightCount(shape: MapShape): number {
  return shape[0] * shape[1] * shape[2] * shape[3];
}

/** A view (no copy) of one layer, `[head][query][key]`. Throws RangeError when there is no such layer. */
export function layerOf(map: AttentionMap, layer: number): Float32Array {
  return cutLayer(map.weights, map.shape, layer);
}

/**
 * A view of one layer's scores before the softmax; null where the map has none. Throws RangeError as {@link layerOf}
 * does.
 */
export function scoresOf(map: AttentionMap, layer: number): Float32Array | null {
  return map.scores ? cutLayer(map.scores, map.shape, layer) : null;
}

/** A view (no copy) of one head, `[query][key]`. Throws RangeError when there is no such layer or head. */
export function headOf(map: AttentionMap, layer: number, head: number): Float32Array {
  const [, heads, queries, keys] = map.shape;
  checkIndex('head', head, heads);
  const size = queries * keys;
  return layerOf(map, layer).subarray(head * size, (head + 1) * size);
}

function cutLayer(numbers: Float32Array, [layers, heads, queries, keys]: MapShape, layer: number): Float32Array {
  checkIndex('layer', layer, layers);
  const size = heads * queries * keys;
  return numbers.subarray(layer * size, (layer + 1) * size);
}

function checkIndex(what: 'layer' | 'head', index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    const says = words().pictures;
    throw new RangeError(what === 'head' ? says.noHead(index, count) : says.noLayer(index, count));
  }
}
