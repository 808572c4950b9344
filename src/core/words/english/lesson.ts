import { handText, weightText } from '../../attention/number-words.ts';
import { excerptOf } from '../../document/excerpt.ts';
import { countText, listText, thereAre } from './grammar.ts';

const rowText = (numbers: readonly number[]): string => `[${numbers.map(handText).join(', ')}]`;
const quoted = (text: string): string => `“${excerptOf(text)}”`;

/** Lessons: what is wrong in a file, what lines come to, what is asked. */
export const lesson = {
  fileSize: 'The file is larger than 1 MB: nothing of it is live.',
  manyFences: (max: number) => `A file has at most ${max} live fences; this one is left out.`,
  longFence: (max: number) => `A fence has at most ${max} lines; this one is left out.`,
  longValue: (max: number) => `A value has at most ${max} characters; this one is left out.`,
  noKey: 'Write “key: value”.',
  unknownKey: (key: string, known: readonly string[]) =>
    `${quoted(key)} is not known here; these are: ${listText(known)}.`,
  twice: (key: string) => `${quoted(key)} is given twice.`,
  sameName: (name: string) => `Another fence of this file is called ${quoted(name)}, too.`,
  value: (problem: string) => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`,
  oneOf: (choices: readonly string[]) => `One of these is expected: ${choices.join(', ')}.`,
  empty: 'A text is expected.',
  count: 'A whole number is expected.',
  positive: 'A number above 0 is expected.',
  numbers: (max: number) => `One to ${max} numbers are expected, with spaces between.`,
  oneNumber: 'One number is expected.',
  sameLength: (length: number) =>
    length === 0
      ? 'A “query” line with as many numbers is expected.'
      : `As many numbers as the query has are expected: ${length}.`,
  keys: (max: number) => `At most ${max} keys are computed.`,
  head:
    'A head is expected: 4.1, or 4.* for all heads of layer 4, with encoder/, decoder/ or cross/ before it ' +
    'where a model has them.',
  oneHead: 'One head is expected, such as 4.1.',
  word: 'A word of the text is expected, such as ate, the#2 or [MASK], or the place of a token, from 0.',
  model: 'A model is expected: the name of a built-in one, or organisation/name of a downloaded one.',
  hide: 'Expected: special, punctuation, or both with a comma between.',
  noText: 'This fence has no text to run.',
  noAsk: 'This question has no “ask” line.',
  noAnswer: 'This question has no “answer” line.',
  noOption: (option: string) => `${quoted(option)} is not one of the “option” lines.`,
  noHead: 'This fence has no “head” line.',
  noSentence: 'This fence has no “sentence” line.',
  sentence: 'Write “sentence: QUERY > KEY | text”, with words of the text.',
  term: 'A term of the glossary is expected: #term=attention-weight.',
  mark: (names: readonly string[]) => `A link to ${listText(names.map((name) => `“${name}=…”`))} is expected.`,

  noExpression: 'An expression is expected here.',
  longExpression: (max: number) => `An expression has at most ${countText(max, 'word')}.`,
  deep: 'This expression is nested too deep.',
  bracket: 'A closing bracket is missing; brackets have spaces around them.',
  comparator: (known: readonly string[]) =>
    `One of these is expected between two expressions, with spaces around it: ${known.join(' ')}`,
  leftOver: (word: string) => `${quoted(word)} is left over: a text of several words is quoted.`,
  form: (form: string) => `Write ${form}.`,
  /** How each fact is written. */
  forms: {
    weight: 'weight HEAD QUERY KEY',
    score: 'score HEAD QUERY KEY',
    product: 'product HEAD QUERY KEY',
    scale: 'scale HEAD QUERY KEY',
    strongest: 'strongest HEAD QUERY',
    second: 'second HEAD QUERY',
    rank: 'rank HEAD QUERY KEY',
    entropy: 'entropy HEAD QUERY',
    prediction: 'prediction TOKEN',
    probability: 'probability WORD TOKEN',
    kl: 'kl',
    written: 'written',
    tokens: 'tokens, or tokens target',
    layers: 'layers, or layers MAP',
    heads: 'heads, or heads MAP',
    shape: 'shape, or shape MAP',
    found: 'found',
    cases: 'cases',
    softmax: 'softmax 2 1 0 of 2, with one of the scores after “of”',
    dot: 'dot 1 0 2 with 3 1 1, both of the same length',
    exp: 'exp NUMBER',
    sqrt: 'sqrt NUMBER',
  },
  noFence: (name: string | null) =>
    name === null ? 'There is no fence that this could ask about.' : `There is no fence called ${quoted(name)}.`,
  noMap: (name: string, known: readonly string[]) =>
    `This model has no map ${quoted(name)}; it has ${listText(known)}.`,
  noLayer: (layer: number, layers: readonly number[]) =>
    `This map has no layer ${layer}; it has ${listText(layers.map(String))}.`,
  noHeadIn: (head: number, heads: number) =>
    `This map has no head ${head}; it has ${countText(heads, 'head')}, from 0.`,
  noWord: (word: string, text: string) => `${quoted(word)} is not a word of ${quoted(text)}.`,
  noToken: (index: number, tokens: number) => `There is no token ${index}; ${thereAre(tokens, 'token')}, from 0.`,
  needs: (what: string) => `This needs ${what}.`,
  needsHead: 'a head',
  needsQuery: 'a query token',
  needsKey: 'a key token',
  noPrediction: 'This model predicts no tokens on this text.',
  notPredicted: (word: string) => `${quoted(word)} is not among the most probable tokens here.`,
  noChange: 'Nothing is edited in this run, or it predicts nothing.',
  nothingWritten: 'Nothing was written in this run.',
  noNumber: (value: string) => `${quoted(value)} is not a number.`,
  noScore: 'This score is not read from a dot product.',

  statement: {
    holds: (text: string) => `holds: ${text}`,
    fails: (text: string, left: string, right: string) => `does not hold: ${text} (it is ${left}, not ${right})`,
    unknown: (text: string, why: string) => `cannot be evaluated: ${text}. ${why}`,
    saysSo: (line: number, says: string) => `  line ${line} says: ${says}`,
    place: (file: string, line: number, text: string) => `${file}:${line} ${text}`,
    sum: (held: number, all: number, problems: number) =>
      `${held} of ${countText(all, 'statement')} hold${problems === 0 ? '' : `; ${countText(problems, 'problem')}`}`,
  },

  page: {
    caption: ({
      model,
      head,
      token,
      key,
    }: Readonly<Record<'model', string> & Record<'head' | 'token' | 'key', string | null>>) =>
      [
        model,
        ...(head === null ? [] : [`head ${head}`]),
        ...(token === null && key === null ? [] : [`${token ?? '…'} → ${key ?? '…'}`]),
      ].join(' · '),
    running: (model: string) => `Running ${model}…`,
    none: (why: string) => `No picture: ${why}`,
    untrusted: 'Pictures of models that are not built in are made in trusted workspaces only.',
    found: (found: number, all: number) => `The head finds the word in ${found} of ${countText(all, 'sentence')}.`,
    sentences: (all: number) => `${countText(all, 'sentence')}: run them in the editor.`,
    hint: 'Hint',
    answer: 'Answer',
    inEditor: 'Answer it in the editor, in the line above it.',
    noImage: (alt: string) => (alt === '' ? 'Picture left out' : `Picture left out: ${alt}`),
    live: 'All heads, with numbers under the mouse',
  },

  byHand: {
    query: (scale: number, sum: number) => `÷ ${handText(scale)} · Σ e^score = ${handText(sum)}`,
    key: ({ product, score, exp, weight }: Readonly<Record<'product' | 'score' | 'exp' | 'weight', number>>) =>
      `q·k = ${handText(product)} · score ${handText(score)} · e^score ${handText(exp)} · weight ${weightText(weight)}`,
    shortKey: ({ product, score, weight }: Readonly<Record<'product' | 'score' | 'weight', number>>) =>
      `q·k ${handText(product)}, score ${handText(score)}, weight ${weightText(weight)}`,
    score: (exp: number, weight: number) => `e^score ${handText(exp)} · weight ${weightText(weight)}`,
    value: (part: readonly number[]) => `× weight = ${rowText(part)}`,
    output: (part: readonly number[], total: readonly number[]) =>
      `× weight = ${rowText(part)} · output ${rowText(total)}`,
    shortOutput: (part: readonly number[], total: readonly number[]) =>
      `× weight ${rowText(part)}, Σ ${rowText(total)}`,
  },
};
