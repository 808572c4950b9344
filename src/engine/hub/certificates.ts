import * as tls from 'node:tls';

let known: string[] | undefined | null = null;

/**
 * The certificates that count as trusted: those of Node and, where this Node can read them (22.15 and later), those of
 * the operating system, where companies put the certificate of their proxy. Undefined means Node's own.
 */
export function trustedCertificates(): string[] | undefined {
  if (known === null) {
    const read = 'getCACertificates' in tls ? tls.getCACertificates : null;
    known = read ? [...new Set([...read('default'), ...read('system')])] : undefined;
  }
  return known;
}
