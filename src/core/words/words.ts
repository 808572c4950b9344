import { english } from './english.ts';
import { german } from './german.ts';

/**
 * Everything that is said to a person, in one language: strings, and functions of what a sentence tells. `english.ts`
 * is the table that the others translate; another language is another value of this type.
 */
export type Words = typeof english;

/** The languages there are, by their BCP 47 tag. */
const languages: Readonly<Record<string, Words>> = { en: english, de: german };

let spoken: Words = english;

/** The table of the language that is spoken. Ask for it when something is said, never while a module loads. */
export function words(): Words {
  return spoken;
}

/** Sets the table once, at the start of a process or page. */
export function speak(table: Words): void {
  spoken = table;
}

/** The table of a language such as `de-CH`: its own, that of `de`, or else English. */
export function wordsIn(language: string): Words {
  const tag = language.toLowerCase();
  return languages[tag] ?? languages[tag.split('-')[0] ?? tag] ?? english;
}
