import { join } from 'node:path';
import { revisionPart, type HubModel } from '../../core/catalogue/hub-id.ts';

/** Where a model lies in a store: `<store>/<organisation>/<name>/<revision>/`, and what stands beside that folder. */
export interface Places {
  /** The folder of the name: revisions, unfinished downloads and locks. */
  readonly parent: string;
  /** The folder of the files. */
  readonly folder: string;
  /** What has arrived of an unfinished download. */
  readonly parts: string;
  readonly lock: string;
  readonly manifest: string;
}

export const manifestName = '.text-attention.json';
const partsEnding = '.part';
const lockEnding = '.lock';

/** The places of a model whose id and revision have been checked by `parseHubId`. */
export function placesOf(store: string, { id, revision }: HubModel): Places {
  const [organisation = '', name = ''] = id.split('/');
  const parent = join(store, organisation, name);
  const folder = join(parent, revisionPart(revision));
  return {
    parent,
    folder,
    parts: `${folder}${partsEnding}`,
    lock: `${folder}${lockEnding}`,
    manifest: join(folder, manifestName),
  };
}

/** The revision that a name inside a model's folder belongs to; null for what is none (a lock, say). */
export function revisionOf(entry: string): string | null {
  if (entry.endsWith(lockEnding)) return null;
  try {
    return decodeURIComponent(entry.endsWith(partsEnding) ? entry.slice(0, -partsEnding.length) : entry);
  } catch {
    return null;
  }
}

/** Where a file of a model lies below a folder; `path` has been checked by `pathSchema`. */
export function inside(folder: string, path: string): string {
  return join(folder, ...path.split('/'));
}
