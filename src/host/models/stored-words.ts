import { sizeOf } from '../../core/catalogue/size.ts';
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
