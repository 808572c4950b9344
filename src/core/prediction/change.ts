import * as v from 'valibot';
import { itemAt } from '../item-at.ts';
import { finiteSchema, indexSchema, shareSchema, type Data } from '../schema.ts';
import { candidateSchema, labelSchema } from './prediction.ts';

/** Candidates that are told of a prediction before and after. */
export const candidatesCompared = 5;

/**
 * What the edits of a run did to what its model predicts at one place, beside the same run without them (or with its
 * replaced tokens alone, where the text as it stands predicts nothing and there are other edits): `kl` is the
 * Kullback–Leibler divergence KL(before ‖ after) in nats over the whole vocabulary (or all labels), `before` and
 * `after` the likeliest, `moved` all of these with both probabilities, the likeliest after the edits first. `written`
 * is what the model wrote by itself in each of the two runs, where it wrote anything.
 *
 * `masked`: the first mask of the text, `token` its index. `next`: the token after what was given, `token` its index,
 * whether or not the text has it: the two runs are the same before it. `label`: the text.
 */
export type Change = Data<typeof changeSchema>;

const places = { sequence: indexSchema, token: indexSchema };
const written = v.exactOptional(v.object({ before: v.string(), after: v.string() }));
const movedEntries = { before: shareSchema, after: shareSchema };
const movedTokenSchema = v.object({
  id: indexSchema,
  text: v.string(),
  ...movedEntries,
  /** How many tokens were likelier, before and after. */
  ranks: v.tuple([indexSchema, indexSchema]),
});
const candidates = {
  kl: finiteSchema,
  before: v.array(candidateSchema),
  after: v.array(candidateSchema),
  moved: v.array(movedTokenSchema),
  written,
};

/** A token that is among the likeliest of one of two runs, with its probabilities in both. */
export type MovedToken = Data<typeof movedTokenSchema>;

/** The schema of a {@link Change}. */
export const changeSchema = v.variant('kind', [
  v.object({ kind: v.literal('masked'), ...places, ...candidates }),
  v.object({ kind: v.literal('next'), ...places, ...candidates }),
  v.object({
    kind: v.literal('label'),
    kl: finiteSchema,
    before: v.array(labelSchema),
    after: v.array(labelSchema),
    written,
  }),
]);

/**
 * KL(p ‖ q) = Σ p (ln p − ln q) in nats between the softmaxes of two rows of logits of one length; infinite where
 * q is 0 and p is not. What p leaves out counts nothing.
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

/** Tokens with their probabilities and ranks by two rows of logits of one length, the likeliest of the second first. */
export function movedTokens(
  tokens: readonly { readonly id: number; readonly text: string }[],
  before: Float32Array,
  after: Float32Array,
): MovedToken[] {
  const sums = [logSum(before), logSum(after)] as const;
  return [...new Map(tokens.map(({ id, text }) => [id, text]))]
    .map(([id, text]): MovedToken => {
      const logits = [itemAt(before, id), itemAt(after, id)] as const;
      return {
        id,
        text,
        // Rounding of the sum makes it a little more than 1.
        before: Math.min(1, Math.exp(logits[0] - sums[0])),
        after: Math.min(1, Math.exp(logits[1] - sums[1])),
        ranks: [rankIn(before, logits[0]), rankIn(after, logits[1])],
      };
    })
    .sort((a, b) => b.after - a.after || a.id - b.id);
}

/** How many logits are larger. */
function rankIn(logits: Float32Array, own: number): number {
  return logits.reduce((larger, logit) => larger + (logit > own ? 1 : 0), 0);
}

/** ln Σ e^x, without overflow. */
function logSum(logits: Float32Array): number {
  const max = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  return max + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - max), 0));
}
