import { shareText, weightText } from './number-words.ts';
import { broadThreshold, patternThreshold, type Role, type RoleName } from './roles.ts';

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
  if (name === 'broad') return `Spreads its attention: its entropy is at least ${shareText(broadThreshold)} of the highest possible.`;
  return `At least ${shareText(patternThreshold)} of its attention on this text goes to ${rolePlaces[name]}.`;
}

/** What a head does on this text: *mostly* is said of more than half of its attention alone. */
export function roleSentence({ name, score }: Role): string {
  if (name === 'broad') return `Spreads its attention: its entropy is ${shareText(score)} of the highest possible (${name} ${weightText(score)}).`;
  const isMost = Number(score.toFixed(2)) > 0.5;
  return `${isMost ? 'Looks mostly at' : `${shareText(score)} of its attention goes to`} ${rolePlaces[name]} (${name} ${weightText(score)} of 1).`;
}
