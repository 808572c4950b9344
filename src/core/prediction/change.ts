import * as v from 'valibot';
import { finiteSchema, indexSchema, type Data } from '../schema.ts';
import { candidateSchema, labelSchema } from './prediction.ts';

/** Candidates that are told of a prediction before and after. */
export const candidatesCompared = 5;

/**
 * What the edits of a run did to what its model predicts at one place, beside the same run without them: `kl` is the
 * Kullback–Leibler divergence KL(before ‖ after) in nats over the whole vocabulary (or all labels), `before` and
 * `after` the likeliest.
 *
 * `masked`: the first mask of the text, `token` its index. `next`: the token after what was given, `token` its index,
 * whether or not the text has it: the two runs are the same before it. `label`: the text.
 */
export type Change = Data<typeof changeSchema>;

const places = { sequence: indexSchema, token: indexSchema };
const candidates = { kl: finiteSchema, before: v.array(candidateSchema), after: v.array(candidateSchema) };

/** The schema of a {@link Change}. */
export const changeSchema = v.variant('kind', [
  v.object({ kind: v.literal('masked'), ...places, ...candidates }),
  v.object({ kind: v.literal('next'), ...places, ...candidates }),
  v.object({ kind: v.literal('label'), kl: finiteSchema, before: v.array(labelSchema), after: v.array(labelSchema) }),
]);

/**
 * KL(p ‖ q) = Σ p (ln p − ln q) in nats between the softmaxes of two rows of logits of one length; infinite where q is
 * 0 and p is not. What p leaves out counts nothing.
 */
export function divergence(p: Float32Array, q: Float32Array): number {
  const [first, second] = [logSum(p), logSum(q)];
  let sum = 0;
  for (const [at, logit] of p.entries()) {
    const log = logit - first;
    if (log > -Infinity) sum += Math.exp(log) * (log - ((q[at] ?? -Infinity) - second));
  }
  // Rounding makes it a little less than nothing.
  return Math.max(0, sum);
}

/** ln Σ e^x, without overflow. */
function logSum(logits: Float32Array): number {
  const max = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  return max + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - max), 0));
}
