import type { SiteKind } from '../onnx/site.ts';

/**
 * A number of an arithmetic step: known from the file, or of a tensor that a run gives, broadcast over
 * `[heads, queries, keys]`.
 */
export type Operand = { readonly number: number } | { readonly tensor: string };

/** What a tensor that is added to scores depends on: nothing of the text, what the tokens are, or a mask and places. */
export type BiasSource = 'places' | 'content' | 'given';

/**
 * One step between the product of queries and keys and the softmax, in the order of the graph. `scale` multiplies
 * (divides where `inverse`), `bias` adds (subtracts where `sign` is -1), `choice` puts `other` in place of the score
 * where the condition is not `keeps`, `bound` takes the greater or the smaller number, `tanh` bends, `further` puts
 * scores of keys that are no tokens (sinks) behind the row.
 */
export type ScoreStep =
  | { readonly kind: 'scale'; readonly operand: Operand; readonly inverse: boolean }
  | { readonly kind: 'bias'; readonly operand: Operand; readonly sign: 1 | -1; readonly source: BiasSource }
  | { readonly kind: 'choice'; readonly condition: Operand; readonly other: Operand; readonly keeps: boolean }
  | { readonly kind: 'bound'; readonly op: 'Max' | 'Min'; readonly operand: Operand }
  | { readonly kind: 'tanh' }
  | { readonly kind: 'further'; readonly operand: Operand };

/** A norm of a block: what it reads and gives. `layer` removes the mean (Ba et al. 2016), `rms` does not. */
export interface Norm {
  readonly kind: 'layer' | 'rms';
  readonly input: string;
  readonly output: string;
}

/** A linear map of a block: the tensor it reads, and what comes of it before and after its stored biases. */
export interface Projection {
  readonly op: string;
  readonly input: string;
  readonly product: string;
  readonly output: string;
  readonly biases: readonly string[];
}

/** How the place of a token enters queries and keys, beside what is added to scores. */
export type QueryPlaces = 'rotary' | 'none';

/** A part that reads the residual stream and is added to it. */
export interface Addition {
  /** The stream before. */
  readonly stream: string;
  /** What is added. */
  readonly added: string;
  /** The stream afterwards; null where a norm takes it in without giving it. */
  readonly sum: string | null;
  /** The norm of the sum, where the architecture is post-norm. */
  readonly normAfter: Norm | null;
}

/** What an attention adds to the residual stream, and what the same sum takes in beside it. */
export interface Residual extends Addition {
  /** Parts that read the same stream: a feed-forward part (GPT-J, Falcon), a state space (Falcon-H1). */
  readonly beside: readonly string[];
}

/** A part of a block that was not found, and why: one phrase. */
export interface MissingPart {
  readonly part: BlockPart;
  readonly why: string;
}

/** The parts of a block by name. */
export const blockParts = [
  'scores',
  'query projection',
  'key projection',
  'value projection',
  'output projection',
  'norm before',
  'residual',
  'feed-forward',
] as const;
export type BlockPart = (typeof blockParts)[number];

/**
 * What stands around one attention of a graph, by the names of its tensors (of the graph, or the branch, that it stands
 * in). Null is a part that was not found, `missing` says why.
 */
export interface Block {
  readonly kind: SiteKind;
  readonly layer: number;
  /** Whether heads lie beside each other as further rows of queries (multi-query attention of some exports). */
  readonly headsInside: boolean;
  /** `[…, queries, features]` and `[…, keys, features]` as they meet, `[…, features, keys]` where `keyTransposed`. */
  readonly query: string | null;
  readonly key: string | null;
  readonly keyTransposed: boolean;
  /** `[…, keys, features]`. */
  readonly value: string | null;
  /** What the softmax reads, and what it gives before anything else is done to it. */
  readonly scores: string | null;
  readonly weights: string | null;
  /** Weights times values, `[…, queries, features]`. */
  readonly context: string | null;
  /** The way from the product of queries and keys to the softmax; null where a node on it is not understood. */
  readonly steps: readonly ScoreStep[] | null;
  readonly places: QueryPlaces;
  readonly projections: Readonly<Record<'query' | 'key' | 'value', Projection | null>>;
  readonly normBefore: Norm | null;
  readonly output: Projection | null;
  readonly attention: Residual | null;
  readonly feedForward: Addition | null;
  readonly missing: readonly MissingPart[];
}
