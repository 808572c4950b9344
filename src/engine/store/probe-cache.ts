import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { probeResultSchema, type ProbeResult } from '../../core/probe/evidence.ts';
import { replaceFile } from './replace-file.ts';
import type { ModelFolder } from './models.ts';

/** Beside the models in the store; no organisation has a name like it. */
const folderName = '.probes';
/** Raised when measurements of before are not to be used any more. */
const edition = 3;
/** A file that is larger is none of ours. */
const maxBytes = 32 << 20;

/** A file of the cache: of which files of a model, and by which sentences, the result is. */
const fileSchema = v.object({
  edition: v.literal(edition),
  version: v.string(),
  sentences: v.string(),
  result: probeResultSchema,
});

/** What a measurement depends on: the model as its files are, and the file of the sentences. */
export interface Measured {
  readonly folder: Pick<ModelFolder, 'folder' | 'graphs' | 'version'>;
  readonly sentences: string;
}

/**
 * What was measured of a model before; null where nothing was, where the model or the sentences have changed since, or
 * where the file cannot be read or is damaged: then the model is measured again.
 */
export async function readProbe(store: string, measured: Measured): Promise<ProbeResult | null> {
  const path = pathOf(store, measured);
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > maxBytes) return null;
    const parsed = v.safeParse(fileSchema, JSON.parse(await readFile(path, 'utf8')));
    const isSame =
      parsed.success &&
      parsed.output.version === measured.folder.version &&
      parsed.output.sentences === digest(measured.sentences);
    return isSame ? parsed.output.result : null;
  } catch {
    return null;
  }
}

/** Keeps a measurement in place of the one before. Throws what the file system throws. */
export async function writeProbe(store: string, measured: Measured, result: ProbeResult): Promise<void> {
  const path = pathOf(store, measured);
  await mkdir(dirname(path), { recursive: true });
  const { version } = measured.folder;
  await replaceFile(path, JSON.stringify({ edition, version, sentences: digest(measured.sentences), result }));
}

/** A file for each model and number format, whatever version of it. */
function pathOf(store: string, { folder: { folder, graphs } }: Measured): string {
  return join(store, folderName, `${digest([folder, ...graphs.map(({ file }) => file)].join('|'))}.json`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
