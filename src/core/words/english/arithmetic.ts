import type { LayerNumber } from '../../attention/layers.ts';
import { countText } from './grammar.ts';

/** What a vector is, by the name that a formula gives it; `query` and `key` are the tokens in quotation marks. */
const vectors: Readonly<Record<string, (query: string, key: string) => string>> = {
  q: (query) => `query of ${query}`,
  k: (_, key) => `key of ${key}`,
  s: () => 'decoder state s',
  h: (_, key) => `annotation h of ${key}`,
  'W s': () => 'projected state W s',
  'U h': () => 'projected annotation U h',
  'W h': () => 'projected annotation W h',
  'tanh(W s + U h)': () => 'tanh(W s + U h)',
  v: () => 'learned vector v',
};

/** `2nd`, `3rd`, `11th`. */
function ordinal(count: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `${count}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(count)]}`;
}

/** The arithmetic of one weight. */
export const arithmetic = {
  vectors,
  value: (key: string) => `value of ${key}`,
  weightOf: (query: string, key: string) => `weight(${query} → ${key})`,
  weight: 'weight',
  score: 'score',
  output: 'output',
  product: 'products',
  /** What is a step of a formula, for those who point at it. */
  meaning: {
    product: (sum: string) => `products of the components; they add up to ${sum}`,
    scale: (scale: string) => `scale: the product is multiplied by ${scale}`,
    softcap: (cap: string) => `soft cap: keeps the score between −${cap} and ${cap}`,
    bias: (name: string, value: string) => `${name}: adds ${value} to the score`,
    score: (score: string) => `score ${score}, before the softmax`,
    power: (power: string) => `e to the power of the score: ${power}`,
    total: (total: string, keys: number) => `sum over ${countText(keys, 'key')}: ${total}`,
    factor: (factor: string) => `Gaussian around the centre of the window: ${factor}`,
    weight: (weight: string) => `weight ${weight}`,
    value: (key: string) => `value of ${key}: what the head reads there`,
    output: (norm: string) => `weight × value after the output projection: length ${norm}`,
    annotation: (norm: string) => `weight × annotation: length ${norm}`,
  },
  norm: (norm: string) => `length ${norm}`,
  peak: (peak: string) => `±${peak}`,
  sum: (sum: string) => `sum ${sum}`,
  addsUp: (sum: string) => `adds up to ${sum}`,
  legend: 'colour: each strip from minus to plus its ± number',
  legendOfBars: 'bars: up for plus, down for minus, each strip up to its ± number',
  sortByProduct: 'sort by product',
  inOrder: 'original order',
  sortMeaning: 'Order the components by the size of their products, or as the vectors have them.',
  rank: (higher: number, keys: number) => {
    if (keys === 1) return 'the only key';
    return higher === 0 ? `the highest of ${keys}` : `the ${ordinal(higher + 1)} highest of ${keys}`;
  },
  agree: (query: string, key: string, same: number, size: number, sum: string) =>
    `The query of ${query} and the key of ${key} have the same sign in ${same} of ${size} components; ` +
    `the products add up to ${sum}.`,
  scored: (formula: string, sum: string) => `The score is ${formula}; its products add up to ${sum}.`,
  share: (score: string, rank: string, key: string, weight: string) =>
    `The score, ${score}, is ${rank}; ${key} gets ${weight} of the row.`,
  masked: (query: string, key: string) =>
    `The mask takes ${key} away from ${query}: e to the power of its score is 0, and so is the weight.`,
  outside: (query: string, key: string) =>
    `${key} is outside the window of ${query}: the softmax leaves it out, and its weight is 0.`,
  rowOf: (query: string) => `The whole row of ${query}`,
  columns: { key: 'key', score: 'score', power: (less: string) => `exp(score${less})`, weight: 'weight' },
  otherKeys: (count: number) => `${count} other ${count === 1 ? 'key' : 'keys'}`,
  maskedKeys: (count: number) => `${count} masked`,
  outsideKeys: (count: number) => `${count} outside`,
  sinks: 'no token (sink)',
  all: 'sum',
  everyKey: (count: number) => `Show all ${count} keys`,
  topKeys: 'Show the top keys',
  moreMeaning: 'Show every key of the row, or the top keys with the others summed up.',
  handsOver: 'What it hands over',
  handed: (weight: string, norm: string, query: string, share: string | null, all: string) =>
    `Weight ${weight} times the value, after the output projection, adds a vector of length ${norm} to ${query}` +
    `${share === null ? '' : `: ${share} of the head’s output`} (length ${all}).`,
  handedContext: (weight: string, norm: string, query: string, share: string | null, all: string) =>
    `Weight ${weight} times the annotation adds a vector of length ${norm} to the context of ${query}` +
    `${share === null ? '' : `: ${share} of it`} (length ${all}).`,
  /** Lengths of vectors, from the part to the whole. */
  lengths: {
    key: (key: string) => `from ${key}`,
    head: 'whole head',
    context: 'whole context',
    attention: 'all heads',
    residual: 'residual before',
  },
  lengthOf: (name: string, length: string) => `${name}: length ${length}`,
  noOutput: (why: string | null) =>
    `What the head hands over is unknown: the output projection was not found in the graph` +
    `${why === null ? '' : ` (${why})`}. ` +
    'Switch the head off under Try it to see what it changes.',
  /** The lengths are only those of the head. */
  noBeside: (why: string | null) =>
    `The residual stream beside it is not shown: it was not found in the graph${why === null ? '' : ` (${why})`}; ` +
    '‘block’ in a terminal tells what was.',
  check: 'Check',
  model: 'model',
  recomputed: 'recomputed',
  difference: 'difference',
  worst: (difference: string) => `The row differs from the model’s by at most ${difference}.`,
  window: (centre: string, halfWidth: number, sigma: number | null) =>
    `Window: positions ${centre} ± ${halfWidth}` +
    `${sigma === null ? '' : `; after the softmax a Gaussian with σ = ${sigma} around ${centre}`}.`,
  centreOf: 'The centre of the window',
  /** A component that is pointed at, and what each strip has there. */
  component: (index: number, values: readonly string[]) => `component ${index}: ${values.join(', ')}`,
  named: (name: string, value: string) => `${name} ${value}`,
  components: 'Components',
  formula: 'Formula',
  rows: 'Keys of the row',
  row: (key: string, score: string, weight: string) => `${key}: score ${score}, weight ${weight}`,
  /** Above the picture: what is shown where more is chosen, and what to do where nothing is. */
  how: 'How is this computed?',
  howMeaning: 'Show the arithmetic of this weight: query, key, score, softmax, value.',
  howOf: (query: string, key: string) => `How is ${query} → ${key} computed?`,
  empty: 'No token is pinned',
  emptyAdvice: 'Click a token in the sentence to see how the weight of its top key is computed.',
  strongest: (query: string, key: string, weight: string) => `Strongest link: ${query} → ${key} ${weight}`,
  noPair: 'Nothing to compute: no weight goes to or from this token.',
  oneHead: (head: number) => `Arithmetic is of one head: head ${head} is shown, the strongest here.`,
  oneLayer: (layer: LayerNumber) => `Arithmetic is of one layer: layer ${layer} is shown.`,
  tokensAlone: 'Arithmetic is of tokens: words and hidden tokens do not apply.',
  chooseHead: 'Head',
  chooseHeadMeaning: 'Show the arithmetic of another of the heads shown.',
  headWeight: (head: number, weight: string) => `head ${head}: ${weight}`,
  computing: 'Computing the weight',
  cancelled: 'Cancelled.',
  cancel: 'Cancel',
  cancelMeaning: 'Stop computing this weight.',
  again: 'Try again',
  againMeaning: 'Ask the model once more how this weight is computed.',
  edited: 'The weights of this edited run are not taken apart',
  editedAdvice:
    'The formula is that of the model as it is. Tokens may be replaced; other edits change the formula itself.',
  unedit: (isReplaced: boolean): string =>
    isReplaced ? 'Take back all edits but replaced tokens' : 'Take back all edits',
  compute: 'Compute',
  picture: (model: string) => `Arithmetic of a weight of ${model}`,
  noPicture: 'The arithmetic view needs a pinned token: a weight has a query and a key',
  heading: (head: string, query: string, key: string) => `${head}: ${query} → ${key}`,
};
