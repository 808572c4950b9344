import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { format, resolveConfig } from 'prettier';

/** Writes l10n/bundle.l10n.json, the messages of the host; `node scripts/l10n.ts` after a message was changed. */
const root = join(import.meta.dirname, '..');

/** The messages of the host in English; `bundle.l10n.LANGUAGE.json` beside it translates them. */
export const bundleFile = join(root, 'l10n', 'bundle.l10n.json');

/** Every message that the host gives to `l10n.t`, as the file that translators start from. */
export async function bundleText(): Promise<string> {
  const files = [...globSync('src/host/**/*.ts', { cwd: root }).sort(), 'src/extension.ts'];
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
  // Read as one file with the imports that all use: the library takes half a second for each file.
  const statements = texts.map((text) => text.replaceAll(/^import[\s\S]*?;\n/gmu, ''));
  const contents = ["import * as vscode from 'vscode';", "import { l10n } from 'vscode';", ...statements].join('\n');
  const messages = Object.entries(await getL10nJson([{ contents, extension: '.ts' }]));
  messages.sort(([a], [b]) => (a < b ? -1 : 1));
  const options = { ...(await resolveConfig(bundleFile)), filepath: bundleFile };
  return format(JSON.stringify(Object.fromEntries(messages)), options);
}

if (process.argv[1] === import.meta.filename) {
  await mkdir(dirname(bundleFile), { recursive: true });
  await writeFile(bundleFile, await bundleText());
}
