import * as v from 'valibot';
import { positiveSchema, shareSchema, wholeSchema, type Data } from '../schema.ts';
import { noTopK, type Drawing, type Sampling } from './sample.ts';

/** The most tokens that are written at once. */
export const maxWritten = 200;

/** How the panel has tokens drawn, and how many at once. */
export type SamplingSettings = Data<typeof samplingSettingsSchema>;

/** The schema of {@link SamplingSettings}. */
export const samplingSettingsSchema = v.object({
  temperature: v.pipe(positiveSchema, v.maxValue(100)),
  /** Null for all tokens. */
  topK: v.nullable(wholeSchema(1, Number.MAX_SAFE_INTEGER)),
  topP: v.nullable(v.pipe(shareSchema, v.gtValue(0))),
  /** The seed of the random numbers; null takes the most probable token each time. */
  seed: v.nullable(wholeSchema(0, 999_999_999)),
  tokens: wholeSchema(1, maxWritten),
});

/** The model's own probabilities, and always the most probable token. */
export const plainSampling: SamplingSettings = { temperature: 1, topK: null, topP: null, seed: null, tokens: 5 };

/** What the settings make of probabilities. */
export function drawingOf({ temperature, topK, topP }: SamplingSettings): Drawing {
  return { temperature, ...(topK === null ? {} : { topK }), ...(topP === null ? {} : { topP }) };
}

/** Whether the settings leave probabilities as they are. */
export function isPlainDrawing({ temperature, topK, topP }: SamplingSettings): boolean {
  return temperature === 1 && topK === null && (topP === null || topP === 1);
}

/** How a run draws under the settings, whatever the model's own files say; undefined for always the likeliest. */
export function samplingOf({ temperature, topK, topP, seed }: SamplingSettings): Sampling | undefined {
  return seed === null ? undefined : { seed, temperature, topK: topK ?? noTopK, topP: topP ?? 1 };
}

/** Whether two settings are the same. */
export function sameSampling(a: SamplingSettings, b: SamplingSettings): boolean {
  return samplingText(a) === samplingText(b);
}

/** The settings in a link: `0.8_40_0.95_7_5`, `n` for none. */
export function samplingText({ temperature, topK, topP, seed, tokens }: SamplingSettings): string {
  return [temperature, topK, topP, seed, tokens].map((value) => value ?? 'n').join('_');
}

/** Settings as {@link samplingText} writes them; what cannot be read is no number, and no schema takes it. */
export function readSampling(text: string): unknown {
  const [temperature, topK, topP, seed, tokens] = text
    .split('_')
    .map((part) => (part === 'n' ? null : /^\d{1,9}(?:\.\d{1,20})?$/u.test(part) ? Number(part) : NaN));
  return { temperature, topK, topP, seed, tokens };
}
