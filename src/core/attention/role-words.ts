import { shareText, weightText } from './number-words.ts';
import { relationLabels } from './relations.ts';
import { broadThreshold, patternThreshold, type HeadSummary, type Role, type RoleName } from './roles.ts';

/**
 * What names a head: `verb → subject` where the model says so, else its role on this text with the score, `previous
 * 0.84`; null when nothing does.
 */
export function roleText({ relation, role }: HeadSummary): string | null {
  if (relation) return relationLabels[relation.relation];
  return role && `${role.name} ${weightText(role.score)}`;
}

/** The same without the score, or a dash. */
export function roleCaption(summary: HeadSummary | null): string {
  if (summary?.relation) return relationLabels[summary.relation.relation];
  return summary?.role?.name ?? '–';
}

/** Where a head of a role looks. */
export const rolePlaces: Readonly<Record<Exclude<RoleName, 'broad'>, string>> = {
  previous: 'the token before',
  next: 'the token after',
  self: 'the token itself',
  'same token': 'another place of the same token',
  first: 'the first token',
  separator: 'special tokens after the first',
};

/** What a role means, as the title of its name. */
export function roleMeaning(name: RoleName): string {
  if (name === 'broad')
    return `Spreads its attention: its entropy is at least ${shareText(broadThreshold)} of the highest possible.`;
  return `At least ${shareText(patternThreshold)} of its attention on this text goes to ${rolePlaces[name]}.`;
}

/** What a head does on this text: *mostly* is said of more than half of its attention alone. */
export function roleSentence({ name, score }: Role): string {
  if (name === 'broad')
    return (
      `Spreads its attention: its entropy is ${shareText(score)} of the highest possible (${name} ` +
      `${weightText(score)}).`
    );
  const isMost = Number(score.toFixed(2)) > 0.5;
  return (
    `${isMost ? 'Looks mostly at' : `${shareText(score)} of its attention goes to`} ${rolePlaces[name]} (${name} ` +
    `${weightText(score)} of 1).`
  );
}
