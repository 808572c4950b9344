import { countText, listText } from './grammar.ts';

/** How many words a sentence names before it counts the others. */
const maxNamed = 3;

function named(labels: readonly string[]): string {
  const told = labels.length > maxNamed + 1 ? labels.slice(0, maxNamed) : labels;
  const others = labels.length - told.length;
  return listText([...told.map((label) => `‘${label}’`), ...(others > 0 ? [`${others} others`] : [])]);
}

/** Runs side by side. */
export const compare = {
  bar: 'Runs compared',
  add: 'Compare with',
  addMeaning: 'Put another model, another text or another head beside this run.',
  anotherModel: { name: 'Another model…', says: 'on the same text' },
  anotherText: { name: 'Another text…', says: 'with the same model' },
  anotherHead: { name: 'Another head', says: 'of the same run' },
  unedited: { name: 'Without edits', says: 'the model as it is' },
  remove: (title: string) => `Remove ${title}`,
  removeMeaning: 'Remove this run from the comparison.',
  empty: 'Nothing is compared yet',
  emptyAdvice: 'Choose what to show beside this run. Words in common are linked, and the weights are subtracted.',
  withEdits: 'With edits',
  withoutEdits: 'Without edits',
  /** A picture of a model on a text of its own. */
  modelOn: (model: string, text: string) => `${model}: “${text}”`,
  text: (excerpt: string) => `“${excerpt}”`,
  place: (title: string) => `Layer and head of ${title}`,
  layer: 'Layer',
  layerOf: (layer: number) => `Layer ${layer}`,
  head: 'Head',
  headOf: (head: number) => `Head ${head}`,
  allHeads: 'All heads',
  /** The head that is chosen by itself. */
  best: (head: string) => `${head} (best)`,
  bestOf: 'Best match',
  bestMeaning: 'The same layer and head; in another model the head with the same role.',
  running: 'Running the model',
  cancel: 'Cancel',
  cancelMeaning: 'Stop this run.',
  cancelled: 'Cancelled.',
  again: 'Run again',
  againMeaning: 'Run this side once more.',
  hidden: 'The filters hide every token of this run.',
  matrix: (title: string) => `Matrix of ${title}: each row is a query, each column a key`,
  differenceMatrix: (title: string) => `Differences, ${title}: each row is a query, each column a key`,
  differenceTitle: 'Difference',
  difference: (second: string, first: string) => `${second} − ${first}`,
  meanDifference: (mean: string, largest: string) => `mean |difference| ${mean}, largest ${largest}`,
  divergence: (nats: string) => `Jensen–Shannon ${nats} nats per row`,
  divergenceMeaning:
    'The Jensen–Shannon divergence of two rows: 0 where they are equal, 0.69 (ln 2) where they share no key. ' +
    'What a row gives to tokens that the other run lacks counts as one more key.',
  noDifference: (first: readonly string[], second: readonly string[]) => {
    const parts = [
      ...(first.length > 0 ? [`${named(first)} only in the first run`] : []),
      ...(second.length > 0 ? [`${named(second)} only in this one`] : []),
    ];
    return `No difference map, the words differ: ${listText(parts)}.`;
  },
  error: (rate: string, right: number, rows: number) =>
    `alignment error ${rate}, ${right} of ${countText(rows, 'word')} right`,
  errorMeaning:
    'Alignment error rate (Och and Ney 2003) of the source word with the largest weight, against the known ' +
    'alignment: ' +
    '0 is best.',
  otherTranslation: 'alignment error unknown: this translation is not the reference',
  dots: 'Dots: the known alignment of this sentence.',
  ofWords: 'Compared word by word: the models split the text into different tokens.',
  writes: 'Rows are aligned on the word written.',
  scale: 'colour: √|difference|',
  scaleContrast: 'bar up: larger; bar down: smaller',
  legend: (first: string) => `larger and smaller than ${first}`,
  less: 'less',
  more: 'more',
  pointAt: 'Point at a cell, or press the arrow keys in a matrix.',
  /** What a cell holds, in one picture. */
  cell: (title: string, weight: string) => `${title} ${weight}`,
  noCell: 'not in this run',
  maskedCell: 'masked',
  exact: (weight: string, difference: string | null) => (difference === null ? weight : `${weight} (${difference})`),
  table: (row: string) => `Weights from ${row}`,
  columns: { key: 'Key', difference: 'Difference' },
  /** The table of a terminal. */
  written: {
    query: 'query',
    divergence: 'Jensen–Shannon, nats',
    key: 'key',
    largest: 'largest difference',
    link: 'link',
    first: 'first',
    other: 'other',
    difference: 'difference',
  },
  picture: (model: string) => `Attention of ${model}, compared`,
  noPicture: 'Nothing is compared yet.',
};
