import type { ReasonOf } from '../../../errors/reason.ts';
import { say, type ErrorText, type Wording } from '../../../errors/wording.ts';

/** A model, its files and its runs. */
export const modelErrors: Wording<
  | 'model-not-found'
  | 'model-file-missing'
  | 'model-file-invalid'
  | 'model-unsupported'
  | 'tokenizer-unsupported'
  | 'attention-not-found'
  | 'block-unreadable'
  | 'edit-impossible'
  | 'logits-not-linear'
  | 'memory-too-small'
  | 'run-failed'
  | 'length-fixed'
  | 'operator-missing'
  | 'budget-exceeded'
> = {
  'model-not-found': (reason) =>
    say(
      `The model “${reason.model}” is not on this machine.`,
      'Choose a built-in model, a model of the hub (organisation/name) or a model folder.',
      'Choose a built-in model, a model of the hub (organisation/name) or a model folder; ' +
        'the command “models” lists the models on this machine.',
    ),
  'model-file-missing': (reason) =>
    say(`The model “${reason.model}” has no file ${reason.file}.`, 'Add it to the folder, or choose another model.'),
  'model-file-invalid': (reason) =>
    say(
      `The file ${reason.file} of the model “${reason.model}” cannot be read: ${reason.detail}.`,
      'Replace the file, or choose another model.',
    ),
  'model-unsupported': (reason) =>
    say(`The model “${reason.model}” is not supported: ${reason.detail}.`, 'Choose a text model with attention.'),
  'tokenizer-unsupported': (reason) =>
    say(
      `The tokenizer of the model “${reason.model}” uses ${reason.component}, which is not supported.`,
      'Choose another model.',
    ),
  'attention-not-found': (reason) =>
    say(
      `No attention was found in the model “${reason.model}”: ${reason.detail}.`,
      'Choose another model, or another export of this one.',
    ),
  'logits-not-linear': (reason) =>
    say(
      `The logits of the model “${reason.model}” cannot be taken apart: ${reason.detail}.`,
      'Choose a decoder, whose logits come of the normed residual stream by one product.',
    ),
  'block-unreadable': (reason) =>
    say(
      `This weight of the model “${reason.model}” cannot be explained: ${reason.detail}.`,
      'Choose an export of the model that computes its attention in separate nodes (MatMul, Softmax, MatMul).',
    ),
  'edit-impossible': (reason) =>
    say(
      `This edit of the model “${reason.model}” cannot be made: ${reason.detail}.`,
      'Leave it out, or choose another export of the model.',
    ),
  'memory-too-small': (reason) =>
    say(
      `The model “${reason.model}” needs ${reason.needed} of memory; ${reason.budget} is available: ${reason.fits}.`,
      'Select a shorter text, choose a smaller model, or allow more memory.',
      'Give a shorter text, choose a smaller model, or allow more with --memory BYTES.',
    ),
  'run-failed': runFailed,
  'length-fixed': (reason) =>
    say(
      `The model “${reason.model}” accepts only texts of exactly ${reason.length} tokens (${reason.input}) and ` +
        'has no ' +
        `mask for padding; this text has ${reason.tokens}.`,
      'Choose an export of the model that accepts texts of any length, or a text of that length.',
    ),
  'operator-missing': (reason) =>
    say(
      `The file ${reason.file} of the model “${reason.model}” uses an operator that is not supported: ` +
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
function runFailed({ model, detail, cause }: ReasonOf<'run-failed'>): ErrorText {
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
        'A token or its position is outside the tables of this graph: the tokenizer may belong to another model. ' +
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
        'Choose another number format of the model: formats of few bits can overflow.',
        'Choose another number format of the model (--dtype): formats of few bits can overflow.',
      );
    case 'edits':
      return say(what, 'The edits make its numbers too large: choose smaller factors and biases.');
    default:
      return say(what, 'Try another text. If that also fails, choose another export of the model, or another model.');
  }
}
