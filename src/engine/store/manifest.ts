import { readFile, stat } from 'node:fs/promises';
import * as v from 'valibot';
import { families } from '../../core/attention/analysis.ts';
import { dtypeSchema } from '../../core/catalogue/dtype.ts';
import { pathSchema, type PlannedFile } from '../../protocol/hub.ts';
import { decodeText } from '../files/decode-text.ts';
import { jsonCost } from '../files/json-cost.ts';
import { inside, type Places } from './layout.ts';
import { replaceFile } from './replace-file.ts';

/** Files of one model at most, and bytes of a manifest that names them. */
export const maxFiles = 512;
const maxBytes = 4 << 20;
const text = v.pipe(v.string(), v.maxLength(1000));

const fileSchema = v.object({
  path: pathSchema,
  bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  gitId: v.nullable(text),
  etag: v.nullable(text),
});

const manifestSchema = v.object({
  version: v.literal(1),
  id: text,
  revision: text,
  commit: text,
  host: text,
  dtypes: v.pipe(v.array(dtypeSchema), v.maxLength(64)),
  licence: v.nullable(text),
  modelType: v.nullable(text),
  family: v.nullable(v.picklist(families)),
  files: v.pipe(v.array(fileSchema), v.maxLength(maxFiles)),
});

/** What lies in a model's folder and where it came from: written when the last file of a download has arrived. */
export type Manifest = v.InferOutput<typeof manifestSchema>;
export type ManifestFile = v.InferOutput<typeof fileSchema>;

/**
 * Reads a manifest; null when there is none, or none that can be read and understood, for whatever reason: then the
 * files count as unknown. One model's manifest says nothing of the others, so it never fails.
 */
export async function readManifest({ manifest }: Places): Promise<Manifest | null> {
  try {
    const found = await stat(manifest);
    if (!found.isFile() || found.size > maxBytes) return null;
    return parseManifest(decodeText(await readFile(manifest)));
  } catch {
    return null;
  }
}

/** Reads the text of a manifest; null when it is damaged. */
export function parseManifest(text: string): Manifest | null {
  try {
    const parsed = jsonCost(text) === null ? v.safeParse(manifestSchema, JSON.parse(text), { abortEarly: true }) : null;
    return parsed?.success ? parsed.output : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** Writes a manifest in one step. */
export function writeManifest({ manifest }: Places, content: Manifest): Promise<void> {
  return replaceFile(manifest, JSON.stringify(content, null, 2));
}

/**
 * The entry of a planned file if it lies in the folder as the manifest says, with the content that the host has now.
 */
export async function entryHere(
  manifest: Manifest | null,
  file: PlannedFile,
  commit: string,
  folder: string,
): Promise<ManifestFile | null> {
  const entry = manifest?.files.find(({ path }) => path === file.path);
  if (!manifest || !entry || entry.bytes !== file.bytes) return null;
  const same =
    file.sha256 !== null
      ? entry.sha256 === file.sha256
      : file.gitId !== null && entry.gitId !== null
        ? entry.gitId === file.gitId
        : manifest.commit === commit;
  return same && (await sizeOnDisk(inside(folder, file.path))) === file.bytes ? entry : null;
}

/**
 * Bytes of a file; null when there is none, or none that can be reached (a folder without permission, links in a
 * circle).
 */
export async function sizeOnDisk(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}
