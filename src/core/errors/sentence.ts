import { visibleLine, visibleName } from '../text/foreign.ts';
import { exportWords } from './export-words.ts';
import { modelWords } from './model-words.ts';
import { processWords } from './process-words.ts';
import type { Reason } from './reason.ts';
import { storeWords } from './store-words.ts';
import { textWords } from './text-words.ts';
import type { Sentence, Wording, Words } from './wording.ts';

/** The most characters that a sentence quotes of a message, and of a name or path. */
const maxDetail = 600;
const maxName = 240;

/**
 * Where a sentence is read. What happened is the same in both; what to do next is not: a terminal has no settings and
 * no selection.
 */
export type Surface = 'editor' | 'terminal';

/** What is said of every reason. */
const wording: Wording = { ...textWords, ...modelWords, ...processWords, ...exportWords, ...storeWords };

/**
 * Turns a reason into words: the only place where that is done. Whatever a reason carries may come from a model, a
 * host, a file or a link: it stands in the sentence as visible text of one line and of bounded length.
 */
export function sentenceOf(reason: Reason, surface: Surface = 'editor'): Sentence {
  const { what, next, terminal } = wordsOf(visibleReason(reason));
  return { what, next: surface === 'terminal' ? terminal : next };
}

function visibleReason<R extends Reason>(reason: R): R {
  const fields = Object.entries(reason).map(([name, value]): [string, string] => [
    name,
    name === 'detail' ? visibleLine(value, maxDetail) : visibleName(value, maxName),
  ]);
  return Object.fromEntries(fields) as unknown as R;
}

function wordsOf(reason: Reason): Words {
  // The words under a code take the reason of that code.
  const words: (reason: never) => Words = wording[reason.code];
  return words(reason as never);
}

/** Both halves in one line, for a terminal or a notification. */
export function lineOf(reason: Reason, surface: Surface = 'editor'): string {
  const { what, next } = sentenceOf(reason, surface);
  return `${what} ${next}`;
}
