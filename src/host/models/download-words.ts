import { sizeOf } from '../../core/catalogue/size.ts';
import type { Progress } from '../../protocol/contract.ts';

/** How far a download or a check is, in a few words: bytes, speed and the file in work, or who is waited for. */
export function downloadWords({ stage, done, total, detail, bytesPerSecond }: Progress): string {
  if (stage === 'waiting') return `${detail ?? 'another window'} is downloading this model; waiting for it`;
  const bytes = done === undefined || total === undefined ? [] : [`${sizeOf(done)} of ${sizeOf(total)}`];
  const speed = typeof bytesPerSecond === 'number' ? [`${sizeOf(bytesPerSecond)}/s`] : [];
  const file = detail === undefined ? [] : [stage === 'checking' ? `checking ${detail}` : detail];
  return [...bytes, ...speed, ...file].join(' · ');
}
