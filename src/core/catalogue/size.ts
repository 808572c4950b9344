import { words } from '../words/words.ts';

const units = ['kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes in decimal units, as a person reads it: `438 MB`, `1.1 GB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return words().counts.bytes(bytes);
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3 + 1e-9));
  const value = bytes / 1000 ** power;
  return `${power === 1 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[power - 1] ?? 'TB'}`;
}
