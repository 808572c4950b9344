import * as v from 'valibot';
import { indexSchema, type Data } from '../schema.ts';
import type { AnalysisInfo } from './analysis.ts';
import { contentLinkSchema } from './content-links.ts';
import type { MapInfo } from './map.ts';
import { relationOfRole } from '../probe/roles.ts';
import { relationNames, type RelationName } from './relations.ts';
import type { HeadSummary, RoleName } from './roles.ts';
import { firstSelection, soloHead, type Selection } from './selection.ts';

/** The head that a fresh analysis opens with, the link for which it was chosen, and the relation it is known for. */
export type Opening = Data<typeof openingSchema>;

/** The schema of an {@link Opening}. */
export const openingSchema = v.object({
  map: indexSchema,
  layer: indexSchema,
  head: indexSchema,
  ...contentLinkSchema.entries,
  relation: v.exactOptional(v.picklist(relationNames)),
});

/** A link stands out when more than half of what the word has to give goes there. */
export const openingThreshold = 0.5;

/** Roles by which a fixed offset explains the link, whatever the head is known for. */
const offsets: ReadonlySet<RoleName> = new Set(['previous', 'next']);

/**
 * The head with the strongest link between two content words of the text, where one of more than
 * {@link openingThreshold} stands out; null where none does. `summaries` are those of the map `map`.
 *
 * Heads that are known for a relation, by measurement or by the model's word, come before all others, unless they look
 * at a fixed offset on this text: words without a partner rest on themselves or on special tokens, which then names
 * their role. Of the others only those count that no role names (positions, the first token, special tokens, the same
 * token, broad). Of links that are as strong in two digits the one between words farther apart comes first, then the
 * lower layer and head.
 */
export function openingOf(map: MapInfo, at: number, summaries: readonly (readonly HeadSummary[])[]): Opening | null {
  const isSelf = map.queries === map.keys;
  const candidates = summaries.flat().flatMap((summary) => {
    const { layer, head, link, role } = summary;
    const relation = relationOf(summary);
    if (!link || link.weight <= openingThreshold) return [];
    if (relation ? role !== null && offsets.has(role.name) : role !== null) return [];
    const opening = { map: at, layer, head, ...link, ...(relation ? { relation } : {}) };
    return [{ opening, distance: isSelf ? Math.abs(link.query - link.key) : 0 }];
  });
  const [best] = candidates.sort(
    (a, b) =>
      Number(b.opening.relation !== undefined) - Number(a.opening.relation !== undefined) ||
      hundredths(b.opening) - hundredths(a.opening) ||
      b.distance - a.distance ||
      a.opening.layer - b.opening.layer ||
      a.opening.head - b.opening.head,
  );
  return best?.opening ?? null;
}

/** The relation that a head is known for: as it was measured, or else as the model says. */
function relationOf({ measured, relation }: HeadSummary): RelationName | null {
  if (!measured) return relation?.relation ?? null;
  return measured.map(({ name }) => relationOfRole(name)).find((known) => known !== null) ?? null;
}

function hundredths({ weight }: Opening): number {
  return Math.round(100 * weight);
}

/** The selection of a fresh analysis: the head that stands out alone, else every head. */
export function openingSelection(info: AnalysisInfo, opening: Opening | null): Selection {
  const first = firstSelection(info);
  return opening && opening.map === first.map ? soloHead({ ...first, layer: opening.layer }, opening.head) : first;
}

/** Whether there is more than one head to open with. */
export function hasChoice(info: AnalysisInfo): boolean {
  const [layers = 1, heads = 1] = info.maps[firstSelection(info).map]?.shape ?? [];
  return layers * heads > 1;
}
