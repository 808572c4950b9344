import type { Progress } from '../../protocol/contract.ts';
import { whileNotified } from './window.ts';

/** How an operation under a notification is told of a cancel, and tells how far it is. */
export interface Watched {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Does something under a notification that tells in `words` how far it is, and can cancel it. */
export function withProgress<T>(
  title: string,
  words: (progress: Progress) => string,
  action: (options: Watched) => Promise<T>,
): Promise<T> {
  return whileNotified(title, (signal, report) => {
    let percent = 0;
    const onProgress = (progress: Progress): void => {
      const { done, total } = progress;
      const now = done !== undefined && total !== undefined && total > 0 ? (100 * done) / total : percent;
      report(words(progress), Math.max(0, now - percent));
      percent = Math.max(percent, now);
    };
    return action({ signal, onProgress });
  });
}
