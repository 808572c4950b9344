import type { Progress } from '../../protocol/contract.ts';

/** How far a run is, in a few words: the stage, and a percentage where the total is known. */
export function progressWords({ stage, done, total }: Progress): string {
  if (done === undefined || total === undefined || total <= 0) return stage;
  return `${stage} ${Math.min(100, Math.round((100 * done) / total))} %`;
}
