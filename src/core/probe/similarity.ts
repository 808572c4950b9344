import * as v from 'valibot';
import { itemAt } from '../item-at.ts';
import { finiteSchema, indexSchema, shareSchema, type Data } from '../schema.ts';

/**
 * How different the heads of a model are from each other on the probe sentences, counted layer by layer.
 *
 * The distance of two heads is √(mean over the rows of their Jensen–Shannon divergence in bits): from 0, always
 * the same weights, to 1, never a key in common. Clark et al. 2019 ("What does BERT look at?", section 6) compare
 * heads by the divergence; its root is a metric (Endres & Schindelin 2003), and one that points in space can have.
 */
export type Similarity = Data<typeof similaritySchema>;

/** The schema of a {@link Similarity}. */
export const similaritySchema = v.object({
  /** Sentences in which heads were compared. */
  sentences: indexSchema,
  /** The distances of head 0 to 1, 2, …, then of head 1 to 2, 3, …: `heads · (heads − 1) / 2` of them. */
  distances: v.array(shareSchema),
  /** Every head in the plane in which distances are kept best, `[x, y]` around 0. */
  places: v.array(v.tuple([finiteSchema, finiteSchema])),
  /** The share of the squared distances that the plane shows. */
  shown: shareSchema,
});

/** Where the distance of two of so many heads is; `a` is below `b`. */
export function pairIndex(heads: number, a: number, b: number): number {
  return a * heads - (a * (a + 1)) / 2 + (b - a - 1);
}

/** The distance of two heads; 0 of one from itself. */
export function distanceOf({ distances, places }: Similarity, a: number, b: number): number {
  return a === b ? 0 : itemAt(distances, pairIndex(places.length, Math.min(a, b), Math.max(a, b)));
}

/** A head that is like another one. */
export type SimilarHead = Data<typeof similarHeadSchema>;

const similarHeadSchema = v.object({ layer: indexSchema, head: indexSchema, distance: shareSchema });

/** What is told of one head, where heads were compared. */
export const similarityEntries = {
  /** The heads most like it, nearest first. */
  similar: v.exactOptional(v.array(similarHeadSchema)),
  /** Where it is on the map of all heads. */
  place: v.exactOptional(v.tuple([finiteSchema, finiteSchema])),
  /** How much of the distances that map shows, see {@link Similarity}; the same for every head. */
  plane: v.exactOptional(v.object({ shown: shareSchema, sentences: indexSchema })),
} as const;

/** How much of the distances of all heads their map shows, and in how many sentences they were compared. */
export type Plane = Data<typeof similarityEntries.plane>;

/** So many heads that are most like a head are told. */
const mostSimilar = 10;

/** The heads most like a head of a layer, of `heads` in each, and its place on the map. */
export function similarityOf(
  similarity: Similarity,
  layer: number,
  head: number,
  heads: number,
): { readonly similar: SimilarHead[]; readonly place: [number, number]; readonly plane: Plane } {
  const own = layer * heads + head;
  const [x, y] = itemAt(similarity.places, own);
  const similar = similarity.places
    .map((_, at) => ({
      layer: Math.floor(at / heads),
      head: at % heads,
      distance: distanceOf(similarity, own, at),
      at,
    }))
    .filter(({ at }) => at !== own)
    .sort((a, b) => a.distance - b.distance || a.at - b.at)
    .slice(0, mostSimilar)
    .map(({ at: _, ...one }) => one);
  const { shown, sentences } = similarity;
  return { similar, place: [x, y], plane: { shown, sentences } };
}
