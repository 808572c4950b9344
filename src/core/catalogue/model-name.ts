import { hubIdOf } from './hub-id.ts';

/**
 * What the name of a model means: one that ships, one of the hub, a folder on this machine, a folder on another
 * machine.
 */
export type ModelNameKind = 'built-in' | 'hub' | 'folder' | 'network';

/**
 * What a name of a model means, wherever it is read: only absolute paths are folders, since a relative one means
 * another folder to every process. Null for all else (relative paths, `~`, `C:x`, addresses). Whether there is such a
 * model is another question.
 */
export function kindOfModelName(name: string): ModelNameKind | null {
  if (/^\w[\w.-]*$/.test(name)) return 'built-in';
  if (hubIdOf(name) !== null) return 'hub';
  if (/^[\\/]{2}/.test(name)) return 'network';
  return /^(\/|[A-Za-z]:[\\/])/.test(name) ? 'folder' : null;
}

/** Whether a path has steps that make it lead elsewhere than it reads. */
export function hasSteps(path: string): boolean {
  return path.split(/[\\/]/).some((part) => /^\.{1,2}\s*$/.test(part));
}
