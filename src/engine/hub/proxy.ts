import { AttentionError } from '../../core/errors/reason.ts';
import { isLoopback } from './host.ts';
import { words } from '../../core/words/words.ts';

/** What the editor's settings say of a proxy: `http.proxy`, `http.proxyAuthorization`, `http.noProxy`. */
export interface ProxySetting {
  readonly url?: string | undefined;
  /** The value of the header `Proxy-Authorization`; without it, the name and password in the address count. */
  readonly authorization?: string | undefined;
  readonly noProxy?: readonly string[] | undefined;
}

/** A proxy that is used for a request. */
export interface Proxy {
  readonly url: URL;
  readonly authorization: string | null;
}

/** Chooses the proxy of each request. */
export type ProxyChoice = (target: URL) => Proxy | null;

/**
 * The rules of a setting: this machine is always asked directly, and so are hosts of the exceptions (`example.org` with
 * its subdomains, `.example.org`, `*.example.org`, `host:port`, `*`). Without a setting the variables HTTPS_PROXY,
 * HTTP_PROXY and NO_PROXY count. Throws `argument-invalid` for an address that is no proxy's.
 */
export function proxyChoice(setting: ProxySetting, env: Readonly<Record<string, string | undefined>>): ProxyChoice {
  const variable = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const set = setting.url?.trim();
  const from = set ? 'http.proxy' : words().details.hub.proxyVariables;
  const secure = parseProxy(from, set || variable('HTTPS_PROXY') || variable('HTTP_PROXY'), setting.authorization);
  const plain = parseProxy(from, set || variable('HTTP_PROXY'), setting.authorization);
  const exceptions = [...(setting.noProxy ?? []), ...(variable('NO_PROXY')?.split(/[\s,]+/) ?? [])].filter(
    (entry) => entry !== '',
  );
  return (target) => {
    if (isLoopback(target.hostname) || exceptions.some((entry) => covers(entry, target))) return null;
    return target.protocol === 'https:' ? secure : plain;
  };
}

function parseProxy(argument: string, text: string | undefined, authorization: string | undefined): Proxy | null {
  if (text === undefined) return null;
  const address = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new AttentionError({
      code: 'argument-invalid',
      argument,
      detail: words().details.hub.proxyAddress,
    });
  }
  const given =
    url.username === ''
      ? null
      : `Basic ${Buffer.from(`${percentDecoded(url.username)}:${percentDecoded(url.password)}`).toString('base64')}`;
  return { url, authorization: authorization || given };
}

/** A name or password of an address; one that holds a bare % is meant as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function covers(entry: string, target: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (port !== undefined && port !== (target.port || (target.protocol === 'https:' ? '443' : '80'))) return false;
  const domain = name.replace(/^\*?\./, '');
  return domain !== '' && (target.hostname === domain || target.hostname.endsWith(`.${domain}`));
}
