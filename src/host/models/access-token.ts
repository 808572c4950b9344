import * as vscode from 'vscode';
import { settings } from '../window/settings.ts';
import { askText, showInformation } from '../window/window.ts';

/** What is needed of the editor's secret storage. */
export type Secrets = Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>;

/**
 * The access token for models that a host gives only to some accounts. It lives in the editor's secret storage alone,
 * under the host that it was set for: another host never gets it.
 */
export class AccessToken {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** The token for the host of the settings; null when there is none. */
  async get(): Promise<string | null> {
    return (await this.#secrets.get(key())) ?? null;
  }

  /** Asks the person for a token. Resolves with whether there is a new one. */
  async ask(): Promise<boolean> {
    const token = await askText(
      {
        title: vscode.l10n.t('Attention: Set Access Token'),
        prompt: [
          vscode.l10n.t('An access token of your account on {0}, with permission to read models.', hostName()),
          vscode.l10n.t('It is kept in the editor’s secret storage and sent only to this host.'),
        ].join(' '),
        password: true,
        ignoreFocusOut: true,
      },
      (value) =>
        /^[\x21-\x7e]+$/u.test(value.trim())
          ? null
          : vscode.l10n.t('A token is one word: letters, digits and punctuation, no spaces.'),
    );
    if (token === undefined || token.trim() === '') return false;
    await this.#secrets.store(key(), token.trim());
    return true;
  }

  /** Forgets the token of the host, and tells the person. */
  async remove(): Promise<void> {
    const there = (await this.get()) !== null;
    await this.#secrets.delete(key());
    void showInformation(
      there
        ? vscode.l10n.t('The access token for {0} was removed. To set another, run Set Access Token.', hostName())
        : vscode.l10n.t('There is no access token for {0}. To set one, run Set Access Token.', hostName()),
    );
  }
}

function key(): string {
  return `hub-token ${(settings.hubHost ?? '').replace(/\/+$/u, '').toLowerCase()}`;
}

function hostName(): string {
  return settings.hubHost ?? vscode.l10n.t('the Hugging Face Hub');
}
