const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes in decimal units, as a person reads it: `438 MB`, `1.1 GB`. */
export function sizeOf(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3 + 1e-9));
  const value = bytes / 1000 ** power;
  const unit = units[power] ?? 'bytes';
  const text = power < 2 || value >= 99.95 ? Math.round(value) : value.toFixed(1);
  return power === 0 && bytes === 1 ? '1 byte' : `${text} ${unit}`;
}
