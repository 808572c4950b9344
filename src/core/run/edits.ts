import * as v from 'valibot';
import { mapNames } from '../attention/map.ts';
import { finiteSchema, indexSchema, shareSchema, type Data } from '../schema.ts';
import { words } from '../words/words.ts';

/** More edits than this are no experiment; the rows of a pattern are an edit each. */
export const maxEdits = 1024;
/** Weights of a row that is set by hand, and characters of the name of a token. */
const maxRow = 4096;
const maxName = 500;
/** Temperatures between which masks stay masks: a mask of −10,000 still hides a key at 100. */
export const temperatures = { least: 0.01, most: 100 } as const;
/** How far above 1 the weights of a row may sum, for rounding. */
const tolerance = 1e-3;

/** The map that an edit is of; the first map of the run where it is left out. */
const map = v.exactOptional(v.picklist(mapNames));
/** A layer by its number in the model, null for all of the map; and a head of it, null for all. */
const layer = v.nullable(indexSchema);
const heads = { map, layer, head: v.nullable(indexSchema) };

/** What an edit does. */
export type EditKind = (typeof editKinds)[number];
export const editKinds = [
  'off',
  'scale',
  'ffn-off',
  'block',
  'bias',
  'temperature',
  'zero',
  'replace',
  'pattern',
] as const;

/**
 * A change of a run, in the order of the computation.
 *
 * - `replace`: another token of the vocabulary (its name, or characters that are one token) in place of token `token`
 *   of the source, or of the target of an encoder-decoder.
 * - `temperature`: the scores of heads divided by a number, before the softmax.
 * - `bias`: a number added to the score of a query and a key, `block`: that key hidden from that query; the rest of the
 *   row is renormalised by the softmax.
 * - `zero`: the values of token `key` are received by no query of a map, without renormalising.
 * - `pattern`: the weights of a query in a head, one for each key, set by hand or taken from another run; they need not
 *   sum to 1, but to no more.
 * - `off`, `scale`: what heads hand over multiplied by 0 or by a factor; their weights stay as they are.
 * - `ffn-off`: the feed-forward part of layers adds nothing.
 */
export type Edit = Data<typeof editSchema>;

/** The schema of an {@link Edit}. */
export const editSchema = v.variant('kind', [
  v.object({ kind: v.literal('off'), ...heads }),
  v.object({ kind: v.literal('scale'), ...heads, factor: finiteSchema }),
  v.object({ kind: v.literal('ffn-off'), map, layer }),
  v.object({ kind: v.literal('block'), ...heads, query: indexSchema, key: indexSchema }),
  v.object({ kind: v.literal('bias'), ...heads, query: indexSchema, key: indexSchema, value: finiteSchema }),
  v.object({
    kind: v.literal('temperature'),
    ...heads,
    value: v.pipe(
      v.number(),
      v.check(
        (value) => value >= temperatures.least && value <= temperatures.most,
        () => words().edits.temperature(temperatures.least, temperatures.most),
      ),
    ),
  }),
  v.object({ kind: v.literal('zero'), map, key: indexSchema }),
  v.object({
    kind: v.literal('replace'),
    side: v.picklist(['source', 'target']),
    token: indexSchema,
    by: v.pipe(v.string(), v.nonEmpty(), v.maxLength(maxName)),
  }),
  v.object({
    kind: v.literal('pattern'),
    map,
    layer: indexSchema,
    head: indexSchema,
    query: indexSchema,
    weights: v.pipe(
      v.array(shareSchema),
      v.minLength(1),
      v.maxLength(maxRow),
      v.check(
        (weights) => weights.reduce((sum, weight) => sum + weight, 0) <= 1 + tolerance,
        () => words().edits.row,
      ),
    ),
  }),
]);

/** The schema of the edits of a run, in the order in which they are made. */
export const editsSchema = v.pipe(
  v.array(editSchema),
  v.maxLength(maxEdits, () => words().edits.many(maxEdits)),
);

/** An edit of one kind. */
export type EditOf<K extends EditKind> = Extract<Edit, { readonly kind: K }>;
