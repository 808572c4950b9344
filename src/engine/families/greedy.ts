import type { Tensor } from '@huggingface/transformers';
import { AttentionError } from '../../core/errors/reason.ts';
import { idSet, type GenerationConfig, type ModelConfig } from '../config.ts';

/** Tokens that a model may write when it does not say itself how many. */
const usualLength = 128;

/** What a model's own files demand of its writing. */
export interface Rules {
  readonly ends: ReadonlySet<number>;
  readonly never: ReadonlySet<number>;
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

/**
 * The likeliest next token after `written` tokens (the start token included) by the logits of the last one, ties to the lower
 * id. Throws `run-failed` when there are no logits.
 */
export function likeliest(model: string, last: Float32Array | null, rules: Rules, written: number): number {
  if (written === 1 && rules.first !== null) return rules.first;
  let best = -1;
  last?.forEach((logit, id) => {
    if (!rules.never.has(id) && logit > (best < 0 ? -Infinity : (last[best] ?? -Infinity))) best = id;
  });
  if (best < 0) throw new AttentionError({ code: 'run-failed', model, detail: 'its decoder gave no logits to choose a token by' });
  return best;
}

/** `[1, tokens, vocabulary]` → the vocabulary's logits at the last token; null when there are none. */
export function lastRow(logits: Tensor | undefined): Float32Array | null {
  if (!logits) return null;
  const vocabulary = logits.dims.at(-1) ?? 0;
  const { data } = logits.type === 'float32' ? logits : logits.to('float32');
  return data instanceof Float32Array && vocabulary > 0 ? data.subarray(data.length - vocabulary) : null;
}
