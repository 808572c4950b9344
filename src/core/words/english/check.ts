import { countText } from './grammar.ts';

/** What the command `check` found: a model with its attention exposed beside the same model as its files are. */
export const check = {
  runs: (file: string, numbers: string, runs: number) =>
    `${file} · ${numbers} · ${countText(runs, 'run')} with and without`,
  kernels:
    'without flash kernels on either side: reading the attention turns the flash kernel off, and rounding differs ' +
    'between kernels',
  /** The heads of the columns. */
  attention: ['attention', 'operator', 'row sums', 'node'],
  outputs: ['output', 'numbers', 'largest difference', 'relative to max(1, |value|)'],
  cache: (outputs: number) => `present (${outputs} of the cache)`,
  incomparable: 'cannot be compared',
  sums: (min: string, max: string) => `${min} to ${max}`,
  none: 'none',
  /** What is found of one graph. */
  verdict: (faults: string | null, numbers: string, bound: number) =>
    `${faults === null ? 'agrees' : `DIFFERS (${faults})`}; the bound for ${numbers} is ${bound}`,
  faults: {
    noRun: 'it never ran',
    incomparable: (output: string) => `${output} cannot be compared`,
    output: (output: string) => `${output} differs`,
    noRows: (kind: string, layer: number) => `${kind} layer ${layer} has no rows`,
    rowSums: (kind: string, layer: number) => `${kind} layer ${layer} has rows that do not sum to 1`,
  },
  agrees: 'The model gives the same outputs with its attention exposed as without.',
  differs: (files: string) =>
    `With its attention exposed the model does not give the same outputs (${files}). Do not rely on this picture, ` +
    'and report the model.',
};
