/** What a model's files may demand of its writing, by the names that they use; null says that there is no such rule. */
export interface RuleFields {
  readonly decoder_start_token_id?: number | null | undefined;
  readonly bos_token_id?: number | null | undefined;
  readonly eos_token_id?: readonly number[] | null | undefined;
  readonly forced_bos_token_id?: number | null | undefined;
  readonly forced_eos_token_id?: readonly number[] | null | undefined;
  readonly suppress_tokens?: readonly number[] | null | undefined;
  readonly begin_suppress_tokens?: readonly number[] | null | undefined;
  readonly bad_words_ids?: readonly (readonly number[])[] | null | undefined;
  readonly repetition_penalty?: number | null | undefined;
  readonly no_repeat_ngram_size?: number | null | undefined;
  readonly min_length?: number | null | undefined;
  readonly min_new_tokens?: number | null | undefined;
  readonly max_length?: number | null | undefined;
  readonly max_new_tokens?: number | null | undefined;
  readonly temperature?: number | null | undefined;
  readonly top_k?: number | null | undefined;
  readonly top_p?: number | null | undefined;
}

/** The rules that a model writes by. Lengths count tokens, those that were given and the start token included. */
export interface WritingRules {
  /** The token that a decoder is fed first; null where the files name none. */
  readonly start: number | null;
  readonly ends: ReadonlySet<number>;
  /** The one token that may follow a lone first one. */
  readonly forcedFirst: number | null;
  /** The tokens of which one stands last, once the greatest length is reached. */
  readonly forcedLast: readonly number[];
  readonly never: readonly number[];
  /** Tokens that nothing begins with that the model writes. */
  readonly neverFirst: readonly number[];
  /** Tokens that never stand together in this order. */
  readonly badWords: readonly (readonly number[])[];
  /** What a logit is divided by (multiplied by, where it is negative) once its token is there; 1 for nothing. */
  readonly repetitionPenalty: number;
  /** Tokens in a row that occur once at most; 0 for any. */
  readonly noRepeat: number;
  /** Below these an end token does not come: all tokens, and those that the model itself wrote. */
  readonly minLength: number;
  readonly minNew: number;
  /** The greatest length after so many given tokens; null where the files say nothing. */
  readonly maxLength: (given: number) => number | null;
  /** How tokens are drawn when nobody says otherwise. */
  readonly drawing: { readonly temperature?: number; readonly topK?: number; readonly topP?: number };
}

/** Reads the rules out of fields that have been checked and merged. */
export function writingRules(fields: RuleFields): WritingRules {
  const { max_length: most, max_new_tokens: more, temperature, top_k: topK, top_p: topP } = fields;
  return {
    start: fields.decoder_start_token_id ?? fields.bos_token_id ?? null,
    ends: new Set(fields.eos_token_id),
    forcedFirst: fields.forced_bos_token_id ?? null,
    forcedLast: fields.forced_eos_token_id ?? [],
    never: fields.suppress_tokens ?? [],
    neverFirst: fields.begin_suppress_tokens ?? [],
    badWords: fields.bad_words_ids ?? [],
    repetitionPenalty: fields.repetition_penalty ?? 1,
    noRepeat: fields.no_repeat_ngram_size ?? 0,
    minLength: fields.min_length ?? 0,
    minNew: fields.min_new_tokens ?? 0,
    maxLength: (given) => (typeof more === 'number' ? given + more : (most ?? null)),
    drawing: {
      ...(temperature ? { temperature } : {}),
      ...(topK ? { topK } : {}),
      ...(topP && topP < 1 ? { topP } : {}),
    },
  };
}
