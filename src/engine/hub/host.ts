import { AttentionError } from '../../core/errors/reason.ts';
import { words } from '../../core/words/words.ts';

/** Where models come from unless a mirror is set. */
export const defaultHost = 'https://huggingface.co';

/** The host setting as an address whose path ends with `/`. Throws `argument-invalid`. */
export function parseHost(setting: string | undefined): URL {
  const text = setting?.trim() || defaultHost;
  if (!URL.canParse(text)) throw refused(text, words().details.hub.address);
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused(text, words().details.hub.addressScheme);
  if (url.username !== '' || url.password !== '') throw refused(url.host, words().details.hub.addressPassword);
  if (url.search !== '' || url.hash !== '') throw refused(text, words().details.hub.addressQuery);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** Whether a name stands for this machine, so that no proxy and no secrecy is needed to talk to it. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * Whether a token may be sent to `url`: only to the very host of the setting, and never in the clear over a network.
 */
export function mayCarryToken(url: URL, host: URL): boolean {
  return url.origin === host.origin && (url.protocol === 'https:' || isLoopback(url.hostname));
}

/**
 * The token of the environment, if it belongs to the host of the setting: to the usual hub, or to the one that
 * HF_ENDPOINT names beside it; else null. Throws `argument-invalid` for addresses that cannot be meant.
 */
export function environmentToken(
  host: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const token = env['HF_TOKEN']?.trim();
  if (!token) return null;
  return parseHost(host).origin === parseHost(env['HF_ENDPOINT']).origin ? token : null;
}

function refused(text: string, detail: string): AttentionError {
  return new AttentionError({
    code: 'argument-invalid',
    argument: words().details.hub.host(text.slice(0, 200)),
    detail,
  });
}
