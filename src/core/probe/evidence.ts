import * as v from 'valibot';
import { layersSchema } from '../attention/layers.ts';
import { mapNames } from '../attention/map.ts';
import { finiteSchema, indexSchema, shareSchema, type Data } from '../schema.ts';
import { grammarRoles, patternRoles } from './roles.ts';

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

/** A word of a probe sentence and the partner that a head found, as UTF-16 code units of `text`. */
export type ProbeExample = Data<typeof exampleSchema>;

const span = v.object({ start: indexSchema, end: indexSchema });
const exampleSchema = v.object({ text: v.string(), query: span, key: span, weight: finiteSchema });

/** A role that a head was measured to have, with the numbers that it rests on. */
export type Evidence = Data<typeof evidenceSchema>;

/** That of a role of grammar. */
export type GrammarEvidence = Extract<Evidence, { readonly kind: 'grammar' }>;

/** That of a pattern. */
export type PatternEvidence = Extract<Evidence, { readonly kind: 'pattern' }>;

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
    name: v.picklist(patternRoles),
    /** The share of attention that follows the pattern; of `broad`, the entropy as a share of the maximum. */
    score: shareSchema,
    /** The same of a head with equal weights; null for `broad`, which is what such a head is. */
    baseline: v.nullable(shareSchema),
    /** Rows in which the pattern can be followed. */
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
});

/** A grammatical role is given from this far above a baseline on. */
export const grammarMargin = 0.1;
/** Fewer cases than this say nothing. */
export const minCases = 30;
/** A pattern names a head from this share of its attention on, and so far above a head with equal weights. */
export const patternMargin = 0.1;

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
