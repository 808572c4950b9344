import { countText } from './grammar.ts';

/** `cross 1.2`, `layer 1`, `all heads`: the heads that an edit is of; `map` is null where a model has one alone. */
function where(map: string | null, layer: number | null, head: number | null): string {
  const heads =
    layer === null
      ? head === null
        ? 'all layers'
        : `head ${head} of all layers`
      : head === null
        ? `layer ${layer}`
        : `${layer}.${head}`;
  return map === null ? heads : `${map} ${heads}`;
}

function heads(map: string | null, layer: number | null, head: number | null): string {
  const named = where(map, layer, head);
  if (layer !== null && head !== null) return `head ${named}`;
  return head === null ? `attention of ${named}` : named;
}

const signed = (value: number): string => (value < 0 ? `−${-value}` : `+${value}`);

/** Trying edits in the panel: the strip of an edited run, what they did, and the box that offers them. */
export const experiment = {
  /** Edits in a few words. */
  chips: {
    where,
    heads,
    off: (heads: string) => `${heads} off`,
    scale: (heads: string, factor: string) => `${heads} × ${factor}`,
    temperature: (heads: string, value: string) => `${heads}, temperature ${value}`,
    feedForward: (map: string | null, layer: number | null) => `feed-forward of ${where(map, layer, null)} off`,
    block: (query: string, key: string, at: string) => `block ${at} ${query} → ${key}`,
    bias: (query: string, key: string, value: number, at: string) => `${at} ${query} → ${key} ${signed(value)}`,
    row: (query: string, at: string) => `${at} row of ${query} by hand`,
    zero: (key: string, map: string | null) => `${map === null ? '' : `${map} `}values of ${key} off`,
    mean: (key: string, map: string | null) => `${map === null ? '' : `${map} `}values of ${key} replaced by mean`,
    replace: (token: string, by: string) => `${token} replaced by ${by}`,
  },
  name: 'Edited run',
  meaning: 'These numbers are of a run in which something was changed; the model file is as it was.',
  edits: 'Edits',
  remove: (edit: string) => `Take back: ${edit}`,
  undo: 'Undo',
  undoMeaning: 'Go back to the run before the last edit.',
  reset: 'Reset all',
  resetMeaning: 'Take all edits back: show the model as it is.',
  count: (edits: number) => countText(edits, 'edit'),
  fold: 'Show the edits in one line.',
  unfoldMeaning: 'Show the edits, and what they did to the prediction.',
  add: 'Try it…',
  addMeaning: 'Change a token, a head, a layer or a link while the model runs, and see what that does.',
  hide: 'Hide effect',
  show: 'Show effect',
  effectMeaning: 'What the edits did to the prediction, beside the run without them.',

  /** What edits did to a prediction. */
  effect: 'Effect of the edits',
  atMask: (index: number) => `Prediction for the mask at token ${index}`,
  after: (token: string) => `Prediction after ${token}`,
  first: 'Prediction of the first token',
  label: 'Predicted label',
  kl: (kl: string) => `KL ${kl} nats`,
  klMeaning: 'KL(before ‖ after) over the whole vocabulary: 0 where the prediction is the same.',
  columns: { token: 'Token', label: 'Label', before: 'Before', after: 'After', rank: 'Rank' },
  ranks: (before: number, after: number) => (before === after ? `${after + 1}` : `${before + 1} → ${after + 1}`),
  rankMeaning: 'Place among all tokens by probability, from 1; before and after.',
  nothing:
    'The model predicts nothing here that could be compared: it has no mask in the text and writes no next token.',
  nothingMasked: 'There is no prediction to compare: the text has no mask.',
  fillsNone: 'There is no prediction to compare: the model predicts no words for masks, and no label.',
  maskToken: (blank: string) => `Replace a token by ${blank} to see what the edits change there.`,
  maskThis: (token: string, blank: string) => `Replace ${token} by ${blank}`,
  same: 'The same prediction as without the edits.',
  written: 'Generated',
  unchanged: 'The same text as without the edits.',
  noText: '(nothing)',
  spokenEffect: (token: string, before: string, after: string) => `most probable: ${token}, ${after}, before ${before}`,

  /** The box that offers edits. */
  box: 'Try it',
  token: (label: string) => `Token ${label}`,
  link: (query: string, key: string) => `Link ${query} → ${key}`,
  head: (head: string) => `Head ${head}`,
  headsOfLayer: (layer: string) => `Attention of ${layer}`,
  layer: (layer: number) => `Layer ${layer}`,
  reach: 'In',
  reachMeaning: 'Where the link is changed.',
  reaches: {
    head: (head: string) => `head ${head}`,
    layer: (layer: string) => `all heads of ${layer}`,
    map: 'all layers',
  },
  mask: (blank: string) => `Replace by ${blank}`,
  maskMeaning: 'The model reads this token in its place: what it predicts then does not know the word.',
  replaceBy: 'Replace by',
  replace: 'Replace',
  replaceMeaning: 'Characters that are one token of the vocabulary, its spelling there, or # and its id.',
  noToken: (name: string) => `“${name}” is not one token of this vocabulary. Try a shorter word, or # and an id.`,
  unreadable: 'The vocabulary could not be asked. Try again.',
  zero: 'Withhold values',
  zeroMeaning: 'No token receives the values of this one; its weights are not given to others.',
  mean: 'Replace values by mean',
  meanMeaning:
    'In place of the values of this token each query receives the mean of those of all tokens that it sees; its ' +
    'weight is shown as shared out evenly.',
  block: 'Block',
  blockMeaning: 'Hide the key from the query: the softmax shares the weight among the other keys.',
  bias: 'Strengthen',
  biasMeaning: 'A number added to the score, before the softmax.',
  hand: 'Attend by hand…',
  handMeaning: 'Set the weights of this query yourself, in place of the softmax.',
  off: 'Switch off',
  offMeaning: 'What the head hands over is multiplied by 0; its weights stay as they are.',
  on: 'Switch on again',
  scale: 'Scale',
  scaleMeaning: 'What the head hands over is multiplied by this.',
  temperature: 'Temperature',
  temperatureMeaning: 'Scores are divided by this before the softmax: below 1 sharper, above 1 flatter.',
  attentionOff: 'Attention off',
  attentionOffMeaning: 'What all heads of the layer hand over is multiplied by 0.',
  feedForwardOff: 'Feed-forward off',
  feedForwardOffMeaning: 'The feed-forward part of the layer adds nothing.',
  quick: {
    off: (head: string) => `Switch off ${head}`,
    on: (head: string) => `Switch ${head} on again`,
    block: (query: string, key: string) => `Block ${query} → ${key}`,
    unblock: (query: string, key: string) => `Unblock ${query} → ${key}`,
    unmask: (blank: string) => `Undo ${blank}`,
  },
  more: 'More…',
  signed,

  /** A row that is set by hand. */
  handTitle: (query: string, at: string) => `Attend by hand: row of ${query}, ${at}`,
  handAdvice: 'The row sums to 1: the other weights are scaled. Release a slider to run.',
  handWeight: (key: string) => `Weight of ${key}`,
  handOthers: (count: number) => countText(count, 'other key'),
  handClose: 'Done',
  change: (before: string, after: string) => `${before} → ${after}`,
  drag: 'Drag a cell up or down to strengthen or weaken its link.',
  dragHand: 'Drag a cell of the row up or down to set its weight.',
};
