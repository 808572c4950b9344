import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Packages that are shipped as they are, beside those inside the bundles. */
const shippedWhole = ['node_modules/onnxruntime-node', 'node_modules/onnxruntime-common'];

/**
 * Writes dist/NOTICES.txt: name, version and licence text of every package whose code is shipped.
 *
 * `inputs` are the files that went into the bundles, relative to the root. Rejects when a package names no licence.
 */
export async function writeNotices(inputs: Iterable<string>): Promise<void> {
  const packages = new Set(shippedWhole);
  for (const input of inputs) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder !== undefined) packages.add(folder);
  }
  const notices = await Promise.all([...packages].sort().map(noticeOf));
  await writeFile(
    join(root, 'dist', 'NOTICES.txt'),
    `Text Attention contains the following packages.\n\n${notices.join('\n\n')}\n`,
  );
}

async function noticeOf(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  if (manifest.license === undefined)
    throw new Error(`${folder} names no licence in its package.json, so it cannot be shipped.`);
  const files = (await readdir(join(root, folder)))
    .filter((name) => /^(licen[cs]e|notice|thirdpartynotices)(\.|$)/i.test(name))
    .sort();
  const texts = await Promise.all(files.map((name) => readFile(join(root, folder, name), 'utf8')));
  return [`${manifest.name} ${manifest.version} (${manifest.license})`, ...texts.map((text) => text.trim())].join(
    '\n\n',
  );
}
