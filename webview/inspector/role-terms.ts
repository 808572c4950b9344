import type { RoleName } from '../../src/core/attention/roles.ts';
import type { TermId } from '../../src/core/glossary/terms.ts';
import type { MeasuredRole } from '../../src/core/probe/roles.ts';

/** Roles that the glossary defines by themselves; of the others it says what a role is. */
const roleTerms: Partial<Readonly<Record<RoleName | MeasuredRole, TermId>>> = {
  previous: 'previous-token-head',
  induction: 'induction-head',
  first: 'sink',
  separator: 'sink',
  'no-op': 'no-op',
  broad: 'entropy',
};

/** The term of the glossary that a role is. */
export function termOfRole(name: RoleName | MeasuredRole): TermId {
  return roleTerms[name] ?? 'role';
}
