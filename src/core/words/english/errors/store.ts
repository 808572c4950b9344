import type { StoreReason } from '../../../errors/reason.ts';
import { say, type Wording } from '../../../errors/wording.ts';

/** Models of a hub, and the folder that keeps them. */
export const storeErrors: Wording<StoreReason['code']> = {
  'model-not-downloaded': (reason) =>
    say(
      `The model “${reason.model}” has not been downloaded to this machine.`,
      'Download it, or choose a model that is on this machine.',
      `Download it (node dist/cli.cjs download ${reason.model}), ` +
        'or choose a model that is on this machine (node dist/cli.cjs models).',
    ),
  'model-damaged': (reason) =>
    say(
      `The downloaded model “${reason.model}” is incomplete: a file is missing or has changed.`,
      'Download it again: intact files are kept.',
      `Download it again (node dist/cli.cjs download ${reason.model}): intact files are kept.`,
    ),
  offline: (reason) =>
    say(
      `The model “${reason.model}” is not on this machine, and offline mode is on.`,
      'Turn offline mode off to download the model, or choose a model that is on this machine.',
      'Choose a model that is on this machine (node dist/cli.cjs models).',
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
      `The host ${reason.host} restricts access to “${reason.model}”.`,
      "Accept the terms on the model's page and set a token of your account, or choose another model.",
      "Accept the terms on the model's page and set HF_TOKEN to a token of your account (for a host other than " +
        'the default, HF_ENDPOINT names that host), or choose another model.',
    ),
  'hub-busy': (reason) =>
    say(
      `The host ${reason.host} is busy and asks to wait (${reason.wait}).`,
      'Try again after that: a download continues where it stopped.',
    ),
  'hub-refused': (reason) =>
    say(
      `The host ${reason.host} answered with an error (status ${reason.status}).`,
      'Try again later: a download continues where it stopped.',
    ),
  'hub-invalid': (reason) =>
    say(
      `The host ${reason.host} sent something unexpected: ${reason.detail}.`,
      'Check whether the network asks for a login, and check the host and the proxy in the settings.',
      'Check whether the network asks for a login, and check the host (--host) and the proxy (HTTPS_PROXY).',
    ),
  'hub-unsuitable': (reason) =>
    say(
      `The model “${reason.model}” cannot be used: ${reason.detail}.`,
      'Look for a conversion of it to ONNX for transformers.js, or convert it and choose the folder.',
    ),
  'download-corrupt': (reason) =>
    say(
      `The file ${reason.file} of “${reason.model}” failed verification and was deleted: ${reason.detail}.`,
      'Try again. If it happens again, choose another host or model.',
    ),
  'download-interrupted': (reason) =>
    say(
      `The download of ${reason.file} of “${reason.model}” was interrupted: ${reason.detail}.`,
      'Try again: it continues where it stopped.',
    ),
  'disk-full': (reason) =>
    say(
      `There is not enough space in ${reason.folder}: ${reason.needed} needed, ${reason.free} free.`,
      'Delete models or other files, or choose another folder for models.',
      'Delete models (node dist/cli.cjs delete ID) or other files, ' +
        'or choose another folder for models (TEXT_ATTENTION_STORE).',
    ),
  'model-locked': (reason) =>
    say(`The model “${reason.model}” is in use by ${reason.by}.`, 'Wait until that is finished, or cancel it there.'),
};
