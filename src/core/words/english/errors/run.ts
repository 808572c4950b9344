import { modelArguments, say, type Wording } from '../../../errors/wording.ts';

/** What is asked for (the text, the pair, an argument), and the processes that do it. */
export const runErrors: Wording<
  | 'text-empty'
  | 'pair-missing'
  | 'chat-missing'
  | 'task-missing'
  | 'text-too-short'
  | 'argument-invalid'
  | 'analysis-gone'
  | 'engine-missing'
  | 'engine-died'
  | 'cancelled'
  | 'message-invalid'
  | 'unexpected'
> = {
  'text-empty': () =>
    say(
      'There is no text to analyse.',
      'Select some words, or put the cursor in a sentence.',
      'Give the text in quotes, or - to read it from standard input.',
    ),
  'pair-missing': () =>
    say(
      'A pair needs two texts.',
      'Select one, hold Alt (Option on a Mac) and select the other; ' +
        'or put the cursor in a sentence that has another one after it.',
      'Give the second one with --pair TEXT.',
    ),
  'chat-missing': () =>
    say(
      'There is no chat here.',
      'Begin it with a line such as “user: Hello”; only headings and comments may come before that.',
      'Give a user message.',
    ),
  'task-missing': ({ task, model }) =>
    say(
      `No model on this machine ${task}; one on the hub is ${model}.`,
      'Download it after you review its size and licence, then run the command again.',
    ),
  'text-too-short': (reason) =>
    say(`The text is too short: ${reason.detail}.`, 'Select a longer text.', 'Give a longer text.'),
  'argument-invalid': ({ argument, detail }) =>
    argument === 'chat'
      ? say(
          `chat: ${detail}.`,
          'Choose a chat model, change the messages, or select the words of one message to analyse them as plain text.',
          'Choose a chat model with --model, change the messages, or give a text.',
        )
      : modelArguments.has(argument)
        ? say(
            `${argument}: ${detail}.`,
            'Choose another model, or leave it out.',
            'Choose another model with --model, or leave it out.',
          )
        : say(`${argument}: ${detail}.`, 'Correct it and run again.'),
  'analysis-gone': () =>
    say('This analysis is no longer in memory.', 'Run Show Attention again.', 'Run the command again.'),
  'engine-missing': (reason) =>
    say(
      `The model process could not be started: ${reason.detail}.`,
      'Reinstall the extension.',
      'Install Text Attention again.',
    ),
  'engine-died': (reason) =>
    say(
      `The model process ended in the middle of a run: ${reason.detail}.`,
      'Run again: a new process starts by itself. If it ends again, try a shorter text or a smaller model.',
      'Run it again. If it ends again, try a shorter text or a smaller model.',
    ),
  cancelled: () =>
    say(
      'The run was cancelled.',
      'To start it again, run Show Attention.',
      'To start it again, run the command again.',
    ),
  'message-invalid': (reason) =>
    say(
      `Two parts of Text Attention do not fit each other: ${reason.detail}.`,
      'Reload the window.',
      'Run the command again.',
    ),
  unexpected: (reason) =>
    say(
      `Text Attention had an unexpected error: ${reason.detail}.`,
      'Run again. If it happens again, report it with the details from the log (Output: Text Attention).',
      'Run it again. If it happens again, report it with the details that TEXT_ATTENTION_LOG=FILE writes to a file.',
    ),
};
