import type { Token } from '../token.ts';

/** A token whose range may still be corrected. */
export type Draft = { -readonly [Field in keyof Token]: Token[Field] };

/** The tokens of one text before special tokens are added. */
export interface Drafts {
  readonly tokens: readonly Draft[];
  /** What added tokens matched, spaces included, by their place in `tokens`. */
  readonly matched: ReadonlyMap<number, string>;
}

/** The place of a special token in the final sequence. */
export interface SpecialItem {
  readonly id: number;
  readonly token: string;
  readonly typeId: number;
}

/** A place in the final sequence: a special token, or all tokens of the first (0) or second (1) text. */
export type TemplateItem = SpecialItem | { readonly sequence: 0 | 1; readonly typeId: number };

/**
 * What follows the model: `adjust` corrects offsets within one text, `single` and `pair` lay out the final sequence,
 * with special tokens in their places.
 */
export interface PostProcessor {
  readonly adjust: (drafts: Drafts, text: string) => void;
  readonly single: readonly TemplateItem[];
  readonly pair: readonly TemplateItem[];
}
