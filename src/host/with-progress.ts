import * as vscode from 'vscode';
import type { Progress } from '../protocol/contract.ts';

/** How an operation under a notification is told of a cancel, and tells how far it is. */
export interface Watched {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Does something under a notification that tells in `words` how far it is, and can cancel it. */
export async function withProgress<T>(title: string, words: (progress: Progress) => string, action: (options: Watched) => Promise<T>): Promise<T> {
  const place = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(place, async (shown, cancel) => {
    const controller = new AbortController();
    const subscription = cancel.onCancellationRequested(() => controller.abort());
    let percent = 0;
    const onProgress = (progress: Progress): void => {
      const { done, total } = progress;
      const now = done !== undefined && total !== undefined && total > 0 ? (100 * done) / total : percent;
      shown.report({ message: words(progress), increment: Math.max(0, now - percent) });
      percent = Math.max(percent, now);
    };
    try {
      return await action({ signal: controller.signal, onProgress });
    } finally {
      subscription.dispose();
    }
  });
}
