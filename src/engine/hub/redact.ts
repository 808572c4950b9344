import { AttentionError, reasonOf, type Reason } from '../../core/errors/reason.ts';
import type { HubRequest } from '../../protocol/hub.ts';
import { percentDecoded } from './proxy.ts';

/** Shorter texts are no secrets, and would be found in ordinary words. */
const shortest = 4;
const hidden = '•••';

/**
 * What was thrown, without the token and the proxy's password: a host can send them back in an address, and so into a
 * message.
 */
export function redacted(thrown: unknown, hub: HubRequest): unknown {
  const secrets = secretsOf(hub);
  const reason = reasonOf(thrown);
  const clean = Object.fromEntries(
    Object.entries(reason).map(([field, text]) => [field, field === 'code' ? text : without(text, secrets)]),
  ) as unknown as Reason;
  const same = JSON.stringify(clean) === JSON.stringify(reason);
  return same ? thrown : new AttentionError(clean);
}

function secretsOf({ token, proxy }: HubRequest): string[] {
  const url = proxy?.url !== undefined && URL.canParse(proxy.url) ? new URL(proxy.url) : null;
  const all = [token?.trim(), proxy?.authorization, url?.password, url && percentDecoded(url.password)];
  return all.filter((secret) => typeof secret === 'string' && secret.length >= shortest).map(String);
}

/** Host names come back in lower case. */
function without(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (left, secret) => left.replaceAll(secret, hidden).replaceAll(secret.toLowerCase(), hidden),
    text,
  );
}
