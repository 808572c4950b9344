import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { AttentionError } from '../../core/errors/reason.ts';
import type { Proxy } from './proxy.ts';
import { words } from '../../core/words/words.ts';

/** One GET, without following redirects. */
export interface GetRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: Proxy | null;
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which the connection counts as dead. */
  readonly idleTimeout: number;
}

/**
 * How many interim answers (1xx) a host may send, and how many times the idle timeout the head of an answer, the
 * opening of a tunnel and the handshake in it may take.
 */
const maxInterim = 20;
const maxIdleTimeouts = 4;

/** The other side has not sent anything for too long. */
export class IdleTimeoutError extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(milliseconds: number) {
    super(words().details.hub.silent(Math.round(milliseconds / 100) / 10));
  }
}

/** The line was closed without an answer and without an error. */
class EarlyClose extends Error {
  readonly code = 'ECONNRESET';
}

/** A proxy has not opened the way to a host. */
export class ProxyRefusal extends Error {
  readonly code = 'EPROXY';
}

/**
 * Asks and gives the answer with its body still to be read. When the signal is aborted or nothing comes for too long,
 * the connection is closed and the reading ends with an error. Rejects with what the network says,
 * {@link IdleTimeoutError} and {@link ProxyRefusal} included.
 */
export async function get(request: GetRequest): Promise<http.IncomingMessage> {
  const { url, signal, idleTimeout } = request;
  signal.throwIfAborted();
  const { module, options } = await routeTo(request);
  return new Promise((resolve, reject) => {
    let answer: http.IncomingMessage | undefined;
    const asking = module.request({ ...options, method: 'GET', signal }, (response) => {
      answer = response;
      clearTimeout(late);
      // Whoever reads it hears of errors by reading; between two reads nobody listens.
      response.on('error', ignore);
      resolve(response);
    });
    const giveUp = (error: Error): void => {
      reject(error);
      asking.destroy(error);
    };
    const late = whenLate(idleTimeout, giveUp);
    asking.setTimeout(idleTimeout, () => {
      const error = new IdleTimeoutError(idleTimeout);
      answer?.destroy(error);
      asking.destroy(error);
    });
    asking.on('error', reject);
    asking.on('close', () => {
      clearTimeout(late);
      // Settles whatever has not been answered, however the line ended.
      reject(new EarlyClose());
    });
    asking.on('upgrade', (_, socket) => {
      socket.on('error', ignore);
      giveUp(
        new AttentionError({
          code: 'hub-invalid',
          host: url.host,
          detail: words().details.hub.otherProtocol,
        }),
      );
      socket.destroy();
    });
    let interim = 0;
    asking.on('information', () => {
      if (++interim > maxInterim)
        giveUp(
          new AttentionError({
            code: 'hub-invalid',
            host: url.host,
            detail: words().details.hub.interim,
          }),
        );
    });
    asking.end();
  });
}

/** For what a trickle of header lines or of interim answers keeps from ever being silent. */
function whenLate(idleTimeout: number, giveUp: (error: Error) => void): NodeJS.Timeout {
  return setTimeout(() => giveUp(new IdleTimeoutError(maxIdleTimeouts * idleTimeout)), maxIdleTimeouts * idleTimeout);
}

function ignore(): void {
  // For listeners that only keep an error from ending the process.
}

interface Route {
  readonly module: { request: typeof http.request };
  readonly options: https.RequestOptions;
}

/** Directly, by a plain proxy with the whole address in the request line, or through a tunnel (RFC 9110, 9.3.6). */
async function routeTo({ url, headers, proxy, signal, idleTimeout }: GetRequest): Promise<Route> {
  const secure = url.protocol === 'https:';
  const path = `${url.pathname}${url.search}`;
  const host = { host: url.host, ...headers };
  if (!proxy) {
    const { hostname, port } = addressOf(url);
    return {
      module: secure ? https : http,
      options: { hostname, port, path, headers: host, ...(secure ? trust() : {}) },
    };
  }
  const proxyOptions = { ...addressOf(proxy.url), ...(proxy.url.protocol === 'https:' ? trust() : {}) };
  const authorization = proxy.authorization === null ? {} : { 'proxy-authorization': proxy.authorization };
  const proxyModule = proxy.url.protocol === 'https:' ? https : http;
  if (!secure)
    return {
      module: proxyModule,
      options: { ...proxyOptions, path: url.href, headers: { ...host, ...authorization } },
    };
  const { hostname, port } = addressOf(url);
  const connect = {
    ...proxyOptions,
    method: 'CONNECT',
    path: `${url.hostname}:${port}`,
    headers: { host: `${url.hostname}:${port}`, ...authorization },
  };
  const tunnel = await opened(proxyModule.request({ ...connect, agent: false, signal }), idleTimeout);
  const line = await secured(
    tls.connect({ socket: tunnel, host: hostname, ...(isIP(hostname) ? {} : { servername: hostname }), ...trust() }),
    idleTimeout,
    signal,
  );
  return { module: http, options: { path, headers: host, createConnection: () => line } };
}

function opened(asking: http.ClientRequest, idleTimeout: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    asking.setTimeout(idleTimeout, () => asking.destroy(new IdleTimeoutError(idleTimeout)));
    const late = whenLate(idleTimeout, (error) => asking.destroy(error));
    asking.on('error', reject);
    asking.on('close', () => {
      clearTimeout(late);
      reject(new EarlyClose());
    });
    asking.on('connect', ({ statusCode }, socket, early: Buffer) => {
      clearTimeout(late);
      // The line that is laid into it tells its errors; this one would tell them a second time, to nobody.
      socket.on('error', ignore);
      // Whatever came along with the answer is for TLS to judge.
      if (early.length > 0) socket.unshift(early);
      if (statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(
        new ProxyRefusal(
          statusCode === 407 ? words().details.hub.proxyPassword : words().details.hub.proxyRefused(statusCode),
        ),
      );
    });
    asking.on('response', (response) => {
      response.destroy();
      reject(new ProxyRefusal(words().details.hub.proxyRefused(response.statusCode)));
    });
    asking.end();
  });
}

function secured(line: tls.TLSSocket, idleTimeout: number, signal: AbortSignal): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const stop = (): void => void line.destroy(new Error('aborted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    line.setTimeout(idleTimeout, () => line.destroy(new IdleTimeoutError(idleTimeout)));
    const late = whenLate(idleTimeout, (error) => line.destroy(error));
    line.on('error', reject);
    line.once('close', () => {
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
      reject(new EarlyClose());
    });
    line.once('secureConnect', () => {
      clearTimeout(late);
      line.setTimeout(0);
      resolve(line);
    });
  });
}

function addressOf(url: URL): { hostname: string; port: number } {
  const usual = url.protocol === 'https:' ? 443 : 80;
  return { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port) };
}

function trust(): { ca?: string[] } {
  const ca = trustedCertificates();
  return ca ? { ca } : {};
}

let known: string[] | undefined | null = null;

/**
 * The certificates that count as trusted: those of Node and, where this Node can read them (22.15 and later), those of
 * the operating system, where companies put the certificate of their proxy. Undefined means Node's own.
 */
function trustedCertificates(): string[] | undefined {
  if (known === null) {
    const read = 'getCACertificates' in tls ? tls.getCACertificates : null;
    known = read ? [...new Set([...read('default'), ...read('system')])] : undefined;
  }
  return known;
}
