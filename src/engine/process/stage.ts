import { AttentionError } from '../../core/errors/reason.ts';

/**
 * Throws `cancelled` when the asker has cancelled: called between stages, since a native call cannot be interrupted.
 */
export function checkpoint(signal: AbortSignal): void {
  if (signal.aborted) throw new AttentionError({ code: 'cancelled' });
}
