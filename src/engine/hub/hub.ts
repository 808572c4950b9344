import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { AttentionError } from '../../core/errors/reason.ts';
import { decodeText } from '../files/decode-text.ts';
import { messageOf } from '../files/json-file.ts';
import { jsonCost } from '../files/json-cost.ts';
import { describe, networkFailure, statusFailure, type Wanted } from './failure.ts';
import { mayCarryToken, parseHost } from './host.ts';
import { persist, usualPatience, type Patience } from '../process/patience.ts';
import { proxyChoice, type ProxyChoice, type ProxySetting } from './proxy.ts';
import { get } from './request.ts';
import { words } from '../../core/words/words.ts';

/** Where models come from, as the settings say. The token is held in memory alone: it is neither logged nor written. */
export interface HubSettings {
  readonly host?: string | undefined;
  readonly token?: string | undefined;
  readonly proxy?: ProxySetting | undefined;
  readonly offline?: boolean | undefined;
}

const maxRedirects = 5;
/** Descriptions larger than this are not what they say they are. */
const maxJson = 16 << 20;

/** A hub-shaped host: asks for descriptions and files. */
export class Hub {
  readonly patience: Patience;
  readonly #host: URL;
  readonly #token: string | null;
  readonly #proxy: ProxyChoice;
  readonly #offline: boolean;

  /** Throws `argument-invalid` for settings that cannot be meant. */
  constructor(
    settings: HubSettings,
    patience: Patience = usualPatience,
    env: Readonly<Record<string, string | undefined>> = process.env,
  ) {
    this.patience = patience;
    this.#host = parseHost(settings.host);
    this.#token = settings.token?.trim() || null;
    this.#proxy = proxyChoice(settings.proxy ?? {}, env);
    this.#offline = settings.offline === true;
    if (this.#token !== null && !/^[\x21-\x7e]+$/.test(this.#token)) {
      throw new AttentionError({
        code: 'argument-invalid',
        argument: 'token',
        detail: words().details.hub.tokenCharacters,
      });
    }
    if (this.#token !== null && !mayCarryToken(this.#host, this.#host)) {
      throw new AttentionError({
        code: 'argument-invalid',
        argument: words().details.hub.host(this.name),
        detail: words().details.hub.tokenNeedsHttps,
      });
    }
  }

  /** The host as a person knows it. */
  get name(): string {
    return this.#host.host;
  }

  /** Throws `offline` when nothing may be asked. */
  checkOnline(model: string): void {
    if (this.#offline) throw new AttentionError({ code: 'offline', model });
  }

  /**
   * A description, checked, and the address of the next page if there is one. Tries again where that may help. Throws
   * the reasons of `failure.ts`, `hub-invalid`, `offline`, `cancelled`.
   */
  json<T>(
    path: string,
    schema: v.GenericSchema<unknown, T>,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<{ readonly value: T; readonly next: string | null }> {
    return persist(this.patience, signal, async () => {
      const answer = await this.get(path, {}, wanted, signal);
      const text = await this.#text(answer, wanted);
      const parsed = v.safeParse(schema, this.#parse(text, wanted), { abortEarly: true });
      if (!parsed.success)
        throw this.invalid(words().details.hub.descriptionForm(describe(wanted), v.getDotPath(parsed.issues[0])));
      return { value: parsed.output, next: this.#nextPage(answer.headers.link) };
    });
  }

  /**
   * One attempt at a path below the host (or an address on it), redirects followed: gives the answer of status 200, 206
   * or 416. The token goes to the host of the settings and nowhere else. Throws a RetryableError where another attempt
   * may help.
   */
  async get(
    path: string,
    headers: Readonly<Record<string, string>>,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    this.checkOnline(wanted.model);
    let url = new URL(path, this.#host);
    if (url.origin !== this.#host.origin) throw this.invalid(words().details.hub.otherHost);
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const answer = await this.#ask(url, headers, signal);
      const { statusCode = 0 } = answer;
      const { location } = answer.headers;
      if (statusCode >= 300 && statusCode < 400 && statusCode !== 304 && location !== undefined) {
        answer.destroy();
        url = this.#redirected(url, location);
        continue;
      }
      if (statusCode === 200 || statusCode === 206 || (statusCode === 416 && 'range' in headers))
        return this.#checked(answer, wanted);
      answer.destroy();
      const errorCode = answer.headers['x-error-code'];
      throw statusFailure(statusCode, {
        host: url.host,
        wanted,
        after: answer.headers['retry-after'],
        errorCode: typeof errorCode === 'string' ? errorCode : undefined,
      });
    }
    throw this.invalid(words().details.hub.redirects);
  }

  /** An answer that no hub would give. */
  invalid(detail: string): AttentionError {
    return new AttentionError({ code: 'hub-invalid', host: this.name, detail });
  }

  async #ask(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<IncomingMessage> {
    const token =
      this.#token !== null && mayCarryToken(url, this.#host) ? { authorization: `Bearer ${this.#token}` } : {};
    const all = { 'user-agent': 'text-attention', 'accept-encoding': 'identity', ...headers, ...token };
    try {
      return await get({ url, headers: all, proxy: this.#proxy(url), signal, idleTimeout: this.patience.idleTimeout });
    } catch (thrown) {
      throw networkFailure(thrown, url.host);
    }
  }

  #redirected(from: URL, location: string): URL {
    const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
    if (!to || (to.protocol !== 'https:' && to.protocol !== 'http:'))
      throw this.invalid(words().details.hub.redirectOffWeb);
    if (from.protocol === 'https:' && to.protocol === 'http:') throw this.invalid(words().details.hub.redirectInsecure);
    return to;
  }

  #checked(answer: IncomingMessage, wanted: Wanted): IncomingMessage {
    const encoding = answer.headers['content-encoding'] ?? 'identity';
    const detail = /^\s*(text\/html|application\/xhtml)/i.test(answer.headers['content-type'] ?? '')
      ? words().details.hub.webPage(describe(wanted))
      : encoding !== 'identity'
        ? words().details.hub.encoding(describe(wanted), encoding.slice(0, 40))
        : null;
    if (detail === null) return answer;
    answer.destroy();
    throw this.invalid(detail);
  }

  async #text(answer: IncomingMessage, wanted: Wanted): Promise<string> {
    const pieces: Buffer[] = [];
    let size = 0;
    try {
      for await (const piece of answer as AsyncIterable<Buffer>) {
        size += piece.length;
        if (size > maxJson) throw this.invalid(words().details.hub.descriptionLarge(describe(wanted)));
        pieces.push(piece);
      }
    } catch (thrown) {
      throw networkFailure(thrown, this.name);
    }
    try {
      return decodeText(Buffer.concat(pieces));
    } catch (thrown) {
      throw this.invalid(words().details.hub.descriptionText(describe(wanted), messageOf(thrown)));
    }
  }

  #parse(text: string, wanted: Wanted): unknown {
    const cost = jsonCost(text);
    if (cost !== null) throw this.invalid(words().details.hub.descriptionText(describe(wanted), cost));
    try {
      return JSON.parse(text);
    } catch (thrown) {
      throw new AttentionError(
        { code: 'hub-invalid', host: this.name, detail: words().details.hub.notDescription(describe(wanted)) },
        { cause: thrown },
      );
    }
  }

  /** The address of the next page (RFC 8288), which has to be on the same host. */
  #nextPage(link: string | string[] | undefined): string | null {
    const [, address] = /<([^>]+)>\s*;\s*rel="?next"?/i.exec([link].flat().join(',')) ?? [];
    return address ?? null;
  }
}
