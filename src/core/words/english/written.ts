import { groupedText } from '../../attention/number-words.ts';
import { countText } from './grammar.ts';

/** Predictions beside the sentence, how tokens are drawn, and writing on. */
export const written = {
  name: 'Predictions',
  show: 'Show the predictions.',
  hide: 'Hide the predictions.',
  next: 'Next token',
  after: (token: string) => `After ${token}`,
  inPlaceOf: (token: string) => `In place of ${token}`,
  mask: (index: number) => `Mask at token ${index}`,
  meaning:
    'The most probable tokens here, with their probabilities under the settings. Grey: cut off by top-k or top-p, ' +
    'or forbidden by a rule of the model.',
  /** Of one candidate. */
  cut: 'cut off',
  candidate: (token: string, probability: string, drawn: string) =>
    probability === drawn
      ? `${token}: probability ${probability}`
      : `${token}: probability ${probability}; ${drawn} with these settings`,
  writeIt: 'Click: write this token.',
  fillIt: 'Click: put this word in place of the mask, in the document.',
  actual: 'in the text',
  actualMeaning: (token: string, rank: string) => `The text has ${token} here: ${rank}.`,
  rank: (rank: number) => `rank ${groupedText(rank + 1)}`,
  kept: (kept: number, vocabulary: number) =>
    kept === vocabulary
      ? `all of ${countText(vocabulary, 'token')}`
      : `${groupedText(kept)} of ${countText(vocabulary, 'token')}`,
  keptMeaning: 'How many tokens of the vocabulary can be drawn.',
  notKept: 'Settings apply to the last tokens of a long text only.',

  sampling: 'Sampling',
  sample: 'Sample',
  sampleMeaning: 'Draw each token at random by its probability. Off: always the most probable token.',
  seed: 'Seed',
  seedMeaning: 'The same seed draws the same tokens.',
  temperature: 'Temperature',
  temperatureMeaning: 'The logits are divided by it before the softmax: below 1 sharpens, above 1 flattens.',
  topK: 'Top-k',
  topKMeaning: 'Draw only from the k most probable tokens. Empty: all.',
  topP: 'Top-p',
  topPMeaning: 'Draw only from the most probable tokens that together reach this probability. Empty: all.',
  none: 'all',
  reset: 'Reset',
  resetMeaning: 'Temperature 1, no top-k, no top-p.',

  continue: 'Continue',
  continueMeaning: (tokens: number) => `Let the model write ${countText(tokens, 'more token')}.`,
  count: 'Tokens',
  countMeaning: 'How many tokens Continue writes.',
  tokens: 'tokens',
  one: 'One token',
  oneMeaning: 'Let the model write one more token.',
  back: 'Remove last',
  backMeaning: 'Remove the last token that the model wrote.',
  another: 'Take another',
  anotherMeaning: 'Write the same number of tokens again with the next seed.',
  accept: 'Accept into the text',
  acceptMeaning: 'Insert what the model wrote into the document, as one step that can be undone.',
  clear: 'Discard',
  clearMeaning: 'Go back to the text without what the model wrote.',
  ended: (token: string) => `The model ended the text here, with ${token}. To go on, click another token.`,
  writing: 'Writing…',
  cancel: 'Cancel',
  cancelMeaning: 'Stop writing.',
  wrote: (text: string) => `Written: ${text}`,
  table: {
    caption: (where: string) => `Predictions, ${where}`,
    token: 'Token',
    probability: 'Probability',
    drawn: 'Drawn',
  },
};
