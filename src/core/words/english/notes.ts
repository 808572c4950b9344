import { countText } from '../../attention/number-words.ts';

/** What is told of how a text was run, a sentence each. */
export const notes = {
  textShortened: (limit: number) => `The text was shortened: the model takes ${countText(limit, 'token')}.`,
  pairShortened: (limit: number) => `The texts were shortened: the model takes ${countText(limit, 'token')} for both.`,
};
