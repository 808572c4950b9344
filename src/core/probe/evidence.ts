import * as v from 'valibot';
import { layersSchema } from '../attention/layers.ts';
import { mapNames } from '../attention/map.ts';
import { finiteSchema, indexSchema, shareSchema, type Data } from '../schema.ts';
import { grammarRoles, patternRoles } from './roles.ts';
import { similaritySchema } from './similarity.ts';

const sharedRoles = patternRoles.filter((name) => name !== 'no-op');

/**
 * How many words of a kind a head found the partner of: `score` is the share of `cases`, `baseline` what the best fixed
 * offset finds of the same cases (always so many words, or nouns, away), `chance` what a head with equal weights
 * finds.
 */
export type Found = Data<typeof foundSchema>;

const foundSchema = v.object({
  cases: indexSchema,
  score: shareSchema,
  baseline: shareSchema,
  offset: v.object({ by: v.pipe(v.number(), v.integer()), of: v.picklist(['words', 'nouns']) }),
  chance: shareSchema,
});

/**
 * A token or word of a probe text and what a head looks at from there, as UTF-16 code units of `text`, or of `pair`
 * where that is the second text of a pair. A token without characters is named by `token`.
 */
export type ProbeExample = Data<typeof exampleSchema>;

/** One of both. */
export type ExampleSpan = ProbeExample['query'];

const spanSchema = v.object({
  start: indexSchema,
  end: indexSchema,
  inPair: v.exactOptional(v.literal(true)),
  token: v.exactOptional(v.string()),
});

/** The schema of a {@link ProbeExample}. */
export const exampleSchema = v.object({
  text: v.string(),
  pair: v.exactOptional(v.string()),
  query: spanSchema,
  key: spanSchema,
  weight: finiteSchema,
});

/** A role that a head was measured to have, with the numbers that it rests on. */
export type Evidence = Data<typeof evidenceSchema>;

/** That of a role of grammar. */
export type GrammarEvidence = Extract<Evidence, { readonly kind: 'grammar' }>;

/** That of a pattern. */
export type PatternEvidence = Extract<Evidence, { readonly kind: 'pattern' }>;

/** That of a head which rests and moves little. */
export type NoOpEvidence = Extract<Evidence, { readonly kind: 'no-op' }>;

/** The schema of an {@link Evidence}. */
export const evidenceSchema = v.variant('kind', [
  v.object({
    kind: v.literal('grammar'),
    name: v.picklist(grammarRoles),
    ...foundSchema.entries,
    /** The same for words that are not neighbours of their partner, which is what tells grammar from position. */
    notNeighbours: foundSchema,
    examples: v.array(exampleSchema),
  }),
  v.object({
    kind: v.literal('pattern'),
    name: v.picklist(sharedRoles),
    /** Of a fixed distance, how many tokens. */
    n: v.exactOptional(indexSchema),
    /** The share of attention that follows the pattern; of `broad`, the entropy as a share of the maximum. */
    score: shareSchema,
    /** The same of a head with equal weights; null for `broad`, which is what such a head is. */
    baseline: v.nullable(shareSchema),
    /** Rows in which the pattern can be followed. */
    cases: indexSchema,
    examples: v.array(exampleSchema),
  }),
  v.object({
    kind: v.literal('no-op'),
    name: v.literal('no-op'),
    /** The share of attention on special tokens, or on the first token where there are none. */
    score: shareSchema,
    /** The same of a head with equal weights. */
    baseline: shareSchema,
    /** Their share of the lengths ‖weight · value · W_O‖ (Kobayashi et al. 2020). */
    normShare: shareSchema,
    /** The mean length of what the head hands over, relative to that of a value of an ordinary token in its layer. */
    length: v.pipe(finiteSchema, v.minValue(0)),
    cases: indexSchema,
    examples: v.array(exampleSchema),
  }),
]);

/** What was asked of every head about one link, and the head that found most, whether or not that is enough. */
export type Asked = Data<typeof askedSchema>;

const askedSchema = v.object({
  name: v.picklist(grammarRoles),
  ...foundSchema.entries,
  notNeighbours: v.nullable(foundSchema),
  layer: indexSchema,
  head: indexSchema,
});

/** What the heads of a model were measured to do, by `HeadProbe`. Layers count those of the map. */
export type ProbeResult = Data<typeof probeResultSchema>;

/** The schema of a {@link ProbeResult}. */
export const probeResultSchema = v.object({
  /** The language of the sentences. */
  language: v.literal('en'),
  sentences: indexSchema,
  map: v.picklist(mapNames),
  /** The kinds of all layers of the model, where not all attend. */
  layers: v.exactOptional(layersSchema),
  /** The roles of every head, `[layer][head]`, the first one best. */
  heads: v.array(v.array(v.array(evidenceSchema))),
  /** Every link that could be asked about, with the best head. */
  asked: v.array(askedSchema),
  /** Layers of which it could not be read how much their heads hand over: no head of theirs is called a no-op. */
  unread: v.array(indexSchema),
  /** How different the heads are from each other; null for a single head, and for more than can be compared. */
  similarity: v.nullable(similaritySchema),
});

/** A grammatical role is given from this far above a baseline on. */
export const grammarMargin = 0.1;
/** Fewer cases than this say nothing. */
export const minCases = 30;
/**
 * The odds of a share on a pattern are so many times those of a head with equal weights where it names a head; those of
 * heads with random weights were up to 5 times.
 */
export const patternOdds = 6;
/** A head that rests hands little over up to this length, relative to a value of an ordinary token. */
export const noOpLength = 1 / 3;

/**
 * The lower end of Wilson's 95 % interval of a share of so many cases (Wilson 1927, "Probable inference, the law of
 * succession, and statistical inference"): a share that few cases show counts for less. 0 without cases.
 */
export function wilsonLower(share: number, cases: number): number {
  if (cases === 0) return 0;
  const z = 1.96;
  const spread = z * Math.sqrt((share * (1 - share)) / cases + z ** 2 / (4 * cases ** 2));
  return (share + z ** 2 / (2 * cases) - spread) / (1 + z ** 2 / cases);
}

/** Whether a share is above both baselines by {@link grammarMargin}, with its lower bound. */
export function beatsBaseline({ cases, score, baseline, chance }: Found): boolean {
  return cases >= minCases && wilsonLower(score, cases) >= Math.max(baseline, chance) + grammarMargin;
}

/** What a head finds of a link to the next noun, and how often it finds the next noun from words of other links. */
export interface BesideNouns extends Pick<Found, 'cases' | 'score'> {
  readonly elsewhere: number;
}

/** Whether the first is above the second by {@link grammarMargin}, with its lower bound. */
export function isSpecific({ cases, score, elsewhere }: BesideNouns): boolean {
  return wilsonLower(score, cases) >= elsewhere + grammarMargin;
}

/** Whether the odds of a share on a pattern are {@link patternOdds} times those of equal weights. */
export function beatsEqualWeights(score: number, baseline: number): boolean {
  return score * (1 - baseline) >= patternOdds * baseline * (1 - score);
}
