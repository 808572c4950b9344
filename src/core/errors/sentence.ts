import { visibleLine, visibleName } from '../text/foreign.ts';
import type { Reason } from './reason.ts';
import { words } from '../words/words.ts';
import type { ErrorText, Sentence } from './wording.ts';

/** The most characters that a sentence quotes of a message, and of a name or path. */
const maxDetail = 600;
const maxName = 240;

/**
 * Where a sentence is read. What happened is the same in both; what to do next is not: a terminal has no settings and
 * no selection.
 */
export type Surface = 'editor' | 'terminal';

/**
 * Turns a reason into words: the only place where that is done. Whatever a reason carries may come from a model, a
 * host, a file or a link: it stands in the sentence as visible text of one line and of bounded length.
 */
export function sentenceOf(reason: Reason, surface: Surface = 'editor'): Sentence {
  const { what, next, terminal } = textOf(visibleReason(reason));
  return { what, next: surface === 'terminal' ? terminal : next };
}

function visibleReason<R extends Reason>(reason: R): R {
  const fields = Object.entries(reason).map(([name, value]): [string, string] => [
    name,
    name === 'detail' ? visibleLine(value, maxDetail) : visibleName(value, maxName),
  ]);
  return Object.fromEntries(fields) as unknown as R;
}

function textOf(reason: Reason): ErrorText {
  // The words under a code take the reason of that code.
  const says: (reason: never) => ErrorText = words().errors[reason.code];
  return says(reason as never);
}

/** Both halves in one line, for a terminal or a notification. */
export function lineOf(reason: Reason, surface: Surface = 'editor'): string {
  const { what, next } = sentenceOf(reason, surface);
  return `${what} ${next}`;
}
