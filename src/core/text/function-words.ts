/** What a word does in a sentence, as far as its spelling alone tells it. */
export type WordClass = 'content' | 'pronoun' | 'preposition' | 'function';

const pronouns = words(`
  i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our ours
  ourselves they them their theirs themselves who whom whose which that this these those one ones somebody someone
  something anybody anyone anything nobody nothing everybody everyone everything`);

const prepositions = words(`
  about above across after against along among around at before behind below beneath beside besides between beyond by
  despite down during for from in inside into like near of off on onto out outside over past since through throughout
  to toward towards under until up upon with within without`);

/** Articles, conjunctions, auxiliaries, particles, question words and the adverbs of negation and degree. */
const others = words(`
  a an the and or but nor so yet if then than because although though while when where why how what whether as am is are
  was were be been being do does did done doing have has had having will would shall should can could may might must
  not no too very also just only even still there here all any both each few many more most much some such every either
  neither own same other another again ever never once`);

/**
 * The class of an English word by closed lists: whatever has a letter and stands in none of them is a content word, in
 * other languages too. Null for what has no letter (numbers, punctuation, symbols).
 */
export function wordClass(word: string): WordClass | null {
  const plain = word.trim().toLowerCase().replaceAll('’', "'");
  if (!/\p{L}/u.test(plain)) return null;
  if (pronouns.has(plain)) return 'pronoun';
  if (prepositions.has(plain)) return 'preposition';
  // Pieces of contractions: ’s, n’t, ’re.
  return others.has(plain) || /^'|^n't$|^(?:s|t|re|ve|ll|d|m)$/u.test(plain) ? 'function' : 'content';
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}
