import { files } from './details/files.ts';
import { block, graph } from './details/graph.ts';
import { hub } from './details/hub.ts';
import { options } from './details/options.ts';
import { analysis, chat, messages, model, store } from './details/parts.ts';
import { config, inputs, run } from './details/run.ts';
import { tokenizer } from './details/tokenizer.ts';

/** Why a link cannot be made or opened. */
const link = {
  halfCharacter: 'a name in it contains half a character',
  relativeModel: 'the path of its model is not absolute',
  long: (characters: number, max: number) => `it would have ${characters} characters; the limit is ${max}`,
  version: (version: string) => `its version is ${version}, and only 1 is supported`,
  noVersion: 'it has no version',
  empty: 'its text is empty',
  noDocument: 'it names no document',
  scheme: (scheme: string) => `links do not open documents of the kind “${scheme}”`,
  noPlace: 'it does not say where the text is',
  noModel: 'it names no model',
  edits: 'its edits cannot be read',
  selection: 'its selection is not valid',
  view: 'its view is not known',
};

/** What is expected of a value. */
const values = {
  missing: 'it is missing',
  expected: (expected: string, received: string) => `${expected} is expected, not ${received}`,
  invalid: (received: string) => `${received} is not valid`,
  whole: (min: number, max: number) => `a whole number from ${min} to ${max} is expected`,
  positive: 'a number above 0 is expected',
  probability: 'a probability above 0 and at most 1 is expected',
};

/**
 * What exactly is wrong, for the middle of a sentence of an error: `it …` is the thing that the sentence speaks of, no
 * full stop.
 */
export const details = {
  analysis,
  block,
  chat,
  config,
  files,
  graph,
  hub,
  inputs,
  link,
  messages,
  model,
  options,
  run,
  store,
  tokenizer,
  values,
};
