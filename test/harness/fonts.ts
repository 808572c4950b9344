import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const fonts = join(import.meta.dirname, '..', 'fixtures', 'fonts');
const families: Readonly<Record<string, readonly string[]>> = {
  'DejaVu Sans': ['system-ui', 'sans-serif', 'serif', 'Ubuntu', 'Liberation Sans'],
  'DejaVu Sans Mono': ['monospace', 'ui-monospace', 'Menlo', 'Consolas', 'Droid Sans Mono'],
};

/**
 * The environment of a browser that knows no fonts but those of the repository, so that its pictures are the same on
 * every machine. Fontconfig, which it asks for fonts, reads a file that is written into `folder`.
 */
export function bundledFonts(folder = mkdtempSync(join(tmpdir(), 'fonts-'))): Record<string, string> {
  const aliases = Object.entries(families).flatMap(([family, names]) =>
    names.map(
      (name) => `<alias binding="strong"><family>${name}</family><prefer><family>${family}</family></prefer></alias>`,
    ),
  );
  const file = join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir><cachedir>${folder}</cachedir>${aliases.join('')}</fontconfig>`,
  );
  return { FONTCONFIG_FILE: file };
}
