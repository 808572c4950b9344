import { AttentionError } from '../../core/errors/reason.ts';
import { randomFrom } from '../../core/prediction/random.ts';
import { sampled, type Sampling } from '../../core/prediction/sample.ts';
import { idSet, type GenerationConfig, type ModelConfig } from '../config.ts';

/** Tokens that a model may write when it does not say itself how many. */
const usualLength = 128;

/** What a model's own files demand of its writing. */
export interface Rules {
  readonly ends: ReadonlySet<number>;
  readonly never: ReadonlySet<number>;
  /** The token that a written target begins with. */
  readonly first: number | null;
  /** The most tokens, the start token included. */
  readonly length: number;
}

/** The rules of `generation_config.json`, and of `config.json` where that says nothing. */
export function rulesOf(config: ModelConfig, generation: GenerationConfig | null): Rules {
  const bad = (generation?.bad_words_ids ?? []).flatMap((ids) => ids.length === 1 ? ids : []);
  return {
    ends: idSet(generation?.eos_token_id ?? config.eos_token_id),
    never: new Set([...bad, ...(generation?.suppress_tokens ?? [])]),
    first: generation?.forced_bos_token_id ?? null,
    length: generation?.max_new_tokens ? generation.max_new_tokens + 1 : (generation?.max_length ?? usualLength),
  };
}

/** Chooses the next token from its logits, `[vocabulary]`, after `written` others. Throws `run-failed` when there are none. */
export type Choose = (logits: Float32Array | null, written: number) => number;

/** Always the likeliest token that the rules allow, ties to the lower id; with `sampling` one is drawn. */
export function chooser(model: string, { never, first }: Pick<Rules, 'never' | 'first'>, sampling?: Sampling): Choose {
  const random = sampling && randomFrom(sampling.seed);
  return (logits, written) => {
    if (written === 0 && first !== null) return first;
    const chosen = logits && (sampling && random ? sampled(logits, never, sampling, random) : likeliest(logits, never));
    if (chosen === null) throw new AttentionError({ code: 'run-failed', model, detail: 'its decoder gave no logits to choose a token by' });
    return chosen;
  };
}

function likeliest(logits: Float32Array, never: ReadonlySet<number>): number | null {
  let best: number | null = null;
  logits.forEach((logit, id) => {
    if (!never.has(id) && logit > (best === null ? -Infinity : (logits[best] ?? -Infinity))) best = id;
  });
  return best;
}
