import * as v from 'valibot';
import { maxEntropy } from '../measures/entropy.ts';
import { measured, measureEntries } from '../measures/head-measures.ts';
import { headEffectSchema, partEffect, type Effects } from '../prediction/effects.ts';
import { evidenceSchema, type ProbeResult } from '../probe/evidence.ts';
import { similarityOf, similarityEntries } from '../probe/similarity.ts';
import { indexSchema, type Data } from '../schema.ts';
import type { Sequence, Token } from '../text/token.ts';
import { headOf, type AttentionMap, type MapKind } from './map.ts';
import { fullMask } from './mask.ts';
import { ContentLinks, contentLinkSchema } from './content-links.ts';
import { broadThreshold, patternNames, patternsOf, patternThreshold, type Pattern } from './patterns.ts';
import { headRelationSchema, type HeadRelation } from './relations.ts';
import { sightOf, type Sight } from './sight.ts';
import { sinkOf, sinkSchema } from './sinks.ts';

/** What a head can be seen to do on a text, in the order in which ties are decided. */
export const roleNames = [...patternNames, 'broad'] as const;
export type RoleName = (typeof roleNames)[number];

/** A role and how far the head fills it, from 0 to 1. */
export type Role = Data<typeof roleSchema>;

const roleSchema = v.object({ name: v.picklist(roleNames), score: v.number() });

/** One head in a list of heads. `role` is null when the head does nothing that has a name here. */
export type HeadSummary = Data<typeof headSummarySchema>;

/** The schema of a {@link HeadSummary}. */
export const headSummarySchema = v.object({
  layer: indexSchema,
  head: indexSchema,
  ...measureEntries,
  /** What the entropy cannot exceed on this text. */
  maxEntropy: v.number(),
  role: v.nullable(roleSchema),
  /** What the model itself says of the head, where it does; it is not of this text. */
  relation: v.exactOptional(headRelationSchema),
  /** What it was measured to do on sentences with known answers, best first; absent where it was not measured. */
  measured: v.exactOptional(v.array(evidenceSchema)),
  /** Set where what the heads of its layer hand over could not be read: a no-op is then not measured. */
  unread: v.exactOptional(v.literal(true)),
  ...similarityEntries,
  /** Its strongest link between two content words of this text, where there is any. */
  link: v.exactOptional(contentLinkSchema),
  /** What a prediction becomes without it, where that was asked for. */
  ablated: v.exactOptional(headEffectSchema),
  /** The same of the feed-forward part of its layer: it is told with every head of the layer. */
  feedForward: v.exactOptional(headEffectSchema),
  /** Where it rests on this text, where half of its attention or more goes there. */
  sink: v.exactOptional(sinkSchema),
});

/** Fewer rows than this say nothing about a pattern. */
const minRows = 2;
/** Where fewer rows see what a head could rest on, of those that would without a window, no head is named after it. */
const seenShare = 0.5;

/**
 * Every head of a map, layer by layer, with statistics and role on this text, with what the model says of it, and with
 * what was measured of the model and of its predictions.
 */
export function summariseHeads(
  map: AttentionMap,
  sequences: readonly Sequence[],
  relations: readonly HeadRelation[] = [],
  probe: ProbeResult | null = null,
  effects: Effects | null = null,
): HeadSummary[][] {
  const [layers, heads] = map.shape;
  const queries = sequences[map.queries]?.tokens ?? [];
  const keys = sequences[map.keys]?.tokens ?? [];
  const special = keys.map((key) => key.special);
  const links = new ContentLinks(map, sequences);
  const similarity = probe?.map === map.name ? probe.similarity : null;
  const firstQuery = map.kind === 'causal' ? 1 : 0;
  return Array.from({ length: layers }, (_, layer) => {
    const sight = sightOf(map, layer);
    const patterns = shownPatterns(sight, queries, keys);
    const free = links.queriesOf(sight);
    const feedForward = effects && partEffect(effects, map.name, { layer, head: null });
    const most = maxEntropy({ ...sight, queries: map.shape[2], keys: map.shape[3] });
    return Array.from({ length: heads }, (_, head) => {
      const relation = relations.find((one) => one.layer === layer && one.head === head);
      const measured = probe?.map === map.name ? probe.heads[layer]?.[head] : undefined;
      const weights = headOf(map, layer, head);
      const link = links.strongest(weights, free, relation);
      const sink = sinkOf(weights, special, firstQuery);
      const ablated = effects && partEffect(effects, map.name, { layer, head });
      return {
        layer,
        head,
        ...summarise(sight, weights, most, patterns, special),
        ...(relation ? { relation } : {}),
        ...(measured ? { measured } : {}),
        ...(measured && probe?.unread.includes(layer) ? { unread: true as const } : {}),
        ...(similarity ? similarityOf(similarity, layer, head, heads) : {}),
        ...(link ? { link } : {}),
        ...(sink ? { sink } : {}),
        ...(ablated ? { effect: ablated.effect.kl, ablated } : {}),
        ...(feedForward ? { feedForward } : {}),
      };
    });
  });
}

/** The patterns of a layer, but for tokens that heads rest on where a window or a chunk hides these from most rows. */
function shownPatterns(
  sight: Sight,
  queries: readonly Token[],
  keys: readonly Token[],
): ReadonlyMap<RoleName, Pattern> {
  const patterns = patternsOf(sight, queries, keys);
  if (sight.mask.kind === 'full' && !sight.local) return patterns;
  const unmasked = patternsOf({ ...sight, mask: fullMask, local: undefined }, queries, keys);
  const rowsOf = (pattern: Pattern | undefined): number =>
    queries.filter((_, query) => keys.some((_, key) => pattern?.(query, key))).length;
  return new Map(
    [...patterns].filter(
      ([name, pattern]) =>
        (name !== 'first' && name !== 'separator') || rowsOf(pattern) >= seenShare * rowsOf(unmasked.get(name)),
    ),
  );
}

function summarise(
  sight: Sight,
  weights: Float32Array,
  most: number,
  patterns: ReadonlyMap<RoleName, Pattern>,
  special: readonly boolean[],
): Omit<HeadSummary, 'layer' | 'head'> {
  const [, , queries, keys] = sight.shape;
  const measures = { ...measured({ ...sight, weights, queries, keys, special }), maxEntropy: most };
  return { ...measures, role: roleOf(weights, queries, keys, sight.kind, measures, patterns) };
}

function roleOf(
  weights: Float32Array,
  queries: number,
  keys: number,
  kind: MapKind,
  measures: Pick<HeadSummary, 'entropy' | 'maxEntropy'>,
  patterns: ReadonlyMap<RoleName, Pattern>,
): Role | null {
  let best: Role | null = null;
  for (const [name, pattern] of patterns) {
    const score = patternScore(weights, queries, keys, kind, pattern);
    if (score >= patternThreshold && score > (best?.score ?? 0)) best = { name, score };
  }
  if (best) return best;
  const breadth = measures.maxEntropy > 0 ? measures.entropy / measures.maxEntropy : 0;
  return breadth >= broadThreshold ? { name: 'broad', score: Math.min(1, breadth) } : null;
}

/**
 * The share of attention that lies on a pattern: Σ (A ∘ P) / Σ A over the rows where P has a one. The first row of
 * a causal map is left out, since it can look nowhere but at itself.
 */
export function patternScore(
  weights: Float32Array,
  queries: number,
  keys: number,
  kind: MapKind,
  pattern: Pattern,
): number {
  let on = 0;
  let all = 0;
  let rows = 0;
  for (let query = kind === 'causal' ? 1 : 0; query < queries; query++) {
    let rowOn = 0;
    let rowAll = 0;
    let applies = false;
    for (let key = 0; key < keys; key++) {
      const weight = weights[query * keys + key] ?? 0;
      rowAll += weight;
      if (!pattern(query, key)) continue;
      applies = true;
      rowOn += weight;
    }
    if (!applies) continue;
    rows++;
    on += rowOn;
    all += rowAll;
  }
  return rows >= minRows && all > 0 ? on / all : 0;
}
