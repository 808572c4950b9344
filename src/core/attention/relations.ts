import * as v from 'valibot';
import { indexSchema, shareSchema, type Data } from '../schema.ts';

/** Which word a head finds for a word: the linguistic relations that a model can say of its heads. */
export const relationNames = ['subject', 'object', 'modifier', 'preposition', 'antecedent'] as const;
export type RelationName = (typeof relationNames)[number];

/** Kinds of links that relations are measured on; a relation can be measured on several. */
export const linkKinds = [
  'subject',
  'object',
  'complement',
  'determiner',
  'adjective',
  'preposition',
  'antecedent',
] as const;
export type LinkKind = (typeof linkKinds)[number];

/**
 * A share of words, from 0 to 1, beside the share that the best fixed offset (always so many words away) finds of the
 * same words.
 */
const foundEntries = { words: indexSchema, share: shareSchema, offsetShare: shareSchema };

/** How often the strongest word from a word is the one that it is linked to, on held-out text. */
export type RelationScore = Data<typeof relationScoreSchema>;

const relationScoreSchema = v.object({
  kind: v.picklist(linkKinds),
  ...foundEntries,
  /** The same for words that are not neighbours of theirs, which is what tells a relation from a position. */
  apart: v.exactOptional(v.object(foundEntries)),
});

/** What a model says of one of its heads: the relation that it was taught or found to know, with the evidence. */
export type HeadRelation = Data<typeof headRelationSchema>;

/** The schema of a {@link HeadRelation}, in messages and in a model's `config.json`. */
export const headRelationSchema = v.object({
  layer: indexSchema,
  head: indexSchema,
  relation: v.picklist(relationNames),
  /** Whether a loss of its own taught the head, or the relation emerged from the model's training. */
  origin: v.picklist(['taught', 'emerged']),
  scores: v.pipe(v.array(relationScoreSchema), v.maxLength(linkKinds.length)),
});
