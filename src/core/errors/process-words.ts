import { say, type Wording } from './wording.ts';

/** The processes: the engine, messages, what nobody foresaw. */
export const processWords: Wording<
  'analysis-gone' | 'engine-missing' | 'engine-died' | 'cancelled' | 'message-invalid' | 'unexpected'
> = {
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
    say('The run was cancelled.', 'Run Show Attention again when you like.', 'Run the command again when you like.'),
  'message-invalid': (reason) =>
    say(
      `A message between two parts of the extension was not understood: ${reason.detail}.`,
      'Reload the window.',
      'Run the command again.',
    ),
  unexpected: (reason) =>
    say(
      `Text Attention met an error of its own: ${reason.detail}.`,
      'Run again. If it stays, report it with the details in the log (Output: Text Attention).',
      'Run it again. If it stays, report it with the details that TEXT_ATTENTION_LOG=FILE writes to a file.',
    ),
};
