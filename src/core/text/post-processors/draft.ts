/** A token of one text before special tokens are added. `raw` is the text that was matched, in the model's alphabet. */
export interface Draft {
  readonly id: number;
  readonly raw: string;
  readonly special: boolean;
  readonly word: number | null;
  start: number;
  end: number;
}

/** The place of a special token in the final sequence. */
export interface SpecialPlace {
  readonly id: number;
  readonly token: string;
  readonly typeId: number;
}

/** A place in the final sequence: a special token, or all tokens of the first (0) or second (1) text. */
export type Place = SpecialPlace | { readonly sequence: 0 | 1; readonly typeId: number };

/**
 * What follows the model: `adjust` corrects offsets within one text, `single` and `pair` lay out the final sequence, with
 * special tokens in their places.
 */
export interface PostProcessor {
  readonly adjust: (tokens: readonly Draft[], text: string) => void;
  readonly single: readonly Place[];
  readonly pair: readonly Place[];
}
