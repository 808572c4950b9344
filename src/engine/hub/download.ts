import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nameOf } from '../../core/catalogue/hub-id.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { DownloadPlan, DownloadProgress, PlannedFile, StoredModel } from '../../protocol/hub.ts';
import { addFile, Digest } from '../store/digest.ts';
import { checkSpace, diskFailure, freeSpace, type FreeSpace } from '../store/disk.ts';
import { fetchFile } from './fetch-file.ts';
import type { Hub } from './hub.ts';
import { inside, placesOf, type Places } from '../store/layout.ts';
import { storedModel } from '../store/library.ts';
import { whileLocked } from '../store/lock.ts';
import {
  entryHere,
  readManifest,
  sizeOnDisk,
  writeManifest,
  type Manifest,
  type ManifestFile,
} from '../store/manifest.ts';
import { checkPlan } from './plan.ts';
import { Reporter } from './reporter.ts';
import { words } from '../../core/words/words.ts';

/** How a plan is carried out. */
export interface DownloadRequest {
  readonly hub: Hub;
  /** The folder of the store. */
  readonly store: string;
  readonly signal: AbortSignal;
  readonly report: (progress: DownloadProgress) => void;
  /**
   * Whether to wait while another window downloads the same model (then its files are used); else `model-locked` is
   * thrown.
   */
  readonly whenLocked?: 'wait' | 'refuse' | undefined;
  readonly free?: FreeSpace | undefined;
}

/**
 * Carries out a plan. Files arrive beside the model's folder and move into it when all of them are complete and
 * checked, so the folder never holds half a model; what was interrupted goes on where it stopped. Throws the reasons of
 * `fetchFile`, `model-locked`, `disk-full`, `offline`, `argument-invalid` and `cancelled`.
 */
export async function downloadModel(untrusted: DownloadPlan, request: DownloadRequest): Promise<StoredModel> {
  const plan = checkPlan(untrusted);
  const { hub, store, signal, report } = request;
  const model = nameOf(plan);
  if (plan.host !== hub.name)
    throw new AttentionError({
      code: 'argument-invalid',
      argument: words().details.hub.plan,
      detail: words().details.hub.planHost(plan.host, hub.name),
    });
  hub.checkOnline(model);
  const places = placesOf(store, plan);
  const wait = (by: string): void =>
    report({ stage: 'waiting', detail: by, done: 0, total: plan.totalBytes, bytesPerSecond: null });
  const lock = { path: places.lock, model, signal, waiting: request.whenLocked === 'refuse' ? undefined : wait };
  try {
    await whileLocked(lock, (held) => carryOut(plan, places, { ...request, signal: held }));
  } catch (thrown) {
    if (signal.aborted) throw new AttentionError({ code: 'cancelled' }, { cause: thrown });
    throw diskFailure(thrown, places.folder, plan.missingBytes);
  }
  const stored = await storedModel(store, plan);
  if (!stored) throw new AttentionError({ code: 'model-not-found', model });
  return stored;
}

async function carryOut(plan: DownloadPlan, places: Places, request: DownloadRequest): Promise<void> {
  const { hub, signal } = request;
  const before = await readManifest(places);
  const reporter = new Reporter(plan, request.report);
  const here: ManifestFile[] = [];
  const missing: PlannedFile[] = [];
  for (const file of plan.files) {
    const entry = (await entryHere(before, file, plan.commit, places.folder)) ?? (await adopted(file, places, signal));
    if (entry) here.push(entry);
    else missing.push(file);
  }
  await mkdir(places.parent, { recursive: true });
  await checkSpace(places.parent, await bytesToCome(missing, places), request.free ?? freeSpace);
  reporter.begin(here.reduce((sum, entry) => sum + entry.bytes, 0));
  const arrived: ManifestFile[] = [];
  try {
    for (const file of missing) {
      const progress = (bytes: number): void => reporter.progress(file.path, bytes);
      arrived.push(
        await fetchFile({
          hub,
          id: plan.id,
          model: nameOf(plan),
          commit: plan.commit,
          file,
          part: inside(places.parts, file.path),
          signal,
          progress,
        }),
      );
      reporter.fileDone(file);
    }
  } finally {
    reporter.end();
  }
  signal.throwIfAborted();
  await arrive(plan, places, before, here, arrived);
}

/**
 * A file that lies in the folder without being noted (a move was interrupted), if it can be told to be the right one.
 */
async function adopted(file: PlannedFile, places: Places, signal: AbortSignal): Promise<ManifestFile | null> {
  const path = inside(places.folder, file.path);
  if ((file.sha256 === null && file.gitId === null) || (await sizeOnDisk(path)) !== file.bytes) return null;
  const digest = new Digest(file);
  await addFile(digest, path, signal);
  const { sha256, matches } = digest.end();
  return matches === true ? { path: file.path, bytes: file.bytes, sha256, gitId: file.gitId, etag: null } : null;
}

async function bytesToCome(missing: readonly PlannedFile[], places: Places): Promise<number> {
  const sizes = await Promise.all(
    missing.map(async (file) => Math.max(0, file.bytes - ((await sizeOnDisk(inside(places.parts, file.path))) ?? 0))),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Moves what has arrived into the folder and notes it. Files of an older commit that the new one does not replace go.
 */
async function arrive(
  plan: DownloadPlan,
  places: Places,
  before: Manifest | null,
  here: readonly ManifestFile[],
  arrived: readonly ManifestFile[],
): Promise<void> {
  await mkdir(places.folder, { recursive: true });
  for (const { path } of arrived) {
    const to = inside(places.folder, path);
    await mkdir(dirname(to), { recursive: true });
    await rename(inside(places.parts, path), to);
  }
  const now = [...here, ...arrived];
  const paths = new Set(now.map((entry) => entry.path));
  const others = before?.files.filter((entry) => !paths.has(entry.path)) ?? [];
  const sameCommit = before?.commit === plan.commit;
  await writeManifest(places, {
    version: 1,
    id: plan.id,
    revision: plan.revision,
    commit: plan.commit,
    host: plan.host,
    licence: plan.licence,
    modelType: plan.modelType,
    family: plan.family,
    dtypes: [plan.dtype, ...(sameCommit ? before.dtypes.filter((dtype) => dtype !== plan.dtype) : [])],
    files: sameCommit ? [...now, ...others] : now,
  });
  if (!sameCommit) for (const { path } of others) await rm(inside(places.folder, path), { force: true });
  await rm(places.parts, { recursive: true, force: true });
}
