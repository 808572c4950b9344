import { groupedText } from '../../attention/number-words.ts';
import { countText, listText } from './grammar.ts';
import type { Merge } from '../../attention/merge.ts';

/** The toolbar: views, maps, layers, heads, and the buttons at its end. */
export const toolbar = {
  view: 'View',
  map: 'Attention map',
  mapMeaning: 'Attention map: encoder (source to source), decoder (target to target) or cross (target to source).',
  maps: { attention: 'Attention', encoder: 'Encoder', decoder: 'Decoder', cross: 'Cross' },
  onlyOne: 'one layer, one head',
  layer: 'Layer',
  layerBelow: 'Layer below',
  layerBelowMeaning: 'Layer below: the one before it in the model.',
  layerAbove: 'Layer above',
  layerAboveMeaning: 'Layer above: the one after it in the model.',
  /** The word before the number of the layer. */
  layerWord: 'Layer ',
  range: (layers: number) => `0–${layers - 1}`,
  /** `attending` are the numbers of the layers with attention, where not all have it. */
  rangeMeaning: (layers: number, attending: readonly number[] | null) =>
    `This model has layers 0 to ${layers - 1}${attending ? `; those with attention are ${listText(attending.map(String))}` : ''}`,
  allLayers: 'All layers',
  allLayersMeaning: 'The mean of all layers, head by head.',
  /** The button in two pieces: a narrow panel has the first alone. */
  allLayersButton: ['all', ' layers'],
  /** What stands in place of a layer: pieces, of which a narrow panel leaves the first two out. */
  mergedLayers: (merge: Merge) => ['All', ' layers, ', merge],
  heads: 'Heads',
  inFocus: (head: string) => `${head}, in focus`,
  namedHead: (head: string, role: string) => `${head}, ${role}`,
  headMeaning: (head: string, role: string | null) =>
    `${head}: one attention map of this layer.\n${role === null ? '' : `${role}\n`}` +
    'Click: on or off. Double-click: this head only.',
  all: 'all',
  allName: 'All of the heads',
  allMeaning: 'Show every head of the layer.',
  none: 'none',
  noneName: 'None of the heads',
  noneMeaning: 'Hide all heads, to start a new choice.',
  merges: { mean: 'mean', max: 'max' },
  mergeNames: { mean: 'Mean of the heads', max: 'Max of the heads' },
  mergeMeanings: {
    mean: 'Numbers show the mean of the heads shown.',
    max: 'Numbers show the maximum of the heads shown.',
  },
  back: 'Back',
  backMeaning: 'Go back to the selection and view before this one.',
  backKey: 'Alt+←',
  forwardKey: 'Alt+→',
  forward: 'Forward',
  forwardMeaning: 'Go forward again, after going back.',
  link: 'Copy link',
  linkMeaning: 'Copy a link that opens this text, model, selection and view again; it holds none of the text.',
  linkHolds: 'text, selection and view',
  help: 'Help',
  helpName: 'Help: keys and how to read the picture',
  helpMeaning: 'Help: how to read the picture, and its keys.',
  more: 'More',
  moreMeaning: 'More: go back and forward, copy a link, help.',
  export: 'Export',
  exportMeaning: 'Export: save what is shown as a file, or copy it as an image.',
  copyImage: 'Copy as image',
  copyImageMeaning: 'the picture, to the clipboard',
  /** A hint with the key that does the same. */
  withKey: (meaning: string, key: string) => `${meaning} Key: ${key}`,
};

/** The filter menu, and the line that says what is filtered. */
export const filterMenu = {
  name: 'Filter',
  meaning: (on: number) => `Filter${on > 0 ? ` (${on} on)` : ''}: which weights are shown, and how they are combined.`,
  reset: 'Reset all',
  resetMeaning: 'Show all weights, as the model computed them.',
  units: 'Units',
  tokens: { label: 'tokens', says: 'One row and one column for each token, as the model reads the text.' },
  words: {
    label: 'words',
    says: 'The tokens of a word together: sum over its key tokens, mean over its query tokens. Rows still sum to 1.',
  },
  layers: 'Layers',
  oneLayer: { label: 'one', says: 'Only the layer that is chosen.' },
  meanOfLayers: { label: 'mean of all', says: 'The mean over all layers, head by head.' },
  maxOfLayers: { label: 'max of all', says: 'The highest weight of any layer: rows need not sum to 1.' },
  combine: 'Combine heads',
  mean: { label: 'mean', says: 'The mean of the heads shown: rows still sum to 1.' },
  max: { label: 'max', says: 'The highest weight of any head shown: rows need not sum to 1.' },
  hide: 'Hide',
  special: {
    label: 'special tokens',
    says: 'Tokens that the tokenizer or the model adds, such as [CLS] and [SEP].',
  },
  punctuation: { label: 'punctuation', says: 'Tokens that are only punctuation marks.' },
  rows: 'Rows',
  renormalise: {
    label: 'Renormalise the remaining weights',
    says: 'Divides every row by its sum, so that it sums to 1 again. When off, the weights are those of the model.',
  },
  limit: 'Limit links per token',
  mass: {
    label: 'strongest links covering',
    says: 'The fewest links of a row that together have this share of its weight.',
  },
  massAmount: 'Share of the row in per cent',
  massUnit: '% of the row',
  topK: { label: 'at most', says: 'At most this many links of each row, the strongest ones.' },
  topKAmount: 'Number of links',
  topKUnit: 'links',
  amount: (label: string, min: number, max: number) => `${label}, from ${min} to ${max}.`,
  focus: 'Token in focus',
  pair: 'Pair',
  both: {
    label: 'both',
    says: 'Rows name the token that the decoder reads at a step and the one that it writes then.',
  },
  read: { label: 'read', says: 'Rows name the token that the decoder reads at a step.' },
  written: { label: 'written', says: 'Rows name the token that the decoder writes at a step.' },
  step: { label: 'one step at a time', says: 'Only the row of one token that the decoder writes.' },
  on: 'Filters that are on',
  resetLine: 'Reset',
  nothingLeft: 'Every token is hidden',
  nothingLeftAdvice: 'The filters hide every token. Reset them, or hide less.',
  stepName: 'Step',
  stepBefore: 'Previous step',
  stepBeforeMeaning: 'The row of the previous target token.',
  stepAfter: 'Next step',
  stepAfterMeaning: 'The row of the next target token.',
  /** Pieces around the number of the step and its token. */
  stepOf: <T>(step: T, last: number, token: T): readonly (string | T)[] => ['Step ', step, ` of ${last} `, token],
};

/** Lines above the picture, and the page without one. */
export const notices = {
  percent: (stage: string, share: number) => `${stage} ${Math.floor(share * 100)} %`,
  cancel: 'Cancel',
  cancelMeaning: 'Stop the run.',
  stale: 'The text has changed since this analysis.',
  rerun: 'Run again',
  rerunMeaning: 'Analyse the text as it is now.',
  first: 'Point at a word here to see what it looks at; click to pin it.',
  firstWithLayers:
    'Point at a word here to see what it looks at; click to pin it. ' +
    'Then go through the layers with the arrows ‹ › in the toolbar.',
  empty: 'Nothing analysed yet',
  /** The command as VS Code calls it. */
  command: 'Attention: Show Attention',
  /** Pieces around the name of the command and its keys. */
  emptyAdvice: <T>(command: T, keys: T, macKeys: T): readonly (string | T)[] => [
    'Select a sentence in an editor and run ',
    command,
    ' from the context menu or the command palette (',
    keys,
    ', on a Mac ',
    macKeys,
    ').',
  ],
  copied: 'The picture is on the clipboard.',
  notCopied: 'The picture could not be copied.',
};

/** The help. */
export const help = {
  title: 'How to read this',
  close: 'Close',
  closeMeaning: 'Close the help.',
  lines:
    'Each token on the left is a query: it looks. Each token on the right is a key: it is looked at. A line is an ' +
    'attention weight: the stronger the line, the higher the weight; its colour is its head. ' +
    'The weights of one query sum to 1 in each head.',
  decoder: 'The rows of a decoder are its steps: ‘el ▸ rey’ is the step that reads ‘el’ and writes ‘rey’.',
  pointing:
    'Point at a token to see only its lines; click to pin it; then point at the other side for the exact weight of ' +
    'one link.',
  terms:
    'Words with a dotted line are terms: point at one for its definition, click for the glossary. By keyboard, Tab ' +
    'goes to the terms of a part of the panel, the arrow keys go from one to the next, Enter opens the glossary.',
  /** Pieces around the keys that bring the keyboard to the panel. */
  keyboard: <T>(keys: T): readonly (string | T)[] => [
    'Keys work while the panel has the keyboard: click into it, or press ',
    keys,
    'in the editor.',
  ],
  undoKey: 'Ctrl+Z',
  keys: {
    token: { short: 'token', says: 'Move the focus from token to token (in a column also ↑ ↓, Home and End).' },
    layer: { short: 'layer', says: 'Go to the layer below or above.' },
    head: {
      short: 'head',
      says: 'Go to the previous or next head: if one head is shown, to any; if several are, among those.',
    },
    all: { short: 'all heads', says: 'Show every head; numbers show their mean.' },
    solo: { short: 'solo', says: 'Show only the head in focus.' },
    view: { short: 'view', says: 'Show another view: the first, the second and so on.' },
    back: { short: 'back', says: 'Go back to where you were before, or forward again.' },
    next: { short: 'next area', says: 'Go to the next area: heads, sentence, token columns.' },
    pin: {
      short: 'pin',
      says: 'With a token in focus, ↑ ↓ in the other column point at exact cells; Enter moves the focus there.',
    },
    explain: { short: 'arithmetic', says: 'Show how the weight in focus is computed.' },
    why: { short: 'why', says: 'Show why the score in focus is what it is, part by part.' },
    try: {
      short: 'try it',
      says: 'Change the token, link, head or layer in focus while the model runs (also a right click).',
    },
    undo: { short: 'undo', says: 'Take the last edit of the run back.' },
    write: {
      short: 'write',
      says: 'Let the model write one more token, or as many as are set; or remove the last that it wrote.',
    },
    clear: { short: 'unpin', says: 'Unpin the token.' },
    help: { short: 'help', says: 'Show these keys.' },
  },
};

/** The last line of the panel. */
export const foot = {
  name: 'This analysis',
  formatMeaning:
    'Number format of the weights that ran; the attention differs a little between formats. The setting ' +
    'textAttention.dtype chooses one where the model has several.',
  tokens: (queries: number, keys: number, isSelf: boolean) =>
    isSelf ? countText(queries, 'token') : `${queries} × ${countText(keys, 'token')}`,
  notNormalised: 'rows need not sum to 1',
  notNormalisedMeaning: 'Rows are shown as the model uses them; they are not normalised to sum to 1.',
  time: (milliseconds: number) =>
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`,
  loadAndRun: (run: string, load: string) => `${run} to run, after ${load} to load the model`,
  runTime: 'Time of the run',
  how: 'How this was read',
  howMeaning: 'How the attention was read from the model, and where it differs from the model’s own description.',
  /** Pieces around the keys that bring the keyboard to the panel. */
  forKeys: <T>(keys: T): readonly (string | T)[] => ['For keys, click here or press ', keys],
};

/** The analysed text. */
export const sentence = {
  text: 'The analysed text',
  queryText: 'The text of the queries',
  keyText: 'The text of the keys',
  source: { name: 'Source', says: 'Source: the text that the encoder reads.' },
  target: { name: 'Target', says: 'Target: the text that the decoder writes, token by token.' },
  queries: { name: ' · queries', says: ' Its tokens are the queries of this map: they look.' },
  keys: { name: ' · keys', says: ' Its tokens are the keys of this map: they are looked at.' },
  notInMap: { name: ' · not in this map', says: ' This map does not use it.' },
  empty: '(empty)',
  setTarget: 'Set target…',
  setTargetMeaning: 'Give the decoder your own target, or let the model generate one.',
  examples: 'Example sentences…',
  examplesMeaning: 'This model knows only the words of a small grammar: see sentences that it translates.',
  generated: 'generated by the model',
  filling: (word: string, probability: string) => `Most probable here: ${word} ${probability}`,
  role: (role: string, isGenerated: boolean) => (isGenerated ? `${role}, generated by the model` : role),
  /** How much of a text was analysed; `text` is which one of a pair, `left` the characters that were not. */
  cut: (tokens: number, text: 'first' | 'second' | null, left: number, isDim: boolean) =>
    `The first ${countText(tokens, 'token')}${text === null ? '' : ` of the ${text} text`} ` +
    `${tokens === 1 ? 'was' : 'were'} analysed. Not analysed: the last ` +
    `${left === 1 ? 'character' : countText(left, 'character')}${isDim ? ', shown dim' : ''} ` +
    '(the text is longer than the model accepts).',
  moreLines: (lines: number) => `↓ ${groupedText(lines)} more ${lines === 1 ? 'line' : 'lines'}`,
  moreLinesMeaning: 'Scroll down in the text.',
  toBeginning: '↑ To the beginning',
  toBeginningMeaning: 'Scroll back to the beginning of the text.',
  /** Pieces of a line with what the model predicts of the whole text. */
  predicted: 'Predicted: ',
  scoreMeaning: 'Score: a number that the model predicts for the whole text.',
  oneLabel: 'One of these labels is true',
  eachLabel: 'Each of these labels is true or false on its own',
  answer: 'Answer: ',
  noAnswer: (probability: string) => `Answer: none in the text ${probability}`,
  noneInText: (probability: string) => `none in the text ${probability}`,
  answerText: (text: string) => `“${text}”`,
  answerAt: (probability: string, start: number, end: number, isSecond: boolean) =>
    ` ${probability}, characters ${start}–${end}${isSecond ? ' of the second text' : ''}`,
  /** What the probability of an answer is made of. */
  answerEnds: (start: string, end: string) => ` (start ${start} × end ${end})`,
};
