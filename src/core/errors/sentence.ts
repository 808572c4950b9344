import { visibleLine, visibleName } from '../text/foreign.ts';
import type { Reason, StoreReason } from './reason.ts';

/** What a person is told: what happened, and what to do next. */
export interface Sentence {
  readonly what: string;
  readonly next: string;
}

/** The most characters that a sentence quotes of a message, and of a name or path. */
const maxDetail = 600;
const maxName = 240;

/**
 * Where a sentence is read. What happened is the same in both; what to do next is not: a terminal has no settings and
 * no selection.
 */
export type Surface = 'editor' | 'terminal';

/**
 * Turns a reason into words: the only place where that is done. Whatever a reason carries may come from a model, a
 * host, a file or a link: it stands in the sentence as visible text of one line and of bounded length.
 */
export function sentenceOf(reason: Reason, surface: Surface = 'editor'): Sentence {
  const { what, next, terminal } = wordsOf(visibleReason(reason));
  return { what, next: surface === 'terminal' ? terminal : next };
}

function visibleReason<R extends Reason>(reason: R): R {
  const fields = Object.entries(reason).map(([name, value]): [string, string] => [
    name,
    name === 'detail' ? visibleLine(value, maxDetail) : visibleName(value, maxName),
  ]);
  return Object.fromEntries(fields) as unknown as R;
}

/** A sentence with the next step in a terminal beside that in the editor. */
interface Words extends Sentence {
  readonly terminal: string;
}

function wordsOf(reason: Reason): Words {
  switch (reason.code) {
    case 'text-empty':
      return say(
        'There is no text to analyse.',
        'Select some words, or put the cursor into a sentence.',
        'Give the text in quotes, or - to read it from standard input.',
      );
    case 'pair-missing':
      return say(
        'A pair needs two texts.',
        'Select one, hold Alt (Option on a Mac) and select the other; or put the cursor into a sentence that another one follows.',
        'Give the second one with --pair TEXT.',
      );
    case 'text-too-short':
      return say(`The text is too short: ${reason.detail}.`, 'Select a longer text.', 'Give a longer text.');
    case 'argument-invalid':
      return say(`${reason.argument}: ${reason.detail}.`, 'Correct it and run again.');
    case 'model-not-found':
      return say(
        `The model “${reason.model}” is not on this machine.`,
        'Name a built-in model, a model of the hub (organisation/name) or the folder of a model.',
        'Name a built-in model, a model of the hub (organisation/name) or the folder of a model; the command models lists those that are here.',
      );
    case 'model-file-missing':
      return say(
        `The model “${reason.model}” has no file ${reason.file}.`,
        'Complete the folder, or choose another model.',
      );
    case 'model-file-invalid':
      return say(
        `The file ${reason.file} of the model “${reason.model}” cannot be read: ${reason.detail}.`,
        'Replace the file, or choose another model.',
      );
    case 'model-unsupported':
      return say(
        `The model “${reason.model}” is not supported: ${reason.detail}.`,
        'Choose a text model with attention.',
      );
    case 'tokenizer-unsupported':
      return say(
        `The tokenizer of the model “${reason.model}” uses ${reason.component}, which is not known here.`,
        'Choose another model.',
      );
    case 'attention-not-found':
      return say(
        `No attention was found in the model “${reason.model}”: ${reason.detail}.`,
        'Choose another model, or another export of this one.',
      );
    case 'memory-too-small':
      return say(
        `The model “${reason.model}” would take ${reason.needed} of memory here, and ${reason.budget} may be used: ${reason.fits}.`,
        'Select a shorter text, choose a smaller model, or allow more memory.',
        'Give a shorter text, choose a smaller model, or allow more with --memory BYTES.',
      );
    case 'run-failed':
    case 'length-fixed':
    case 'operator-missing':
      return runWords(reason);
    case 'analysis-gone':
      return say('This analysis is no longer in memory.', 'Run Show Attention again.', 'Run the command again.');
    case 'engine-missing':
      return say(
        `The model process could not be started: ${reason.detail}.`,
        'Reinstall the extension.',
        'Install Text Attention again.',
      );
    case 'engine-died':
      return say(
        `The model process ended in the middle of a run: ${reason.detail}.`,
        'Run again: a new process starts by itself. If it ends again, try a shorter text or a smaller model.',
        'Run it again. If it ends again, try a shorter text or a smaller model.',
      );
    case 'cancelled':
      return say(
        'The run was cancelled.',
        'Run Show Attention again when you like.',
        'Run the command again when you like.',
      );
    case 'message-invalid':
      return say(
        `A message between two parts of the extension was not understood: ${reason.detail}.`,
        'Reload the window.',
        'Run the command again.',
      );
    case 'file-failed':
      return say(`The file ${reason.file} could not be written or read: ${reason.detail}.`, 'Choose another place.');
    case 'export-too-large':
      return say(
        `The file would be larger than ${reason.most}.`,
        'Export fewer heads, or write it with the command line (dist/cli.cjs), which knows no limit.',
        'Write fewer heads.',
      );
    case 'panel-needed':
      return say(
        'A PNG is painted by the panel, which is not in view.',
        'Open it with Show Attention, then export again.',
        'Take --format svg instead.',
      );
    case 'picture-failed':
      return say(
        `The picture could not be painted: ${reason.detail}.`,
        'Export it as SVG instead.',
        'Take --format svg instead.',
      );
    case 'link-invalid':
      return say(
        `This link cannot be opened: ${reason.detail}.`,
        'Copy it again from where it was made, and update the extension if it is of a newer one.',
        'Open it in the editor.',
      );
    case 'link-impossible':
      return say(
        `No link can be made: ${reason.detail}.`,
        'Run Show Attention on a text of a saved file, and copy the link of that.',
        'Copy links in the editor.',
      );
    case 'link-lost':
      return say(
        `The link leads to a text in ${reason.file} that is not there: ${reason.detail}.`,
        'Open the version of the file that the link was made of, or copy a new link.',
        'Open it in the editor.',
      );
    case 'link-changed':
      return say(
        `The text in ${reason.file} has changed since the link was made.`,
        'You see what stands in its place now; undo the change and run again for what was meant.',
        'Open it in the editor.',
      );
    case 'budget-exceeded':
      return say(
        `The ${reason.component} of the model “${reason.model}” was stopped: ${reason.detail}.`,
        'Choose another model; if the text is very long, try a shorter one.',
      );
    case 'unexpected':
      return say(
        `Text Attention met an error of its own: ${reason.detail}.`,
        'Run again. If it stays, report it with the details in the log (Output: Text Attention).',
        'Run it again. If it stays, report it with the details that TEXT_ATTENTION_LOG=FILE writes to a file.',
      );
    default:
      return storeWords(reason);
  }
}

/** What a model could not run. */
function runWords(reason: Extract<Reason, { code: 'run-failed' | 'length-fixed' | 'operator-missing' }>): Words {
  switch (reason.code) {
    case 'run-failed':
      return failureWords(reason);
    case 'length-fixed':
      return say(
        `The model “${reason.model}” takes texts of exactly ${reason.length} tokens (${reason.input}) and has no mask to fill up others; this one has ${reason.tokens}.`,
        'Choose an export of the model that takes texts of any length, or a text of that length.',
      );
    case 'operator-missing':
      return say(
        `The file ${reason.file} of the model “${reason.model}” uses an operator that cannot be run here: ${reason.detail}.`,
        'Choose another number format or export of the model.',
        'Choose another number format of the model (--dtype), or another export.',
      );
  }
}

/**
 * The next step fits the cause: a shorter text helps where memory ran out, and not where a graph does not fit its
 * files.
 */
function failureWords({ model, detail, cause }: Extract<Reason, { code: 'run-failed' }>): Words {
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
        'A token or its position is beyond the tables of this graph: the tokenizer may belong to another model. Try a shorter text, or choose another export of the model.',
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

function storeWords(reason: StoreReason): Words {
  switch (reason.code) {
    case 'model-not-downloaded':
      return say(
        `The model “${reason.model}” has not been downloaded to this machine.`,
        'Download it, or choose a model that is here.',
        `Download it (node dist/cli.cjs download ${reason.model}), or choose a model that is here (node dist/cli.cjs models).`,
      );
    case 'model-damaged':
      return say(
        `The downloaded model “${reason.model}” is not complete: a file is missing or has changed.`,
        'Download it again: files that are whole are kept.',
        `Download it again (node dist/cli.cjs download ${reason.model}): files that are whole are kept.`,
      );
    case 'offline':
      return say(
        `The model “${reason.model}” is not on this machine, and working offline is switched on.`,
        'Switch it off to download the model, or choose a model that is here.',
        'Choose a model that is here (node dist/cli.cjs models).',
      );
    case 'hub-unreachable':
      return say(
        `The host ${reason.host} could not be reached: ${reason.detail}.`,
        'Check the connection, the proxy (http.proxy) and the host in the settings, then try again.',
        'Check the connection, the proxy (HTTPS_PROXY) and the host (--host), then try again.',
      );
    case 'hub-not-found':
      return say(
        `The host ${reason.host} has no ${reason.wanted}.`,
        'Check the spelling and the revision; a private model also needs a token.',
        'Check the spelling and the revision; a private model also needs a token (HF_TOKEN).',
      );
    case 'hub-gated':
      return say(
        `The host ${reason.host} gives “${reason.model}” only to accounts that may read it.`,
        "Accept the terms on the model's page and set a token of your account, or choose another model.",
        "Accept the terms on the model's page and set HF_TOKEN to a token of your account (for another host than the usual one HF_ENDPOINT names that host), or choose another model.",
      );
    case 'hub-busy':
      return say(
        `The host ${reason.host} is busy and asks to wait (${reason.wait}).`,
        'Try again after that: a download continues where it stopped.',
      );
    case 'hub-refused':
      return say(
        `The host ${reason.host} could not answer (status ${reason.status}).`,
        'Try again later: a download continues where it stopped.',
      );
    case 'hub-invalid':
      return say(
        `The host ${reason.host} sent something unexpected: ${reason.detail}.`,
        'See whether the network asks for a login, and check the host and the proxy in the settings.',
        'See whether the network asks for a login, and check the host (--host) and the proxy (HTTPS_PROXY).',
      );
    case 'hub-unsuitable':
      return say(
        `The model “${reason.model}” cannot be used: ${reason.detail}.`,
        'Look for a conversion of it to ONNX for transformers.js, or convert it and name the folder.',
      );
    case 'download-corrupt':
      return say(
        `The file ${reason.file} of “${reason.model}” did not arrive as it should: ${reason.detail}.`,
        'It was thrown away. Try again; if it happens again, choose another host or model.',
      );
    case 'download-interrupted':
      return say(
        `The download of ${reason.file} of “${reason.model}” was interrupted: ${reason.detail}.`,
        'Try again: it continues where it stopped.',
      );
    case 'disk-full':
      return say(
        `There is not enough room in ${reason.folder}: ${reason.needed} are needed, ${reason.free} are free.`,
        'Delete models or other files, or choose another folder for models.',
        'Delete models (node dist/cli.cjs delete ID) or other files, or choose another folder for models (TEXT_ATTENTION_STORE).',
      );
    case 'model-locked':
      return say(
        `The model “${reason.model}” is in use by ${reason.by}.`,
        'Wait until that is done, or cancel it there.',
      );
  }
}

/** Both halves in one line, for a terminal or a notification. */
export function lineOf(reason: Reason, surface: Surface = 'editor'): string {
  const { what, next } = sentenceOf(reason, surface);
  return `${what} ${next}`;
}

/** `terminal` is the next step in a terminal where the editor's does not fit there. */
function say(what: string, next: string, terminal: string = next): Words {
  return { what: what.replace(/\.{2,}$/, '.'), next, terminal };
}
