import type { Dtype } from '../../core/catalogue/dtype.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import type { Progress } from '../../protocol/contract.ts';
import type { StoredModel } from '../../protocol/hub.ts';

/** A downloaded model in a few words: number formats, size, family, and what is amiss with it. */
export function storedWords({ state, dtypes, bytes, family, licence }: StoredModel): string {
  switch (state) {
    case 'unfinished':
      return `download not finished · ${sizeOf(bytes)} have arrived`;
    case 'damaged':
      return `damaged: download it again · ${sizeOf(bytes)}`;
    case 'complete':
      return [dtypes.join(', '), sizeOf(bytes), family, licence]
        .filter((part) => part !== null && part !== '')
        .join(' · ');
  }
}

/** The name of the icon for the state of a downloaded model. */
export function storedIcon({ state }: StoredModel): string {
  switch (state) {
    case 'unfinished':
      return 'debug-pause';
    case 'damaged':
      return 'warning';
    case 'complete':
      return 'server-process';
  }
}

/** How far a download or a check is, in a few words: bytes, speed and the file in work, or who is waited for. */
export function downloadWords({ stage, done, total, detail, bytesPerSecond }: Progress): string {
  if (stage === 'waiting') return `${detail ?? 'another window'} is downloading this model; waiting for it`;
  const bytes = done === undefined || total === undefined ? [] : [`${sizeOf(done)} of ${sizeOf(total)}`];
  const speed = typeof bytesPerSecond === 'number' ? [`${sizeOf(bytesPerSecond)}/s`] : [];
  const file = detail === undefined ? [] : [stage === 'checking' ? `checking ${detail}` : detail];
  return [...bytes, ...speed, ...file].join(' · ');
}

/** The number formats of weights in a few words. */
export const dtypeWords: Readonly<Record<Dtype, string>> = {
  fp32: '32 bits: exact, the largest',
  q8: '8 bits, quantised: small, nearly the same numbers',
  int8: '8 bits, signed',
  uint8: '8 bits, unsigned',
  fp16: '16 bits: half the size, slower on a processor',
  q4: '4 bits: small, coarser numbers',
  q4f16: '4 bits with 16-bit activations: the smallest',
  bnb4: '4 bits, NF4',
};
