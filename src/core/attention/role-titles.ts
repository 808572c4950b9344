import type { Role } from './roles.ts';

/** What a role is. */
export const roleDefinition = 'A role names the simple pattern that a head’s attention follows on this text.';

/** What the number beside a role is. */
export function scoreTitle({ name }: Role): string {
  const what = name === 'broad' ? 'its entropy as a share of the highest possible' : 'the share of its attention that follows the pattern';
  return `The score of the role ‘${name}’: ${what}, from 0 to 1.`;
}

/** What a role and its score are, for the tooltip of what shows both. */
export function roleTitle(role: Role): string {
  return `${roleDefinition} ${scoreTitle(role)}`;
}
