import { l10n } from 'vscode';
import type { Dtype } from '../../core/catalogue/dtype.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import type { Progress } from '../../protocol/contract.ts';
import type { StoredModel } from '../../protocol/hub.ts';

/** A downloaded model in a few words: number formats, size, family, and what is amiss with it. */
export function storedWords({ state, dtypes, bytes, family, licence }: StoredModel): string {
  switch (state) {
    case 'unfinished':
      return l10n.t('download incomplete · {0} so far', sizeOf(bytes));
    case 'damaged':
      return l10n.t('damaged: download it again · {0}', sizeOf(bytes));
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
  if (stage === 'waiting')
    return l10n.t('{0} is downloading this model; waiting for it', detail ?? l10n.t('another window'));
  const bytes =
    done === undefined || total === undefined
      ? []
      : [
          l10n.t({
            message: '{0} of {1}',
            args: [sizeOf(done), sizeOf(total)],
            comment: ['Bytes that were downloaded, and all bytes'],
          }),
        ];
  const speed =
    typeof bytesPerSecond === 'number'
      ? [l10n.t({ message: '{0}/s', args: [sizeOf(bytesPerSecond)], comment: ['Bytes per second'] })]
      : [];
  const file = detail === undefined ? [] : [stage === 'checking' ? l10n.t('checking {0}', detail) : detail];
  return [...bytes, ...speed, ...file].join(' · ');
}

/** A number format of weights in a few words. */
export function dtypeWords(dtype: Dtype): string {
  switch (dtype) {
    case 'fp32':
      return l10n.t('32-bit: exact, largest');
    case 'q8':
      return l10n.t('8-bit, quantised: small, nearly the same numbers');
    case 'int8':
      return l10n.t('8-bit, signed');
    case 'uint8':
      return l10n.t('8-bit, unsigned');
    case 'fp16':
      return l10n.t('16-bit: half the size, slower on a CPU');
    case 'q4':
      return l10n.t('4-bit: small, less precise');
    case 'q4f16':
      return l10n.t('4-bit with 16-bit activations: smallest');
    case 'bnb4':
      return l10n.t('4-bit, NF4');
  }
}
