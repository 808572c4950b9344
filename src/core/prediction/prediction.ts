/** A token that a model could write, and how likely it finds it: its softmax share of all tokens of the vocabulary. */
export interface Candidate {
  readonly id: number;
  /** What the token would add to the text, its space before it included; a special token by its name. */
  readonly text: string;
  readonly probability: number;
}

/** How likely a token was that really stands there. `rank` counts from 0: so many tokens were likelier. */
export interface Followed {
  readonly probability: number;
  readonly rank: number;
}

/** What a model expects at one place; `followed` is null where nothing stands there. */
export interface Step {
  readonly candidates: readonly Candidate[];
  readonly followed: Followed | null;
}

/** A masked language model: what it would put in place of every mask. `token` is an index into the sequence. */
export interface MaskedPrediction {
  readonly kind: 'masked';
  readonly sequence: number;
  readonly places: readonly { readonly token: number; readonly candidates: readonly Candidate[] }[];
}

/**
 * A language model or the decoder of an encoder-decoder: one step for every token of the sequence. With `ahead` 1 step
 * `i` tells what comes after token `i`, with 0 (recurrent networks, whose row is the word that it writes) what token
 * `i` itself is.
 */
export interface NextPrediction {
  readonly kind: 'next';
  readonly sequence: number;
  readonly ahead: 0 | 1;
  /** How many tokens each step chooses from; absent where that is not known. */
  readonly vocabulary?: number;
  readonly steps: readonly Step[];
}

/**
 * Where an answer stands: tokens `first` to `last`, and their characters in the text that holds them (UTF-16 code
 * units).
 */
export interface Answer {
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  /** The product of the shares that its first token has of all beginnings and its last token of all ends. */
  readonly probability: number;
}

/**
 * Question answering: the likeliest stretches of the text, best first, and how likely it is that there is no answer in
 * it.
 */
export interface SpanPrediction {
  readonly kind: 'span';
  readonly sequence: number;
  readonly answers: readonly Answer[];
  readonly none: number;
}

/** A name and its probability. */
export interface Label {
  readonly name: string;
  readonly probability: number;
}

/**
 * Sequence classification, likeliest first. `exclusive`: one of them is true (softmax), else each by itself (sigmoid).
 */
export interface LabelPrediction {
  readonly kind: 'label';
  readonly exclusive: boolean;
  readonly labels: readonly Label[];
}

/** Regression: one number for the whole text. */
export interface ScorePrediction {
  readonly kind: 'score';
  readonly name: string;
  readonly value: number;
}

/** Token classification: the likeliest label of every token of the sequence. */
export interface TagPrediction {
  readonly kind: 'tags';
  readonly sequence: number;
  readonly tags: readonly Label[];
}

/** What a model itself predicts on the run whose attention is shown. */
export type Prediction =
  MaskedPrediction | NextPrediction | SpanPrediction | LabelPrediction | ScorePrediction | TagPrediction;
