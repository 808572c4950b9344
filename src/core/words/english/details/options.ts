import { listText } from '../grammar.ts';

/** Why the command line cannot be run: what is wrong with an option or argument. */
export const options = {
  /** What stands in place of an option. */
  commandLine: 'Command line',
  standardInput: 'Standard input',
  standardOutput: 'standard output',

  unknown: 'there is no such option (try --help; put -- before a text that begins with -)',
  noValue: 'it takes no value',
  valueMissing: 'its value is missing (try --help)',
  valueOrOption: (value: string, option: string) =>
    `its value is missing: “${value}” after it begins with - like an option; ` +
    `if that is the value, write ${option}=${value}`,
  noArgument: 'it takes no argument',
  missing: 'it is missing (try --help)',
  several: (count: number) => `there are ${count} of them; give one`,
  headPlace: (value: string) => `“${value}” is not a head of the model; write its layer and number, as in 1.0`,
  noTextHere: 'heads are measured on sentences of their own; give no text',
  noText: 'no text was given (try --help)',
  texts: (count: number) => `there are ${count} texts; put one text in quotes`,

  oneOf: (value: string, choices: readonly string[]) => `“${value}” is not one of ${choices.join(', ')}`,
  number: (value: string) => `“${value}” is not a number`,
  index: (value: string) => `“${value}” is not a whole number from 0 on`,
  count: (value: string) => `“${value}” is not a whole number from 1 on`,
  percent: (value: string) => `“${value}” is not a share of a row in percent, above 0 and up to 100`,
  weight: 'a weight has a layer, a head, a query and a key; give all four',
  bytes: 'a number of bytes above 0 is expected',
  /** A layer by its number, of a map whose attending layers have these numbers, of `all` in the model. */
  layer: (layer: number, map: string, numbers: readonly number[], all: number) =>
    numbers.length === all
      ? `there is no layer ${layer}; the map “${map}” has ${all}, counted from 0`
      : `${layer < all ? `layer ${layer} has no attention` : `there is no layer ${layer}`}; ` +
        `in the map “${map}” these have: ${listText(numbers.map(String))}`,
  head: (head: number, map: string, heads: number) =>
    `there is no head ${head}; the map “${map}” has ${heads}, counted from 0`,
  noSteps: 'only a decoder has steps; leave the option out',
  step: (step: number, map: string, steps: number) =>
    `there is no step ${step}; the map “${map}” has ${steps}, counted from 0`,
  noPair: 'there is no second text; add --pair TEXT, or leave the option out',
  oneLayer: '--layer chooses one layer; leave one of the two out',
  unfiltered: (format: string) =>
    `${format} contains all weights as the model computed them; leave the option out, or choose csv`,
  binary: 'binary data is not written to a terminal; add --out FILE or a pipe',

  notDrawn: 'temperature, top-k and top-p are of models that predict the next token; this one does not',
  sampling: 'a seed, a temperature, top-k and top-p need --continue with a number of tokens',
  chatFile: 'the file contains all messages; leave --user and --system out',
  system: 'it needs a --user message after it',
  messages: (file: string, problem: string | null) =>
    `${file} has no turn that begins with user:, and is not a list of messages, ` +
    `[{"role": "user", "content": "…"}]${problem === null ? '' : ` (${problem})`}`,
  approval: 'a download needs your approval; run it in a terminal, or add --yes',
  nothingBeside: 'there is nothing to compare with; add --with MODEL, a second text, or --edit EDIT',
  tooManyBeside: (count: number, most: number) => `there are ${count} runs beside the first; at most ${most} are shown`,
  ofFirstText: 'it belongs to the first text alone; leave it or the second text out',
  nothingToCheck: (model: string) =>
    `the graphs of “${model}” output their attention, so nothing is exposed and there is nothing to compare`,
};
