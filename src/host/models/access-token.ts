import type * as vscode from 'vscode';
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
        title: 'Attention: Set Access Token',
        prompt:
          `A token that may read models, from your account on ${hostWords()}. ` +
          'It is kept in the secret storage of the editor and sent to this host alone.',
        password: true,
        ignoreFocusOut: true,
      },
      (value) => (/^[\x21-\x7e]+$/u.test(value.trim()) ? null : 'A token is one word of letters, digits and signs.'),
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
        ? `The access token for ${hostWords()} is removed. Set another with Set Access Token when a model asks for one.`
        : `There is no access token for ${hostWords()}. Set one with Set Access Token when a model asks for one.`,
    );
  }
}

function key(): string {
  return `hub-token ${(settings.hubHost ?? '').replace(/\/+$/u, '').toLowerCase()}`;
}

function hostWords(): string {
  return settings.hubHost ?? 'the hub';
}
