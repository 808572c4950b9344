import * as v from 'valibot';
import { layerKinds } from '../attention/layers.ts';
import { mapNames } from '../attention/map.ts';
import { indexSchema, type Data } from '../schema.ts';

/** The number of a layer in its model; null before the first one. */
const layer = v.nullable(indexSchema);
/** Set for what the encoder of an encoder-decoder wrote, seen from its decoder. */
const common = { encoder: v.optional(v.literal(true)) };
const plain = <const K extends string>(kind: K) => v.object({ kind: v.literal(kind), ...common });
const ofLayer = <const K extends string>(kind: K) => v.object({ kind: v.literal(kind), layer, ...common });

/**
 * The name of a part of the residual stream: what wrote it. `word`, `position`, `segment` and `embedding` (one that is
 * none of them) are rows of stored tables, `states` the encoder's output; `head` is what a head adds through the output
 * projection, of all source tokens or of one (`token`), `attention` an attention that was not taken apart; the biases
 * are those of an output projection, of norms and of what makes queries, keys or logits. `mixer` is a convolution, a
 * state space or another part that mixes tokens without a softmax; `stream` is a part whose own sum was not found.
 */
export const partNameSchema = v.variant('kind', [
  plain('word'),
  plain('position'),
  plain('segment'),
  plain('embedding'),
  plain('states'),
  v.object({
    kind: v.literal('head'),
    map: v.picklist(mapNames),
    layer: indexSchema,
    head: indexSchema,
    token: v.optional(indexSchema),
    ...common,
  }),
  v.object({ kind: v.literal('attention'), map: v.picklist(mapNames), layer: indexSchema, ...common }),
  v.object({ kind: v.literal('output-bias'), map: v.picklist(mapNames), layer: indexSchema, ...common }),
  ofLayer('feed-forward'),
  v.object({ kind: v.literal('mixer'), layer, of: v.picklist(layerKinds), ...common }),
  ofLayer('norm-bias'),
  ofLayer('bias'),
  ofLayer('stream'),
  plain('query-bias'),
  plain('key-bias'),
  plain('logit-bias'),
]);

/** The schema's type. */
export type PartName = Data<typeof partNameSchema>;

/** The parts within a layer in the order in which they are listed. */
const order: readonly PartName['kind'][] = [
  'stream',
  'word',
  'position',
  'segment',
  'embedding',
  'states',
  'mixer',
  'attention',
  'head',
  'output-bias',
  'feed-forward',
  'norm-bias',
  'bias',
  'query-bias',
  'key-bias',
  'logit-bias',
];

/** Equal for names of one part alone. */
export function partKey(name: PartName): string {
  return rankOf(name).join('.');
}

/** Orders parts as they come to the stream: embeddings, then layer by layer, the last biases at the end. */
export function byPlace(a: PartName, b: PartName): number {
  const [first, second] = [rankOf(a), rankOf(b)];
  const at = first.findIndex((rank, index) => rank !== second[index]);
  return at < 0 ? 0 : (first[at] ?? 0) - (second[at] ?? 0);
}

function rankOf(name: PartName): readonly number[] {
  const isLast = ['query-bias', 'key-bias', 'logit-bias'].includes(name.kind);
  const at = 'layer' in name ? (name.layer ?? -1) : isLast ? Infinity : -1;
  const map = 'map' in name ? mapNames.indexOf(name.map) : 0;
  const [head, token] = name.kind === 'head' ? [name.head, name.token ?? -1] : [0, 0];
  const kind = name.kind === 'mixer' ? layerKinds.indexOf(name.of) : 0;
  return [name.encoder === true ? 0 : 1, at, order.indexOf(name.kind), map, head, token, kind];
}

/** The same part, said of the encoder. */
export function ofEncoder(name: PartName): PartName {
  return { ...name, encoder: true };
}
