import type * as Ort from 'onnxruntime-node';
import type { ModelConfig } from '../config/config.ts';
import type { FixedSizes, GraphInput } from './graph-input.ts';

/** Keys, values and states of earlier steps, by {@link cacheKey}. */
export type Cache = Readonly<Record<string, Ort.Tensor>>;

/** What a graph of its own made of the tokens of a step, by the name of the input that is fed it. */
export type Embeddings = Readonly<Record<string, Ort.Tensor>>;

/** What an encoder made of a source: `[1, tokens, features]` in 32-bit floats. */
export interface States {
  readonly data: Float32Array;
  readonly tokens: number;
  readonly features: number;
}

/** What one run of a graph is about, whatever its inputs are called. */
export interface Step {
  readonly ids: readonly number[];
  /** Which text each token belongs to; all to the first where it is left out. */
  readonly segments?: readonly number[];
  /** Tokens that the cache holds already. */
  readonly past?: number;
  readonly cache?: Cache | null;
  /** Whether the logits of the last token alone are wanted, as for the next one; all of them where it is left out. */
  readonly lastLogits?: boolean;
  /** The source of a decoder that looks at one. */
  readonly source?: States;
  /** The embeddings of the tokens, for a graph that is fed them in place of ids. */
  readonly embeddings?: Embeddings;
}

/** How the graph's sizes differ from those of the text: what is given back is cut to these. */
export interface Extent {
  readonly batch: number;
  /** Tokens that were given, and what they were filled up to. */
  readonly tokens: number;
  readonly filled: number;
  readonly past: number;
  readonly source: number | null;
}

/** The graph that is fed. */
export interface Fed {
  readonly model: string;
  readonly config: ModelConfig;
  readonly inputs: readonly GraphInput[];
  readonly sizes: FixedSizes;
  /** Whether no token sees a later one, as in a decoder: padding behind the tokens then needs no mask. */
  readonly causal: boolean;
}
