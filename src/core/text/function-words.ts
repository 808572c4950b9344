import { functionWordLists } from './function-word-lists.ts';

/** What a word does in a sentence, as far as its spelling alone tells it. */
export type WordClass = 'content' | 'pronoun' | 'preposition' | 'function';

/** English, where pronouns and prepositions are told apart: heads of the English models are known by them. */
const english = {
  pronoun: `i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us
    our ours ourselves they them their theirs themselves who whom whose which that this these those one ones
    somebody someone something anybody anyone anything nobody nothing everybody everyone everything`,
  preposition: `about above across after against along among around at before behind below beneath beside besides
    between beyond by despite down during for from in inside into like near of off on onto out outside over past
    since through throughout to toward towards under until up upon with within without`,
  /** Articles, conjunctions, auxiliaries and their contractions, question words, adverbs of negation and degree. */
  function: `a an the and or but nor so yet if then than because although though while when where why how what
    whether as am is are was were be been being do does did done doing have has had having will would shall should
    can could may might must not no too very also just only even still there here all any both each few many more
    most much some such every either neither own same other another again ever never once s t re ve ll d m n don
    doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn`,
};

/** Fewer different words than this do not tell that a text is in a language without a list. */
const minWords = 6;
/** A text is not in a language if a smaller share of its different words are function words of it. */
const minShare = 1 / 6;
/** Words of so many letters and marks are taken for function words where there is no list (Zipf 1935: the most frequent
 * words of a language are its shortest). */
export const maxShortLength = 3;

type Classes = ReadonlyMap<string, WordClass>;

/** The lists that texts are compared with, English first; made when the first text comes. */
let lists: readonly Classes[] | undefined;

/**
 * The classes of the words of a text, in its own language: that one of whose function words it has most, English where
 * two are alike (Grefenstette 1995, "Comparing two language identification schemes"). In Japanese, which kana tell,
 * words in hiragana are function words; in a language without a list those of up to {@link maxShortLength} letters. A
 * word with an apostrophe (l’eau, don’t) is of the class of its parts, a Chinese word of that of its characters. Null
 * for what has no letter (numbers, punctuation, symbols).
 */
export function wordClasses(words: readonly string[]): readonly (WordClass | null)[] {
  const plain = words.map(plainOf);
  const classOf = rulesOf(new Set(plain.filter(hasLetter)));
  return plain.map((word) => (hasLetter(word) ? classOf(word) : null));
}

function rulesOf(words: ReadonlySet<string>): (word: string) => WordClass {
  if ([...words].some((word) => /\p{Script=Hiragana}|\p{Script=Katakana}/u.test(word))) return japanese;
  lists ??= [englishClasses(), ...Object.values(functionWordLists).map((list) => classesOf(list, 'function'))];
  let best: { readonly classes: Classes; readonly count: number } | undefined;
  for (const classes of lists) {
    const count = [...words].filter((word) => listed(classes, word) !== 'content').length;
    if (!best || count > best.count) best = { classes, count };
  }
  if (!best || (words.size >= minWords && best.count < minShare * words.size)) return short;
  const { classes } = best;
  return (word) => listed(classes, word);
}

/** The class by a list: of the first part of a word of which every part is listed. */
function listed(classes: Classes, word: string): WordClass {
  const whole = classes.get(word);
  if (whole) return whole;
  const parts = /^\p{Script=Han}+$/u.test(word) ? Array.from(word) : word.split("'").filter((part) => part !== '');
  const [first, ...others] = parts.map((part) => classes.get(part));
  return first && others.every((other) => other !== undefined) ? first : 'content';
}

function japanese(word: string): WordClass {
  return /^[\p{Script=Hiragana}ー]+$/u.test(word) || /^(?:私|僕|俺|彼女?|何|誰)$/u.test(word) ? 'function' : 'content';
}

function short(word: string): WordClass {
  return (word.match(/[\p{L}\p{M}]/gu)?.length ?? 0) <= maxShortLength ? 'function' : 'content';
}

function englishClasses(): Classes {
  const { function: others, ...classes } = english;
  return new Map([
    ...classesOf(others, 'function'),
    ...classesOf(classes.preposition, 'preposition'),
    ...classesOf(classes.pronoun, 'pronoun'),
  ]);
}

function classesOf(list: string, kind: WordClass): Classes {
  return new Map(list.split(/\s+/u).map((word) => [word, kind]));
}

/** As the lists have it: in lower case, composed, straight apostrophes, Arabic without its vowel marks and kashida. */
function plainOf(word: string): string {
  return word
    .trim()
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\u0640|(?<=\p{Script=Arabic}\p{Mn}*)\p{Mn}/gu, '');
}

function hasLetter(word: string): boolean {
  return /\p{L}/u.test(word);
}
