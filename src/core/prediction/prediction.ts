import * as v from 'valibot';
import { indexSchema, positiveSchema, shareSchema, type Data } from '../schema.ts';

/** A token that a model could write, and how likely it finds it: its softmax share of all tokens of the vocabulary. */
export type Candidate = Data<typeof candidateSchema>;

/** The schema of a {@link Candidate}. */
export const candidateSchema = v.object({
  id: indexSchema,
  /** What the token would add to the text, its space before it included; a special token by its name. */
  text: v.string(),
  probability: shareSchema,
  /** The probability with which it is drawn, where that was asked for: 0 for what the settings leave out. */
  drawn: v.exactOptional(shareSchema),
});

/** How likely a token was that really stands there. `rank` counts from 0: so many tokens were likelier. */
export type Followed = Data<typeof followedSchema>;

const followedSchema = v.object({ probability: shareSchema, rank: indexSchema, drawn: v.exactOptional(shareSchema) });

/** What a model expects at one place; `followed` is null where nothing stands there. */
export type Step = Data<typeof stepSchema>;

const stepSchema = v.object({
  candidates: v.array(candidateSchema),
  followed: v.nullable(followedSchema),
  /** How many tokens can be drawn, where that was asked for. */
  kept: v.exactOptional(indexSchema),
});

/** A masked language model: what it would put in place of every mask. `token` is an index into the sequence. */
export type MaskedPrediction = Data<typeof maskedSchema>;

const maskedSchema = v.object({
  kind: v.literal('masked'),
  sequence: indexSchema,
  places: v.array(v.object({ token: indexSchema, candidates: v.array(candidateSchema) })),
});

/**
 * A language model or the decoder of an encoder-decoder: one step for every token of the sequence. With `ahead` 1 step
 * `i` tells what comes after token `i`, with 0 (recurrent networks, whose row is the word that it writes) what token
 * `i` itself is.
 */
export type NextPrediction = Data<typeof nextSchema>;

const nextSchema = v.object({
  kind: v.literal('next'),
  sequence: indexSchema,
  ahead: v.picklist([0, 1]),
  /** How many tokens each step chooses from; absent where that is not known. */
  vocabulary: v.exactOptional(indexSchema),
  /** The settings that `drawn` and `kept` of the steps are of. */
  drawing: v.exactOptional(
    v.object({
      temperature: v.exactOptional(positiveSchema),
      topK: v.exactOptional(indexSchema),
      topP: v.exactOptional(shareSchema),
    }),
  ),
  steps: v.array(stepSchema),
});

/**
 * Where an answer stands: tokens `first` to `last`, and their characters in the text that holds them (UTF-16 code
 * units).
 */
export type Answer = Data<typeof answerSchema>;

const answerSchema = v.object({
  first: indexSchema,
  last: indexSchema,
  start: indexSchema,
  end: indexSchema,
  /** The product of the shares that its first token has of all beginnings and its last token of all ends. */
  probability: shareSchema,
});

/**
 * Question answering: the likeliest stretches of the text, best first, and how likely it is that there is no answer in
 * it. `starts` and `ends` tell of every token how likely an answer begins and ends with it: the share that the model
 * gives it among the tokens that could; the first token stands for no answer.
 */
export type SpanPrediction = Data<typeof spanSchema>;

const spanSchema = v.object({
  kind: v.literal('span'),
  sequence: indexSchema,
  answers: v.array(answerSchema),
  none: shareSchema,
  starts: v.array(shareSchema),
  ends: v.array(shareSchema),
});

/** A name and its probability. */
export type Label = Data<typeof labelSchema>;

/** The schema of a {@link Label}. */
export const labelSchema = v.object({ name: v.string(), probability: shareSchema });

/**
 * Sequence classification, likeliest first. `exclusive`: one of them is true (softmax), else each by itself (sigmoid).
 */
export type LabelPrediction = Data<typeof labelsSchema>;

const labelsSchema = v.object({ kind: v.literal('label'), exclusive: v.boolean(), labels: v.array(labelSchema) });

/** Regression: one number for the whole text. */
export type ScorePrediction = Data<typeof scoreSchema>;

const scoreSchema = v.object({ kind: v.literal('score'), name: v.string(), value: v.number() });

/** Token classification: the likeliest label of every token of the sequence. */
export type TagPrediction = Data<typeof tagsSchema>;

const tagsSchema = v.object({ kind: v.literal('tags'), sequence: indexSchema, tags: v.array(labelSchema) });

/** What a model itself predicts on the run whose attention is shown. */
export type Prediction = Data<typeof predictionSchema>;

/** The schema of a {@link Prediction}. */
export const predictionSchema = v.variant('kind', [
  maskedSchema,
  nextSchema,
  spanSchema,
  labelsSchema,
  scoreSchema,
  tagsSchema,
]);
