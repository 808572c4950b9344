import { groupedText } from '../../attention/number-words.ts';
import { countText, listText } from './grammar.ts';

/** Counts with their nouns. */
export const counts = {
  tokens: (count: number) => countText(count, 'token'),
  bytes: (count: number) => countText(count, 'byte'),
  /**
   * The size of a model or a map: `6 layers × 8 heads`; of a hybrid, of whose layers some attend, `6 of 24 layers × 8
   * heads`.
   */
  layersAndHeads: (layers: number, heads: number, all: number) =>
    `${all === layers ? '' : `${layers} of `}${countText(all, 'layer')} × ${countText(heads, 'head')}`,
  /** The lengths of one or more sequences: `11 tokens`, `7 and 1 tokens`. */
  tokensOfAll: (lengths: readonly number[]) => {
    const [only] = lengths;
    return lengths.length === 1 && only !== undefined
      ? countText(only, 'token')
      : `${listText(lengths.map(groupedText))} tokens`;
  },
  /** Why a token has no links in a list. */
  noLinks: {
    hidden: 'hidden by the filters of the panel',
    otherStep: 'another step is shown',
    forced: 'can look at nothing else',
  },
};

/** What is told of the texts of an analysis. */
export const texts = {
  first: 'the first text',
  second: 'the second text',
  source: 'the source',
  target: 'the target',
  /** How much of a text was analysed, in characters; `name` is empty where there is one text alone. */
  cut: (to: number, length: number, name: string) => {
    const characters = `${groupedText(length)} characters${name === '' ? '' : ` of ${name}`}`;
    if (to === 0) return `None of the ${characters} was analysed.`;
    return to === 1
      ? `Only the first of ${characters} was analysed.`
      : `Only the first ${groupedText(to)} of ${characters} were analysed.`;
  },
  /** Words that the tokenizer does not know, some of them in part; `read` is the token in their place. */
  unknown: (words: number, unknown: number, partly: number, name: string, read: string) => {
    const of = `${countText(words, 'word')}${name === '' ? '' : ` of ${name}`}`;
    const known =
      unknown === 0
        ? `${groupedText(partly)} of ${of} ${partly === 1 ? 'is' : 'are'} partly unknown to this model`
        : `${groupedText(unknown)} of ${of} ${unknown === 1 ? 'is' : 'are'} unknown to this ` +
          `model${partly > 0 ? `, ${groupedText(partly)} more in part` : ''}`;
    return `${known}: it reads ${read} in ${unknown + partly === 1 ? 'its' : 'their'} place.`;
  },
  quotedList: (labels: readonly string[], others: number) => {
    const told = labels.map((label) => `“${label}”`);
    return listText(others > 0 ? [...told, `${others} others`] : told);
  },
  unknownNames: (names: string) => `Unknown: ${names}.`,
  unknownToken: (read: string) => `unknown to this model: read as ${read}`,
  unknownWord: (name: string) => `${name} (unknown word)`,
  /** Spaces in a row, in place of which this is written. */
  spaces: (count: number) => `⟨${count} spaces⟩`,
  /** A token as prose names it. */
  quoted: (label: string) => `‘${label}’`,
};
