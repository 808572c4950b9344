import * as v from 'valibot';
import type { Prediction } from '../core/prediction/prediction.ts';
import type { Sampling } from '../core/prediction/sample.ts';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const whole = (least: number, most: number) =>
  v.pipe(
    v.number(),
    v.check(
      (number) => Number.isSafeInteger(number) && number >= least && number <= most,
      `a whole number from ${least} to ${most} is expected`,
    ),
  );
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const candidate = v.object({ id: index, text: v.string(), probability });
const label = v.object({ name: v.string(), probability });
const step = v.object({ candidates: v.array(candidate), followed: v.nullable(v.object({ probability, rank: index })) });
const answer = v.object({ first: index, last: index, start: index, end: index, probability });

/** The schema of a {@link Prediction}. */
export const predictionSchema: v.GenericSchema<unknown, Prediction> = v.variant('kind', [
  v.object({
    kind: v.literal('masked'),
    sequence: index,
    places: v.array(v.object({ token: index, candidates: v.array(candidate) })),
  }),
  v.object({
    kind: v.literal('next'),
    sequence: index,
    ahead: v.picklist([0, 1]),
    vocabulary: v.exactOptional(index),
    steps: v.array(step),
  }),
  v.object({ kind: v.literal('span'), sequence: index, answers: v.array(answer), none: probability }),
  v.object({ kind: v.literal('label'), exclusive: v.boolean(), labels: v.array(label) }),
  v.object({ kind: v.literal('score'), name: v.string(), value: v.number() }),
  v.object({ kind: v.literal('tags'), sequence: index, tags: v.array(label) }),
]);

/**
 * The schema of {@link Sampling}: seeds are whole numbers, a probability of 0 or a temperature of 0 would leave nothing
 * to draw.
 */
export const samplingSchema: v.GenericSchema<unknown, Sampling> = v.object({
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  temperature: v.exactOptional(
    v.pipe(
      v.number(),
      v.check((number) => number > 0 && Number.isFinite(number), 'a number above 0 is expected'),
    ),
  ),
  topK: v.exactOptional(whole(1, Number.MAX_SAFE_INTEGER)),
  topP: v.exactOptional(
    v.pipe(
      v.number(),
      v.check((number) => number > 0 && number <= 1, 'a probability above 0, at most 1, is expected'),
    ),
  ),
});

/** How a model is to write on: the most tokens, and how they are drawn (without it, always the likeliest). */
export const continuationSchema = v.object({
  tokens: whole(1, 4096),
  sampling: v.optional(samplingSchema),
});

/** A conversation: at least one message. */
export const chatSchema = v.pipe(
  v.array(v.object({ role: v.pipe(v.string(), v.nonEmpty()), content: v.string() })),
  v.minLength(1),
);
