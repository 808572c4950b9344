import type { Merge } from '../../attention/merge.ts';
import type { RowChoice } from '../../attention/row-names.ts';
import type { Pairs } from '../../attention/shown.ts';
import type { Direction } from '../../attention/view.ts';

const pairNames: Readonly<Record<Pairs, string>> = { all: 'all', aa: 'A → A', ab: 'A → B', ba: 'B → A', bb: 'B → B' };
const pairMeanings: Readonly<Record<Pairs, string>> = {
  all: 'The queries and keys of both texts.',
  aa: 'Only queries in the first text (A) and keys in the first text (A).',
  ab: 'Only queries in the first text (A) and keys in the second text (B).',
  ba: 'Only queries in the second text (B) and keys in the first text (A).',
  bb: 'Only queries in the second text (B) and keys in the second text (B).',
};
const directionNames: Readonly<Record<Direction, string>> = { both: 'by side', from: 'as query', to: 'as key' };
const directionMeanings: Readonly<Record<Direction, string>> = {
  both: 'By the side that you point at: a query, on the left, with its keys; a key, on the right, with its queries.',
  from: 'The token as a query, on either side: its row, the tokens that it looks at.',
  to: 'The token as a key, on either side: its column, the tokens that look at it.',
};
const rowNames: Readonly<Record<RowChoice, string>> = {
  both: 'read ▸ written',
  read: 'token read',
  written: 'token written',
};

/** What is made of the weights before they are shown, each in a few words. */
export const filters = {
  pairs: pairNames,
  pairMeanings,
  directions: directionNames,
  directionMeanings,
  /** What the rows of a decoder's map are called by. */
  rowNames,
  words: 'words',
  mergedLayers: (merge: Merge, layers: number) => `${merge} of ${layers} layers`,
  maxOfHeads: 'maximum of the heads',
  hidden: (special: boolean, punctuation: boolean) =>
    `${[...(special ? ['special tokens'] : []), ...(punctuation ? ['punctuation'] : [])].join(' and ')} hidden`,
  renormalised: 'rows renormalised',
  mass: (share: number) => `strongest links covering ${Number((share * 100).toFixed(1))} %`,
  topK: (links: number) => `top ${links}`,
  direction: (direction: Exclude<Direction, 'both'>) => `token in focus ${directionNames[direction]}`,
  rows: (rows: RowChoice) => `rows: ${rowNames[rows]}`,
  oneStep: 'one step at a time',
  none: 'no filters',
};
