import * as vscode from 'vscode';
import type { Dtype } from '../../core/catalogue/dtype.ts';
import { hubIdOf, nameOf } from '../../core/catalogue/hub-id.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { AttentionError, reasonOf, type Reason } from '../../core/errors/reason.ts';
import type { DownloadPlan, StoredModel } from '../../protocol/hub.ts';
import type { Log } from '../window/log.ts';
import { attempt } from './attempt.ts';
import type { AccessToken } from './access-token.ts';
import { chooseFormat, consentTo, type Consent } from './consent.ts';
import type { ModelStore } from './model-store.ts';
import { downloadWords } from './descriptions.ts';
import { showInformation, withProgress, type ProgressOptions } from '../window/window.ts';

/** A model that has arrived, and the number format where the person asked for one. */
export interface Downloaded {
  readonly model: StoredModel;
  readonly dtype: Dtype | undefined;
}

/** How a download begins: with the consent, or with the choice of a number format before it. */
export interface DownloadRequest {
  readonly model: string;
  readonly formats: boolean;
}

/** Downloads models, never without the person's consent to what exactly is fetched from where. */
export class Downloads {
  readonly #store: ModelStore;
  readonly #token: AccessToken;
  readonly #log: Log;
  readonly #running = new Set<string>();

  constructor(store: ModelStore, token: AccessToken, log: Log) {
    this.#store = store;
    this.#token = token;
    this.#log = log;
  }

  /** Resolves with the model, or null when it did not come: the person has been told why, or chose so. */
  async get(request: DownloadRequest): Promise<Downloaded | null> {
    if (this.#running.has(request.model)) {
      void showInformation(
        vscode.l10n.t('“{0}” is already downloading. Its notification shows the progress.', request.model),
      );
      return null;
    }
    this.#running.add(request.model);
    try {
      return await this.#get(request);
    } finally {
      this.#running.delete(request.model);
    }
  }

  /**
   * Whether a model of the hub is on this machine as a whole, or is now: where it is not, the person is asked, as by
   * {@link get}.
   */
  async ensure(model: string): Promise<boolean> {
    const here = await attempt(this.#token, () => this.#store.inventory());
    if (!here) return false;
    const wanted = hubIdOf(model);
    const known = here.stored.find((stored) => stored.id === wanted?.id && stored.revision === wanted.revision);
    return known?.state === 'complete' || (await this.get({ model, formats: false })) !== null;
  }

  async #get({ model, formats }: DownloadRequest): Promise<Downloaded | null> {
    let chosen: Dtype | undefined;
    let plan = await this.#plan(model, undefined);
    for (let choosing = formats; plan; choosing = true) {
      if (choosing) {
        chosen = (await chooseFormat(plan)) ?? undefined;
        if (chosen === undefined) return null;
        if (chosen !== plan.dtype) plan = await this.#plan(model, chosen);
      }
      const answer = plan && (await this.#consent(plan));
      if (!plan || answer === null) return null;
      if (answer === 'download') return this.#download(plan, chosen);
    }
    return null;
  }

  /** Where every byte is here already there is nothing to agree to. */
  async #consent(plan: DownloadPlan): Promise<Consent | null> {
    if (plan.missingBytes === 0) return 'download';
    const here = await attempt(this.#token, () => this.#store.inventory());
    return here && consentTo(plan, here);
  }

  #plan(model: string, dtype: Dtype | undefined): Promise<DownloadPlan | null> {
    return attempt(this.#token, () =>
      withProgress(vscode.l10n.t('Looking up “{0}”', model), downloadWords, (options) =>
        this.#store.plan(model, dtype, options),
      ),
    );
  }

  async #download(plan: DownloadPlan, dtype: Dtype | undefined): Promise<Downloaded | null> {
    const name = nameOf(plan);
    this.#log.info(`Downloading ${name} (${plan.dtype}, ${sizeOf(plan.missingBytes)}) from ${plan.host}.`);
    const model = await attempt(
      this.#token,
      () =>
        withProgress(vscode.l10n.t('Downloading “{0}”', name), downloadWords, (options) => this.#fetch(plan, options)),
      () => cancelled(name),
    );
    this.#log.info(
      model ? `${name} is here: ${sizeOf(model.bytes)} in ${model.folder}.` : `${name} was not downloaded.`,
    );
    return model && { model, dtype };
  }

  /** When the process ends in the middle, that is an interrupted download: what has arrived is kept. */
  async #fetch(plan: DownloadPlan, options: ProgressOptions): Promise<StoredModel> {
    let file = plan.files[0]?.path ?? '';
    try {
      return await this.#store.download(plan, {
        ...options,
        onProgress: (progress) => {
          if (progress.stage === 'downloading') file = progress.detail ?? file;
          options.onProgress(progress);
        },
      });
    } catch (thrown) {
      throw interrupted(reasonOf(thrown), nameOf(plan), file) ?? thrown;
    }
  }
}

function interrupted(reason: Reason, model: string, file: string): AttentionError | null {
  return reason.code === 'engine-died'
    ? new AttentionError({ code: 'download-interrupted', model, file, detail: reason.detail })
    : null;
}

/** Tells that a cancelled download can be continued. Resolves with whether it shall be, at once. */
async function cancelled(name: string): Promise<boolean> {
  const button = vscode.l10n.t('Continue');
  const line = vscode.l10n.t(
    'The download of “{0}” was cancelled. The part on this machine is kept: continue at any time.',
    name,
  );
  return (await showInformation(line, button)) === button;
}
