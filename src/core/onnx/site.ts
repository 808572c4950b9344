import { visibleName } from '../text/foreign.ts';
import type { Blocks } from './blocks.ts';
import type { GraphNode } from './graph.ts';

/** How an attention is written in the graph. */
export type AttentionForm =
  'softmax' | 'group-query' | 'multi-head' | 'onnx-attention' | 'fused-attention' | 'decoder-masked';

/**
 * Where queries and keys come from, as far as the graph tells: `cross` when the keys belong to another sequence;
 * `causal` only when the operator itself masks the future. A decoder that masks with added numbers is `self` here: its
 * weights tell.
 */
export type SiteKind = 'self' | 'causal' | 'cross';

/** Names of the tensors an attention is made from; null where they are hidden inside one operator or a branch. */
export interface SiteTensors {
  /** What multiplies the keys, `[…, queries, features]`. */
  readonly query: string | null;
  /** What it is multiplied with, `[…, features, keys]` when `keyTransposed`, else `[…, keys, features]`. */
  readonly key: string | null;
  readonly keyTransposed: boolean;
  readonly value: string | null;
  /** Scaled and masked scores, as the softmax reads them. */
  readonly scores: string | null;
}

/**
 * What a node between the softmax and the values does to the weights. `changed`: the weights shown are those after it.
 * `scaled` by a constant (`factor`, null where it is not known) and `rounded` to 8 bits: those before it are shown.
 * `aside`: other weights come of it than those shown, which multiply values, too.
 */
export interface WeightChange {
  readonly op: string;
  readonly node: string;
  readonly how: 'changed' | 'scaled' | 'rounded' | 'aside';
  readonly factor: number | null;
}

/** The most characters of a node's name in a message. */
const maxName = 120;

/** What a node is called in messages: its name, or else its first output's, as visible text of one line. */
export function nodeName({ name, outputs }: GraphNode): string {
  return visibleName(name === '' ? (outputs[0] ?? '') : name, maxName);
}

/** One attention of a model. */
export interface AttentionSite extends SiteTensors {
  /** Order in the graph among its kind: 0 is the first. */
  readonly layer: number;
  /** The number of its layer in the model, as the file's own names tell it (`namedLayers`); else {@link layer}. */
  readonly number: number;
  readonly kind: SiteKind;
  readonly form: AttentionForm;
  /** The operator that computes it, and its node's name ('' when it has none), for messages. */
  readonly op: string;
  readonly node: string;
  /** The model output that carries the probabilities after exposure: rows are queries, the last axis is keys. */
  readonly output: string;
  /**
   * Whether every row sums to 1: not where a part of it goes to a sink that is no token, or where the weights are
   * changed after the softmax.
   */
  readonly normalised: boolean;
  /** Whether a part of every row goes to a sink that is no token. */
  readonly sink: boolean;
  /** What is done to the weights between the softmax and the values, in order. */
  readonly changes: readonly WeightChange[];
  /** How many tokens a query sees, its own included, where the operator says so; null where it does not. */
  readonly window: number | null;
  /** How its rows and columns lie in blocks; null where they are those of the text. */
  readonly blocks: Blocks | null;
  /** Whether other scores of the same keys tell which of them a query sees at all. */
  readonly selects: boolean;
  /** The node that multiplies what the heads hand over by a gate, for messages; null where there is none. */
  readonly gate: string | null;
  /** 4: `[batch, heads, queries, keys]`; 3: `[batch × heads, queries, keys]`; null when the graph does not tell. */
  readonly rank: number | null;
  /** The number of heads when the graph tells. */
  readonly heads: number | null;
  /** The inputs of the model that queries and keys depend on. */
  readonly queryInputs: readonly string[];
  readonly keyInputs: readonly string[];
}
