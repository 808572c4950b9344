import { AttentionError, type Reason } from '../../core/errors/reason.ts';
import { messageOf } from '../files/json-file.ts';
import { retryAfter, RetryableError } from '../process/patience.ts';
import { words } from '../../core/words/words.ts';

/** What a request is for, as messages name it. */
export interface Wanted {
  /** `organisation/name`, with the revision where it is not the usual one. */
  readonly model: string;
  /** A file of it; null for its description. */
  readonly file: string | null;
}

/** Failures of a connection that another attempt may cure. */
const passing = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ENETRESET', 'HPE_INVALID_EOF_STATE']);

/**
 * What the network threw, as a {@link RetryableError} where another attempt may help and as an AttentionError where
 * not.
 */
export function networkFailure(thrown: unknown, host: string): RetryableError | AttentionError {
  if (thrown instanceof AttentionError || thrown instanceof RetryableError) return thrown;
  const code = codeOf(thrown);
  // What Node's parser refuses; an end in the middle is a connection that broke.
  if (code.startsWith('HPE_') && !passing.has(code))
    return new AttentionError(
      { code: 'hub-invalid', host, detail: words().details.hub.notHttp(code) },
      { cause: thrown },
    );
  const reason: Reason = { code: 'hub-unreachable', host, detail: detailOf(thrown) };
  return passing.has(code)
    ? new RetryableError(reason, { cause: thrown })
    : new AttentionError(reason, { cause: thrown });
}

/** What went wrong with a connection, in words. */
export function detailOf(thrown: unknown): string {
  const code = codeOf(thrown);
  const says = words().details.hub;
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/.test(code)) return says.certificate(code);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return says.tls(code);
  const explained: Readonly<Record<string, string>> = says.connection;
  return explained[code] ?? (messageOf(thrown) || code || says.failed);
}

/** What a status other than success means. `errorCode` is the hub's header `X-Error-Code`. */
export function statusFailure(
  status: number,
  {
    host,
    wanted,
    after,
    errorCode,
  }: { host: string; wanted: Wanted; after: string | undefined; errorCode: string | undefined },
): RetryableError | AttentionError {
  const wait = retryAfter(after, Date.now());
  if (status === 407)
    return new AttentionError({ code: 'hub-unreachable', host, detail: words().details.hub.proxyPassword });
  if (status === 429) return new RetryableError({ code: 'hub-busy', host, wait: waitOf(wait) }, { wait });
  if ([408, 500, 502, 503, 504].includes(status))
    return new RetryableError({ code: 'hub-refused', host, status: String(status) }, { wait });
  const missing = { code: 'hub-not-found', host, wanted: describe(wanted) } as const;
  if (status === 404 || status === 410 || errorCode === 'RepoNotFound') return new AttentionError(missing);
  if (status === 401 || status === 403) return new AttentionError({ code: 'hub-gated', host, model: wanted.model });
  return new AttentionError({ code: 'hub-refused', host, status: String(status) });
}

/** What is wanted, in words. */
export function describe({ model, file }: Wanted): string {
  return file === null ? words().details.hub.model(model) : words().details.hub.file(file, model);
}

function waitOf(milliseconds: number | null): string {
  const { wait } = words().details.hub;
  if (milliseconds === null) return wait.unknown;
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 120 ? wait.seconds(seconds) : wait.minutes(Math.ceil(seconds / 60));
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}
