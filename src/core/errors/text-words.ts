import { say, type Wording } from './wording.ts';

/** What is asked for: the text, the pair, an argument. */
export const textWords: Wording<'text-empty' | 'pair-missing' | 'text-too-short' | 'argument-invalid'> = {
  'text-empty': () =>
    say(
      'There is no text to analyse.',
      'Select some words, or put the cursor into a sentence.',
      'Give the text in quotes, or - to read it from standard input.',
    ),
  'pair-missing': () =>
    say(
      'A pair needs two texts.',
      'Select one, hold Alt (Option on a Mac) and select the other; ' +
        'or put the cursor into a sentence that another one follows.',
      'Give the second one with --pair TEXT.',
    ),
  'text-too-short': (reason) =>
    say(`The text is too short: ${reason.detail}.`, 'Select a longer text.', 'Give a longer text.'),
  'argument-invalid': (reason) => say(`${reason.argument}: ${reason.detail}.`, 'Correct it and run again.'),
};
