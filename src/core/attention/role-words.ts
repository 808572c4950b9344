import { words } from '../words/words.ts';
import type { HeadRelation } from './relations.ts';
import { broadThreshold, patternThreshold } from './patterns.ts';
import type { HeadSummary, Role, RoleName } from './roles.ts';

/**
 * What names a head: `verb → subject` where the model says so, else its role on this text with the score, `previous
 * 0.84`; null when nothing does.
 */
export function roleText({ relation, role }: HeadSummary): string | null {
  if (relation) return words().relations.labels[relation.relation];
  return role && words().roles.scored(role);
}

/** The same without the score, or a dash. */
export function roleCaption(summary: HeadSummary | null): string {
  if (summary?.relation) return words().relations.captions[summary.relation.relation];
  return summary?.role ? words().roles.captions[summary.role.name] : '–';
}

/** What a role means, as the title of its name. */
export function roleMeaning(name: RoleName): string {
  return words().roles.meaning(name, name === 'broad' ? broadThreshold : patternThreshold);
}

/** What a head does on this text: *mostly* is said of more than half of its attention alone. */
export function roleSentence(role: Role): string {
  return words().roles.sentence(role, Number(role.score.toFixed(2)) > 0.5);
}

/** What names a head, explained line by line for a tooltip; null when nothing names it. */
export function headTitle({ relation, role }: HeadSummary): string | null {
  const { roles, relations } = words();
  if (relation) return [relations.meaning, ...relationSentences(relation)].join('\n');
  return role && `${roles.definition} ${roles.scoreMeaning(role.name)}`;
}

/** What a head was measured to find, and how it came to it, in sentences. */
export function relationSentences({ origin, scores }: HeadRelation): string[] {
  const { relations } = words();
  return [origin === 'taught' ? relations.taught : relations.emerged, ...scores.map(relations.score)];
}
