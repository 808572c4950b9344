import { rolesOf } from '../attention/role-filter.ts';
import type { HeadSummary } from '../attention/roles.ts';
import { grammarRoles, type MeasuredRole, type PatternRole } from './roles.ts';

/**
 * What roles are about, coarse enough to tell heads apart at a glance: links between words by grammar, distance,
 * repetition, special tokens, the other text of a pair, all tokens alike; and heads without a role.
 */
export const roleFamilies = ['grammar', 'position', 'repetition', 'special', 'pair', 'broad', 'none'] as const;
export type RoleFamily = (typeof roleFamilies)[number];

const families: Readonly<Record<PatternRole, RoleFamily>> = {
  previous: 'position',
  next: 'position',
  'n-back': 'position',
  'n-ahead': 'position',
  self: 'position',
  'same token': 'repetition',
  induction: 'repetition',
  'duplicate-token': 'repetition',
  first: 'special',
  separator: 'special',
  'no-op': 'special',
  'other-text': 'pair',
  broad: 'broad',
};

/** The family of the role that a head is known for first. */
export function familyOf(summary: HeadSummary): RoleFamily {
  const [first] = rolesOf(summary);
  return first === undefined ? 'none' : familyOfRole(first);
}

function familyOfRole(role: MeasuredRole): RoleFamily {
  return isPattern(role) ? families[role] : 'grammar';
}

function isPattern(role: MeasuredRole): role is PatternRole {
  return !grammarRoles.some((one) => one === role);
}

/** The families that heads have, and how many heads each, in their order. */
export function familyCounts(
  summaries: readonly (readonly HeadSummary[])[],
): readonly { readonly family: RoleFamily; readonly heads: number }[] {
  const all = summaries.flat().map(familyOf);
  return roleFamilies.flatMap((family) => {
    const heads = all.filter((one) => one === family).length;
    return heads > 0 ? [{ family, heads }] : [];
  });
}
