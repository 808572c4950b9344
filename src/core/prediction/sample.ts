import * as v from 'valibot';
import { wholeSchema, type Data } from '../schema.ts';
import { words } from '../words/words.ts';

/** The top-k that leaves every token, whatever the model's own files say. */
export const noTopK = Number.MAX_SAFE_INTEGER;

/** How a token is drawn; what is left out is as the model's own files have it. */
export type Sampling = Data<typeof samplingSchema>;

/**
 * The schema of {@link Sampling}: seeds are whole numbers, a probability of 0 or a temperature of 0 would leave nothing
 * to draw.
 */
export const samplingSchema = v.object({
  /** The same seed draws the same tokens. */
  seed: wholeSchema(0, Number.MAX_SAFE_INTEGER),
  /** Logits are divided by it: below 1 the likely become likelier. 1 where nobody says anything. */
  temperature: v.exactOptional(
    v.pipe(
      v.number(),
      v.check(
        (number) => number > 0 && Number.isFinite(number),
        () => words().details.values.positive,
      ),
    ),
  ),
  /** Only so many of the likeliest tokens are drawn from. */
  topK: v.exactOptional(wholeSchema(1, Number.MAX_SAFE_INTEGER)),
  /**
   * Only the likeliest tokens that together reach this probability are drawn from (Holtzman et al. 2020, nucleus
   * sampling).
   */
  topP: v.exactOptional(
    v.pipe(
      v.number(),
      v.check(
        (number) => number > 0 && number <= 1,
        () => words().details.values.probability,
      ),
    ),
  ),
});

/** How tokens are drawn, whatever the random numbers are. */
export type Drawing = Data<typeof drawingSchema>;

/** The schema of {@link Drawing}. */
export const drawingSchema = v.omit(samplingSchema, ['seed']);

/** The tokens that can be drawn, and e^(logit / temperature) of each over that of the likeliest. */
interface Drawable {
  readonly ids: Uint32Array;
  readonly powers: Float64Array;
}

/**
 * The tokens that can be drawn from one row of logits, `[vocabulary]`: temperature first, then top-k, then top-p, as the
 * field's libraries do. The probability of each is its power over the sum of all. Null when there is nothing to draw from.
 */
export function drawable(logits: Float32Array, { temperature = 1, topK, topP }: Drawing): Drawable | null {
  const allowed = Uint32Array.from(logits.keys()).filter((id) => (logits[id] ?? NaN) > -Infinity);
  if (allowed.length === 0) return null;
  const ordered =
    topK === undefined && topP === undefined
      ? allowed
      : allowed.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  const kept = ordered.subarray(0, topK ?? ordered.length);
  const max = kept.reduce((best, id) => Math.max(best, logits[id] ?? -Infinity), -Infinity);
  const powers = nucleusOf(
    Float64Array.from(kept, (id) => Math.exp(((logits[id] ?? 0) - max) / temperature)),
    topP,
  );
  return { ids: kept.subarray(0, powers.length), powers };
}

/**
 * Draws a token id from one row of logits as {@link drawable} leaves it. `random` gives numbers from 0 to 1, of which one
 * is taken. Null when there is nothing to draw from.
 */
export function sampled(logits: Float32Array, drawing: Drawing, random: () => number): number | null {
  const found = drawable(logits, drawing);
  if (!found) return null;
  const { ids, powers } = found;
  let left = random() * powers.reduce((sum, power) => sum + power, 0);
  for (const [at, power] of powers.entries()) {
    left -= power;
    if (left < 0) return ids[at] ?? null;
  }
  return ids.at(-1) ?? null;
}

/**
 * The shortest beginning that reaches the share `topP` of the whole; `powers` are in falling order when it is given.
 */
function nucleusOf(powers: Float64Array, topP: number | undefined): Float64Array {
  if (topP === undefined) return powers;
  const enough = topP * powers.reduce((sum, power) => sum + power, 0);
  let sum = 0;
  const last = powers.findIndex((power) => (sum += power) >= enough);
  return powers.subarray(0, last < 0 ? powers.length : last + 1);
}
