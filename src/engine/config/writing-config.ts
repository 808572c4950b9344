import * as v from 'valibot';
import { writingRules, type RuleFields, type WritingRules } from '../../core/prediction/rules/writing-rules.ts';
import { words } from '../../core/words/words.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.finite(), v.minValue(0));
/** Publishers write -1 for a token that there is not: such a rule asks nothing. */
const anyId = v.pipe(v.number(), v.integer());
/** One id, which some publishers put into a list. */
const oneId = v.union(
  [
    count,
    v.pipe(
      v.strictTuple([count]),
      v.transform(([id]) => id),
    ),
  ],
  () => words().details.config.tokenId,
);
const ids = v.union(
  [
    v.pipe(
      count,
      v.transform((id) => [id]),
    ),
    v.array(count),
  ],
  () => words().details.config.tokenIds,
);
const anyIds = v.union(
  [
    v.pipe(
      anyId,
      v.transform((id) => [id]),
    ),
    v.array(anyId),
  ],
  () => words().details.config.tokenIds,
);

/** The writing rules in `generation_config.json`, `config.json` or a part of it. */
export const ruleEntries = {
  decoder_start_token_id: v.nullish(oneId),
  bos_token_id: v.nullish(oneId),
  eos_token_id: v.nullish(ids),
  forced_bos_token_id: v.nullish(oneId),
  forced_eos_token_id: v.nullish(ids),
  suppress_tokens: v.nullish(anyIds),
  begin_suppress_tokens: v.nullish(anyIds),
  bad_words_ids: v.nullish(v.array(anyIds)),
  repetition_penalty: v.nullish(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  no_repeat_ngram_size: v.nullish(count),
  min_length: v.nullish(count),
  min_new_tokens: v.nullish(count),
  max_length: v.nullish(count),
  max_new_tokens: v.nullish(count),
  temperature: v.nullish(share),
  top_k: v.nullish(count),
  top_p: v.nullish(share),
} as const;

/** Parts of `config.json` whose rules stand in front of those beside them, the last one first. */
const parts = ['decoder', 'generator', 'text_config'] as const;
const part = v.nullish(v.union([v.looseObject(ruleEntries), v.string(), v.number(), v.boolean()]));
export const rulePartEntries = { decoder: part, generator: part, text_config: part } as const;

type RulePart = RuleFields | string | number | boolean | null | undefined;
type Config = RuleFields & { readonly [name in (typeof parts)[number]]?: RulePart };

/**
 * The rules of `generation_config.json`, and of `config.json` where that has no such field, as transformers.js merges
 * them: a field that is null takes the rule away.
 */
export function mergedRules(config: Config, generation: RuleFields | null): WritingRules {
  const nested = parts.map((name) => config[name]).filter((found) => typeof found === 'object' && found !== null);
  return writingRules(Object.assign({}, config, ...nested, generation) as RuleFields);
}
