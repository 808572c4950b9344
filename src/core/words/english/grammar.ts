import { groupedText } from '../../attention/number-words.ts';

/** `1 token`, `11 tokens`, `30,522 tokens`. */
export function countText(count: number, noun: string): string {
  return `${groupedText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `there is 1 token`, `there are 11 tokens`. */
export function thereAre(count: number, noun: string): string {
  return `there ${count === 1 ? 'is' : 'are'} ${countText(count, noun)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
