import type { StoreReason } from './reason.ts';
import { say, type Wording } from './wording.ts';

/** Models of a hub, and the folder that keeps them. */
export const storeWords: Wording<StoreReason['code']> = {
  'model-not-downloaded': (reason) =>
    say(
      `The model “${reason.model}” has not been downloaded to this machine.`,
      'Download it, or choose a model that is here.',
      `Download it (node dist/cli.cjs download ${reason.model}), ` +
        'or choose a model that is here (node dist/cli.cjs models).',
    ),
  'model-damaged': (reason) =>
    say(
      `The downloaded model “${reason.model}” is not complete: a file is missing or has changed.`,
      'Download it again: files that are whole are kept.',
      `Download it again (node dist/cli.cjs download ${reason.model}): files that are whole are kept.`,
    ),
  offline: (reason) =>
    say(
      `The model “${reason.model}” is not on this machine, and working offline is switched on.`,
      'Switch it off to download the model, or choose a model that is here.',
      'Choose a model that is here (node dist/cli.cjs models).',
    ),
  'hub-unreachable': (reason) =>
    say(
      `The host ${reason.host} could not be reached: ${reason.detail}.`,
      'Check the connection, the proxy (http.proxy) and the host in the settings, then try again.',
      'Check the connection, the proxy (HTTPS_PROXY) and the host (--host), then try again.',
    ),
  'hub-not-found': (reason) =>
    say(
      `The host ${reason.host} has no ${reason.wanted}.`,
      'Check the spelling and the revision; a private model also needs a token.',
      'Check the spelling and the revision; a private model also needs a token (HF_TOKEN).',
    ),
  'hub-gated': (reason) =>
    say(
      `The host ${reason.host} gives “${reason.model}” only to accounts that may read it.`,
      "Accept the terms on the model's page and set a token of your account, or choose another model.",
      "Accept the terms on the model's page and set HF_TOKEN to a token of your account (for another host than " +
        'the usual one HF_ENDPOINT names that host), or choose another model.',
    ),
  'hub-busy': (reason) =>
    say(
      `The host ${reason.host} is busy and asks to wait (${reason.wait}).`,
      'Try again after that: a download continues where it stopped.',
    ),
  'hub-refused': (reason) =>
    say(
      `The host ${reason.host} could not answer (status ${reason.status}).`,
      'Try again later: a download continues where it stopped.',
    ),
  'hub-invalid': (reason) =>
    say(
      `The host ${reason.host} sent something unexpected: ${reason.detail}.`,
      'See whether the network asks for a login, and check the host and the proxy in the settings.',
      'See whether the network asks for a login, and check the host (--host) and the proxy (HTTPS_PROXY).',
    ),
  'hub-unsuitable': (reason) =>
    say(
      `The model “${reason.model}” cannot be used: ${reason.detail}.`,
      'Look for a conversion of it to ONNX for transformers.js, or convert it and name the folder.',
    ),
  'download-corrupt': (reason) =>
    say(
      `The file ${reason.file} of “${reason.model}” did not arrive as it should: ${reason.detail}.`,
      'It was thrown away. Try again; if it happens again, choose another host or model.',
    ),
  'download-interrupted': (reason) =>
    say(
      `The download of ${reason.file} of “${reason.model}” was interrupted: ${reason.detail}.`,
      'Try again: it continues where it stopped.',
    ),
  'disk-full': (reason) =>
    say(
      `There is not enough room in ${reason.folder}: ${reason.needed} are needed, ${reason.free} are free.`,
      'Delete models or other files, or choose another folder for models.',
      'Delete models (node dist/cli.cjs delete ID) or other files, ' +
        'or choose another folder for models (TEXT_ATTENTION_STORE).',
    ),
  'model-locked': (reason) =>
    say(`The model “${reason.model}” is in use by ${reason.by}.`, 'Wait until that is done, or cancel it there.'),
};
