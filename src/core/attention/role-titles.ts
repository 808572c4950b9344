import { relationSentences } from './relations.ts';
import type { HeadSummary, Role } from './roles.ts';

/** What a role is. */
export const roleDefinition = 'A role names the simple pattern that a head’s attention follows on this text.';

/** What the number beside a role is. */
export function scoreTitle({ name }: Role): string {
  const what =
    name === 'broad'
      ? 'its entropy as a share of the highest possible'
      : 'the share of its attention that follows the pattern';
  return `The score of the role ‘${name}’: ${what}, from 0 to 1.`;
}

/** What a relation of a head is. */
export const relationMeaning =
  'Measured on other texts by whoever made the model: the kind of word that the head finds for a word.';

/** What names a head, explained line by line for a tooltip; null when nothing names it. */
export function headTitle({ relation, role }: HeadSummary): string | null {
  if (relation) return [relationMeaning, ...relationSentences(relation)].join('\n');
  return role && `${roleDefinition} ${scoreTitle(role)}`;
}
