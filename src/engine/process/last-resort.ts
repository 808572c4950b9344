import { AttentionError, reasonOf, type Reason } from '../../core/errors/reason.ts';
import { words } from '../../core/words/words.ts';

/** Milliseconds that the last words may take. */
const lastWords = 1000;
/** The most of a stack that is kept, in characters: minified source can be long. */
const maxStack = 8000;

/** Tells why a process ends, to whoever waits for it, with the stack for a log; resolves when it is told. */
export type Tell = (reason: Reason, stack: string) => Promise<void> | void;

/**
 * The last line of defence of a process: an error that nothing has caught is told in one reason, and the process ends
 * with exit code 1. Streams whose reader is gone end nothing.
 */
export function lastResort(tell: Tell): void {
  let ending = false;
  const exit = (): void => process.exit(1);
  const end = (thrown: unknown): void => {
    if (ending) return;
    ending = true;
    setTimeout(exit, lastWords);
    void (async () => tell(reasonOf(thrown), stackOf(thrown)))().then(exit, exit);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** Whatever was thrown as text: libraries throw strings and numbers, too. */
function thrownText(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null ? JSON.stringify(thrown) : String(thrown);
}

/** What a log keeps of something that was thrown: its stack and those of its causes, of bounded length. */
export function stackOf(thrown: unknown): string {
  const parts: string[] = [];
  for (
    let each = thrown;
    each !== undefined && parts.length < 5;
    each = each instanceof Error ? each.cause : undefined
  ) {
    const reason = each instanceof AttentionError ? ` ${JSON.stringify(each.reason)}` : '';
    parts.push(`${each instanceof Error ? (each.stack ?? each.message) : thrownText(each)}${reason}`);
  }
  const text = parts.join(`\n${words().log.caused}`);
  return text.length > maxStack ? `${text.slice(0, maxStack)}…` : text;
}
