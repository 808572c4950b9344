import { AttentionError } from '../../core/errors/reason.ts';
import { randomFrom } from '../../core/prediction/random.ts';
import { obeying, type WritingState } from '../../core/prediction/rules/obey.ts';
import type { WritingRules } from '../../core/prediction/rules/writing-rules.ts';
import { noTopK, sampled, type Sampling } from '../../core/prediction/sample.ts';
import type { ModelFolder } from '../store/models.ts';
import { mergedRules } from '../config/writing-config.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import { words } from '../../core/words/words.ts';

/** Tokens that a model may write when it does not say itself how many. */
const usualLength = 128;

/** What a model's own files demand of its writing. */
export function rulesOf({ config, generation }: Pick<ModelFolder, 'config' | 'generation'>): WritingRules {
  return mergedRules(config, generation);
}

/** The most tokens that a model writes after so many given ones when nobody says otherwise, those included. */
export function lengthOf(rules: WritingRules, given: number): number {
  return rules.maxLength(given) ?? usualLength;
}

/**
 * The texts with all that is known of how tokens are drawn: what was not asked for is as the model's files have it, and
 * limits that leave every token are none.
 */
export function settled(texts: RunTexts, folder: ModelFolder): RunTexts {
  const sampling = texts.continue?.sampling;
  if (!texts.continue || !sampling) return texts;
  const { topK, topP, ...rest } = { ...rulesOf(folder).drawing, ...sampling };
  return {
    ...texts,
    continue: {
      ...texts.continue,
      sampling: {
        ...rest,
        ...(topK === undefined || topK === noTopK ? {} : { topK }),
        ...(topP === undefined || topP === 1 ? {} : { topP }),
      },
    },
  };
}

/** Chooses the next token from its logits, `[vocabulary]`, and the place. Throws `run-failed` when there are none. */
export type Choose = (logits: Float32Array | null, place: WritingState) => number;

/**
 * Always the likeliest token that the rules allow, ties to the lower id; with `sampling` one is drawn. Tokens that were
 * `written` before have taken their random numbers: to write on is to write more at once.
 */
export function chooser(model: string, rules: WritingRules, sampling?: Sampling, written = 0): Choose {
  const random = sampling && randomFrom(sampling.seed);
  for (let taken = 0; random && taken < written; taken++) random();
  return (row, place) => {
    if (!row?.some(Number.isFinite)) {
      throw new AttentionError({
        code: 'run-failed',
        model,
        detail: words().details.run.noLogits,
      });
    }
    const logits = obeying(rules, row, place);
    // Rules that leave no token at all leave the first one, as in transformers.
    return (sampling && random ? sampled(logits, sampling, random) : likeliest(logits)) ?? 0;
  };
}

function likeliest(logits: Float32Array): number | null {
  let best: number | null = null;
  logits.forEach((logit, id) => {
    if (logit > (best === null ? -Infinity : (logits[best] ?? -Infinity))) best = id;
  });
  return best;
}
