import type { LayerNumber } from '../../attention/layers.ts';
import { groupedText } from '../../attention/number-words.ts';
import { listText } from './grammar.ts';

/** What a screen reader is told after a move, each beginning with the layers and heads that it speaks of. */
export const announcements = {
  role: (where: string, role: string) => `${where}: ${role}`,
  masked: (where: string, query: string, key: string) => `${where}: ${query} cannot see ${key}`,
  cell: (where: string, query: string, share: string, key: string) => `${where}: ${query} looks ${share} at ${key}`,
  forced: (where: string, query: string, key: string) => `${where}: ${query} can only look at ${key}`,
  nothing: (where: string, token: string, isQuery: boolean, isHiding: boolean) =>
    `${where}: ${token} ${isQuery ? 'looks at nothing' : 'is looked at by nothing'}${isHiding ? ' that is shown' : ''}`,
  strongest: (where: string, token: string, isQuery: boolean, share: string, each: boolean, partners: string) =>
    `${where}: ${token} ${isQuery ? 'looks' : 'is looked at'} ${share}${each ? ' each' : ''} ` +
    `${isQuery ? 'at' : 'by'} ${partners}`,
  hidden: 'every token is hidden',
  analysis: (model: string, tokens: string) => `${model}, ${tokens}`,
  title: (model: string) => `Attention in ${model}`,
};

/** Sentences on the token in focus. `shown` says that filters hide some of the tokens. */
export const focus = {
  itself: 'itself',
  /** `‘a’, ‘b’ and 4 others`. */
  named: (names: readonly string[], others: number) =>
    listText([...names, ...(others > 0 ? [`${others} others`] : [])]),
  forced: (query: string, key: string) =>
    `${query} can only look at ${key}, so this weight says nothing about the head.`,
  looksAtNothing: (query: string, shown: boolean) =>
    `${query} looks at nothing ${shown ? 'of what is shown here' : 'here'}.`,
  nothingLooksAt: (key: string, shown: boolean, byForce: boolean) =>
    `Nothing ${shown ? 'of what is shown here' : 'here'} looks at ${key}` +
    `${byForce ? ', except a token that can look at nothing else' : ''}.`,
  weight: (weight: string, each: boolean) => `${weight}${each ? ' each' : ''}`,
  lookedAtMost: (key: string, queries: string, weight: string, shown: boolean) =>
    `${shown ? 'Of what is shown, ' : ''}${key} is looked at most by ${queries} (${weight}).`,
  mostly: (query: string, keys: string, weight: string, shown: boolean) =>
    `${shown ? 'Of what is shown, ' : ''}${query} looks mostly at ${keys} (${weight}).`,
  alike: (query: string, keys: string, weight: string, shown: boolean) =>
    `${shown ? 'Of what is shown, ' : ''}${query} looks equally at ${keys} (${weight}).`,
  most: (query: string, keys: string, weight: string, shown: boolean) =>
    `${shown ? 'Of what is shown, ' : ''}${query} looks most at ${keys} (${weight}).`,
  spreads: (query: string, keys: string, weight: string, isOne: boolean, shown: boolean) =>
    `${shown ? 'Of what is shown, ' : ''}${query} spreads its attention; the ` +
    `${isOne ? 'largest weight' : 'largest weights'}, ${weight}, ${isOne ? 'goes' : 'go'} to ${keys}.`,
  filteredOut: 'filtered out of the picture',
  masked: 'masked',
  lessThanOne: 'less than 1 %',
  moreThan99: 'more than 99 %',
  rowSum: (sum: string) => `The row sums to ${sum}.`,
  rowBelow: (sum: string) => `The row sums to ${sum}: the rest of 1 goes to no token.`,
  rowAbove: (sum: string) => `The row sums to ${sum}: the model changes its weights after the softmax.`,
  /** The window of local attention; `isNear` where its centre is between tokens. */
  localM: (centre: string, token: string, isNear: boolean, halfWidth: number) =>
    `local-m: a window around position ${centre}, ${isNear ? 'near ' : ''}${token}; ` +
    `only words at most ${halfWidth} positions away have a weight.`,
  localP: (centre: string, token: string, isNear: boolean, sigma: number, halfWidth: number, sum: string) =>
    `local-p: a Gaussian around position ${centre}, ${isNear ? 'near ' : ''}${token}, with standard deviation ` +
    `${sigma}, over words at most ${halfWidth} positions away. The row sums to ${sum}: it is not normalised again.`,
};

/** The inspector: what the focus looks at, what looks at it, the head, predictions. */
export const inspector = {
  looksAt: 'Looks at',
  lookedAtBy: 'Is looked at by',
  noToken: 'No token in focus',
  noTokenAdvice: 'Point at a token to see its attention; click to pin it.',
  strongest: 'Strongest links',
  allForced: 'Every token sees only one token here, so no weight says anything about the head.',
  token: (index: number) => `token ${index}`,
  tokens: (first: number, last: number) => `tokens ${first}–${last}`,
  numbered: (label: string, index: number) => `${label}, token ${index}`,
  noCharacters: 'no characters of its own',
  characters: (start: number, end: number) => `characters ${start}–${end}`,
  generatedCharacters: 'The model generated these characters: they are in no document.',
  templateCharacters: 'The chat template wrote these characters: they are in no document.',
  goneCharacters: 'These characters are in no document as it is now.',
  reveal: 'Show these characters in the editor.',
  where: (heads: string, layers: string) => `${heads.charAt(0).toUpperCase()}${heads.slice(1)}, ${layers}`,
  /** What the layers shown leave to a token, where it is not all. */
  mask: {
    window: 'Sliding window',
    chunk: 'Chunked attention',
    prefix: 'Attention with a prefix',
    selection: 'Sparse attention',
  },
  masked: (mask: string, seen: string) => `${mask}: a token sees ${seen}.`,
  noHeads: 'No heads selected. Pick one, or All.',
  mean: 'Numbers are the mean over the heads shown.',
  max: 'Numbers are the maximum of the heads shown; rows need not sum to 1.',
  meanColours: 'Each line has the colour of its head; words and bars are grey, since they show several heads at once.',
  meanPatterns: 'Each line keeps its head’s pattern.',
  onThisText: ' on this text; ',
  /** What a weight tells, and what it does not: the first leads to the second, and a full stop is after it. */
  caution: { reads: 'A weight says where this head reads, not ', not: 'why the model answers as it does' },
  cautionOfSome: { reads: 'A weight says where these heads read, not ', not: 'why the model answers as it does' },
  tableLooksAt: (token: string, where: string) => `${token} looks at (${where})`,
  tableLookedAtBy: (token: string, where: string) => `${token} is looked at by (${where})`,
  cut: (where: string, links: number, of: number) => `${where}, the ${links} strongest of ${of}`,
  tokenInTable: (label: string, index: number) => `${label} (token ${index})`,
  columns: { token: 'Token', weight: 'Weight' },
  headsOfLayer: (layer: LayerNumber) => `Heads of layer ${layer}`,
  headColumns: { head: 'Head', role: 'Role' },
  focusName: 'Focus',
  edge: 'Height of the details',
  edgeMeaning: 'Drag to give the details more or less room; a double click puts it back.',
  elsewhere: 'Strongest elsewhere',
  elsewhereMeaning:
    'The heads of all layers in which this word has its strongest link to another word, but for the heads shown.',
  goTo: (head: string) => `Go to head ${head}.`,
  vocabularyMeaning:
    'How the vocabulary of the model writes the token, and its number there: ## continues a word, Ġ and ▁ stand for a ' +
    'blank before it.',
  morePieces: (others: number) => `and ${others} more`,
  ids: (ids: readonly number[]) => `${ids.length > 1 ? 'ids' : 'id'} ${ids.join(', ')}`,
  summary: {
    strongest: (query: string, key: string, weight: string) => `Strongest link: ${query} → ${key} ${weight}`,
    nothing: (token: string, isQuery: boolean) =>
      `${token} ${isQuery ? 'looks at nothing' : 'is looked at by nothing'} shown here`,
    most: (token: string, isQuery: boolean, partner: string, weight: string) =>
      `${token} ${isQuery ? 'looks most at' : 'is looked at most by'} ${partner} ${weight}`,
  },
};

/** What the model predicts. */
export const predictions = {
  name: 'Prediction',
  meaning: 'What the model predicts in this run: the most probable tokens of its vocabulary, with their probabilities.',
  atMask: (index: number) => `In place of the mask at token ${index}`,
  atThisMask: 'In place of this mask',
  had: (token: string, probability: string, rank: string) => `${token} had probability ${probability} here: ${rank}.`,
  next: 'Next token',
  nextOfPart: 'Next token after the part that was analysed',
  after: (token: string) => `After ${token}`,
  followed: (token: string, probability: string, rank: string) =>
    `The text has ${token} here, with probability ${probability}: ${rank}.`,
  /** How many tokens were more probable; `vocabulary` is of how many, where that is known. */
  rank: (rank: number, vocabulary: number | undefined) => {
    if (rank === 0) return 'the most probable token';
    if (vocabulary === undefined)
      return rank === 1 ? '1 token was more probable' : `${groupedText(rank)} tokens were more probable`;
    return `${groupedText(rank)} of ${groupedText(vocabulary)} tokens ${rank === 1 ? 'was' : 'were'} more probable`;
  },
  /** How likely an answer begins and ends with a token. */
  inAnswer: (token: string, start: string, end: string) =>
    `An answer begins with ${token} with probability ${start}, and ends with it with ${end}.`,
  /** Pieces around the label of a token. */
  tagged: <T>(token: string, label: T, probability: string): readonly (string | T)[] => [
    `${token} is labelled `,
    label,
    ` ${probability}.`,
  ],
};
