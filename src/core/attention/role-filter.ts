import { measuredRoles, relationOfRole, type MeasuredRole } from '../probe/roles.ts';
import { words } from '../words/words.ts';
import type { HeadSummary } from './roles.ts';

/**
 * The roles by which a head is found: those it was measured to have; of a model that was not measured, what the model
 * says of it and its role on this text.
 */
export function rolesOf({ measured, relation, role }: HeadSummary): readonly MeasuredRole[] {
  if (measured) return measured.map(({ name }) => name);
  const declared = relation ? measuredRoles.filter((name) => relationOfRole(name) === relation.relation) : [];
  return [...declared.slice(0, 1), ...(role ? [role.name] : [])];
}

/** Whether a head passes a filter; every head does where there is none. */
export function hasRole(summary: HeadSummary | undefined, role: MeasuredRole | null): boolean {
  return role === null || (summary !== undefined && rolesOf(summary).includes(role));
}

/** The roles that heads of a map have, and how many heads each, in their order. */
export function roleCounts(
  summaries: readonly (readonly HeadSummary[])[],
): readonly { readonly role: MeasuredRole; readonly heads: number }[] {
  const all = summaries.flat();
  return measuredRoles.flatMap((role) => {
    const heads = all.filter((summary) => hasRole(summary, role)).length;
    return heads > 0 ? [{ role, heads }] : [];
  });
}

/** What a filter leaves, `induction: 2 of 16 heads`. */
export function roleFilterText(summaries: readonly (readonly HeadSummary[])[], role: MeasuredRole): string {
  const all = summaries.flat();
  const { probe } = words();
  return probe.filtered(probe.names[role], all.filter((summary) => hasRole(summary, role)).length, all.length);
}
