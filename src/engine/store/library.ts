import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hubIdOf, nameOf, parseHubId, type HubModel } from '../../core/catalogue/hub-id.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { DownloadProgress, StoredModel } from '../../protocol/hub.ts';
import { isNotFound } from '../files/json-file.ts';
import { addFile, Digest } from './digest.ts';
import { diskFailure } from './disk.ts';
import { inside, placesOf, revisionOf } from './layout.ts';
import { whileLocked } from './lock.ts';
import { readManifest, sizeOnDisk } from './manifest.ts';

const trash = '.trash';

/** Every model in a store, by name, unfinished downloads included. A store that is not there yet is empty. */
export async function listModels(store: string): Promise<StoredModel[]> {
  const models: StoredModel[] = [];
  for (const organisation of await foldersOf(store)) {
    for (const name of await foldersBelow(join(store, organisation))) {
      const entries = await foldersBelow(join(store, organisation, name));
      const revisions = new Set(entries.map(revisionOf).filter((revision) => revision !== null));
      for (const revision of revisions) {
        const model = hubIdOf(`${organisation}/${name}@${revision}`);
        const stored = model && (await storedModel(store, model));
        if (stored) models.push(stored);
      }
    }
  }
  return models.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.revision < b.revision ? -1 : 1));
}

/** One model of a store; null when nothing of it is there. */
export async function storedModel(store: string, model: HubModel): Promise<StoredModel | null> {
  const places = placesOf(store, model);
  const [folderBytes, partBytes] = await Promise.all([bytesIn(places.folder), bytesIn(places.parts)]);
  if (folderBytes === null && partBytes === null) return null;
  const manifest = await readManifest(places);
  const state =
    folderBytes === null
      ? 'unfinished'
      : manifest && (await missingFile(store, model)) === null
        ? 'complete'
        : 'damaged';
  return {
    id: model.id,
    revision: model.revision,
    folder: places.folder,
    state,
    dtypes: manifest?.dtypes ?? [],
    bytes: (folderBytes ?? 0) + (partBytes ?? 0),
    host: manifest?.host ?? null,
    commit: manifest?.commit ?? null,
    licence: manifest?.licence ?? null,
    modelType: manifest?.modelType ?? null,
    family: manifest?.family ?? null,
  };
}

/**
 * Deletes a model of a store, or what has arrived of it. It is gone at once; its bytes follow. Throws `model-locked`
 * while another window downloads it, `model-not-found`, `file-failed`.
 */
export async function deleteModel(store: string, name: string, signal: AbortSignal): Promise<void> {
  const model = parseHubId(name);
  const places = placesOf(store, model);
  if (!(await storedModel(store, model))) throw new AttentionError({ code: 'model-not-found', model: nameOf(model) });
  try {
    await whileLocked({ path: places.lock, model: nameOf(model), signal }, async () => {
      await mkdir(join(store, trash), { recursive: true });
      for (const place of [places.folder, places.parts]) await moveAway(place, join(store, trash, randomUUID()));
    });
    await rm(join(store, trash), { recursive: true, force: true, maxRetries: 3 });
    await removeEmpty(places.parent);
    await removeEmpty(dirname(places.parent));
  } catch (thrown) {
    throw diskFailure(thrown, places.folder, 0);
  }
}

/**
 * Reads every file of a model and compares it with what arrived. Gives the paths of files that are not as they were.
 * Throws `model-not-found`, `cancelled`, `file-failed`.
 */
export async function verifyModel(
  store: string,
  name: string,
  { signal, report }: { signal: AbortSignal; readonly report: (progress: DownloadProgress) => void },
): Promise<string[]> {
  const model = parseHubId(name);
  const places = placesOf(store, model);
  const manifest = await readManifest(places);
  if (!manifest) throw new AttentionError({ code: 'model-not-found', model: nameOf(model) });
  const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const wrong: string[] = [];
  let done = 0;
  try {
    for (const { path, bytes, sha256 } of manifest.files) {
      const digest = new Digest({ bytes, sha256, gitId: null });
      const here = (await sizeOnDisk(inside(places.folder, path))) === bytes;
      if (here)
        await addFile(digest, inside(places.folder, path), signal, (read) =>
          report({ stage: 'checking', detail: path, done: (done += read), total, bytesPerSecond: null }),
        );
      if (!here || digest.end().matches !== true) wrong.push(path);
    }
  } catch (thrown) {
    if (signal.aborted) throw new AttentionError({ code: 'cancelled' }, { cause: thrown });
    throw diskFailure(thrown, places.folder, 0);
  }
  return wrong;
}

/**
 * Takes files away that are not as they arrived: the model then counts as damaged, and a download brings exactly these
 * again. Throws `model-locked` while another window downloads it, `file-failed`.
 */
export async function discardFiles(
  store: string,
  name: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const model = parseHubId(name);
  const places = placesOf(store, model);
  try {
    await whileLocked({ path: places.lock, model: nameOf(model), signal }, async () => {
      for (const path of paths) await rm(inside(places.folder, path), { force: true });
    });
  } catch (thrown) {
    throw diskFailure(thrown, places.folder, 0);
  }
}

/** The first file that is not there in its full size; null when all are. */
async function missingFile(store: string, model: HubModel): Promise<string | null> {
  const places = placesOf(store, model);
  for (const { path, bytes } of (await readManifest(places))?.files ?? []) {
    if ((await sizeOnDisk(inside(places.folder, path))) !== bytes) return path;
  }
  return null;
}

async function foldersOf(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name);
  } catch (thrown) {
    if (isNotFound(thrown)) return [];
    throw thrown;
  }
}

/** The same for what lies in the store: a folder that cannot be read hides itself, not the others. */
function foldersBelow(folder: string): Promise<string[]> {
  return foldersOf(folder).catch(() => []);
}

/** Bytes of all files below a folder, as far as it can be read; null when there is no such folder. */
async function bytesIn(folder: string): Promise<number | null> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    const sizes = await Promise.all(
      entries.filter((entry) => entry.isFile()).map((entry) => sizeOnDisk(join(entry.parentPath, entry.name))),
    );
    return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  } catch (thrown) {
    return isNotFound(thrown) ? null : 0;
  }
}

async function moveAway(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
  }
}

async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch {
    // Something else lies in it: it stays.
  }
}
