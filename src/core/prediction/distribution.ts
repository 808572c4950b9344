import * as v from 'valibot';
import { indexSchema, shareSchema, type Data } from '../schema.ts';
import { candidateSchema } from './prediction.ts';
import { readRow } from './row.ts';
import { drawable, type Drawing } from './sample.ts';

const drawnEntries = {
  ...candidateSchema.entries,
  /** The probability with which it is drawn: 0 where temperature, top-k, top-p or a rule of the model leave it out. */
  drawn: shareSchema,
};

/** What may come at one place of a text, and how likely each token is drawn there. */
export type Distribution = Data<typeof distributionSchema>;

/** A token of a {@link Distribution}. */
export type DrawnCandidate = Distribution['candidates'][number];

/** The schema of a {@link Distribution}. */
export const distributionSchema = v.object({
  /** The likeliest by the model itself, likeliest first. */
  candidates: v.array(v.object(drawnEntries)),
  /** The token that the text has there, with the number of likelier ones; null at the end of the text. */
  followed: v.nullable(v.object({ ...drawnEntries, rank: indexSchema })),
  /** How many tokens can be drawn. */
  kept: indexSchema,
  vocabulary: indexSchema,
});

/** A token of a row, without its text. */
export interface DrawnToken {
  readonly id: number;
  readonly probability: number;
  readonly drawn: number;
}

/** A {@link Distribution} before its tokens have texts. */
export interface DrawnRow {
  readonly top: readonly DrawnToken[];
  readonly followed: (DrawnToken & { readonly rank: number }) | null;
  readonly kept: number;
  readonly vocabulary: number;
}

/**
 * The `count` likeliest tokens of one row of logits, `[vocabulary]`, with their softmax and the probability with which
 * {@link sampled} draws them from `allowed`, the same row as the rules of the model leave it. Null when the row holds no
 * probabilities.
 */
export function drawnRow(
  row: Float32Array,
  allowed: Float32Array,
  drawing: Drawing,
  count: number,
  followed: number | null = null,
): DrawnRow | null {
  const read = readRow(row, count, followed);
  if (!read) return null;
  const found = drawable(allowed, drawing);
  const sum = found?.powers.reduce((total, power) => total + power, 0) ?? 0;
  const wanted = new Set([...read.top.map(({ id }) => id), ...(followed === null ? [] : [followed])]);
  const shares = new Map<number, number>();
  let kept = 0;
  found?.powers.forEach((power, at) => {
    const id = found.ids[at] ?? -1;
    if (power > 0) kept++;
    if (wanted.has(id)) shares.set(id, Math.min(1, power / sum));
  });
  const drawn = (id: number): number => shares.get(id) ?? 0;
  return {
    top: read.top.map((likely) => ({ ...likely, drawn: drawn(likely.id) })),
    followed: followed === null || !read.followed ? null : { ...read.followed, id: followed, drawn: drawn(followed) },
    kept,
    vocabulary: read.vocabulary,
  };
}
