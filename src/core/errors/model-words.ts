import type { ReasonOf } from './reason.ts';
import { say, type Wording, type Words } from './wording.ts';

/** A model, its files and its runs. */
export const modelWords: Wording<
  | 'model-not-found'
  | 'model-file-missing'
  | 'model-file-invalid'
  | 'model-unsupported'
  | 'tokenizer-unsupported'
  | 'attention-not-found'
  | 'memory-too-small'
  | 'run-failed'
  | 'length-fixed'
  | 'operator-missing'
  | 'budget-exceeded'
> = {
  'model-not-found': (reason) =>
    say(
      `The model “${reason.model}” is not on this machine.`,
      'Name a built-in model, a model of the hub (organisation/name) or the folder of a model.',
      'Name a built-in model, a model of the hub (organisation/name) or the folder of a model; ' +
        'the command models lists those that are here.',
    ),
  'model-file-missing': (reason) =>
    say(`The model “${reason.model}” has no file ${reason.file}.`, 'Complete the folder, or choose another model.'),
  'model-file-invalid': (reason) =>
    say(
      `The file ${reason.file} of the model “${reason.model}” cannot be read: ${reason.detail}.`,
      'Replace the file, or choose another model.',
    ),
  'model-unsupported': (reason) =>
    say(`The model “${reason.model}” is not supported: ${reason.detail}.`, 'Choose a text model with attention.'),
  'tokenizer-unsupported': (reason) =>
    say(
      `The tokenizer of the model “${reason.model}” uses ${reason.component}, which is not known here.`,
      'Choose another model.',
    ),
  'attention-not-found': (reason) =>
    say(
      `No attention was found in the model “${reason.model}”: ${reason.detail}.`,
      'Choose another model, or another export of this one.',
    ),
  'memory-too-small': (reason) =>
    say(
      `The model “${reason.model}” would take ${reason.needed} of memory here, and ${reason.budget} may be used: ` +
        `${reason.fits}.`,
      'Select a shorter text, choose a smaller model, or allow more memory.',
      'Give a shorter text, choose a smaller model, or allow more with --memory BYTES.',
    ),
  'run-failed': failureWords,
  'length-fixed': (reason) =>
    say(
      `The model “${reason.model}” takes texts of exactly ${reason.length} tokens (${reason.input}) and has no ` +
        `mask to fill up others; this one has ${reason.tokens}.`,
      'Choose an export of the model that takes texts of any length, or a text of that length.',
    ),
  'operator-missing': (reason) =>
    say(
      `The file ${reason.file} of the model “${reason.model}” uses an operator that cannot be run here: ` +
        `${reason.detail}.`,
      'Choose another number format or export of the model.',
      'Choose another number format of the model (--dtype), or another export.',
    ),
  'budget-exceeded': (reason) =>
    say(
      `The ${reason.component} of the model “${reason.model}” was stopped: ${reason.detail}.`,
      'Choose another model; if the text is very long, try a shorter one.',
    ),
};

/**
 * The next step fits the cause: a shorter text helps where memory ran out, and not where a graph does not fit its
 * files.
 */
function failureWords({ model, detail, cause }: ReasonOf<'run-failed'>): Words {
  const what = `The model “${model}” failed on this text: ${detail}.`;
  switch (cause) {
    case 'memory':
      return say(
        what,
        'Select a shorter text, or choose a smaller model.',
        'Give a shorter text, or choose a smaller model.',
      );
    case 'index':
      return say(
        what,
        'A token or its position is beyond the tables of this graph: the tokenizer may belong to another model. ' +
          'Try a shorter text, or choose another export of the model.',
      );
    case 'input':
      return say(
        what,
        'The graph does not fit the other files of the model: choose another export of it, or another model.',
      );
    case 'numbers':
      return say(
        what,
        'Choose another number format of the model: few bits can overflow.',
        'Choose another number format of the model (--dtype): few bits can overflow.',
      );
    default:
      return say(what, 'Try another text. If that fails, too, choose another export of the model, or another model.');
  }
}
