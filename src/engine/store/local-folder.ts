import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { dtypes, graphFileName, type Dtype } from '../../core/catalogue/dtype.ts';

/** A folder of a model, and the number format that its name asked for. */
export interface LocalFolder {
  readonly folder: string;
  readonly dtype: Dtype | undefined;
}

/**
 * The folder that a path means: itself, the one around its `onnx` folder, or the one of a graph file; `~` is the home
 * folder, and a relative path starts from the working directory. Null when nothing is there.
 */
export async function localFolder(path: string): Promise<LocalFolder | null> {
  if (path.trim() === '') return null;
  const place = resolve(/^~(?=$|[\\/])/.test(path) ? join(homedir(), path.slice(1)) : path);
  if (/\.onnx$/i.test(place) && (await isKind(place, 'isFile'))) {
    const name = basename(place, '.onnx');
    const dtype = dtypes
      .filter((each) => name.endsWith(basename(graphFileName('', each), '.onnx')))
      .sort((a, b) => graphFileName('', b).length - graphFileName('', a).length)[0];
    return { folder: await around(dirname(place)), dtype };
  }
  return (await isKind(place, 'isDirectory')) ? { folder: await around(place), dtype: undefined } : null;
}

/**
 * Where the graphs lie inside a folder: `onnx` where it holds any, or nothing holds one; else '' for the folder itself.
 */
export async function graphFolder(folder: string): Promise<string> {
  if (await hasGraph(join(folder, 'onnx'))) return 'onnx';
  return (await hasGraph(folder)) || !(await isKind(join(folder, 'onnx'), 'isDirectory')) ? '' : 'onnx';
}

/** Whether there is a folder of that path. */
export function isFolder(path: string): Promise<boolean> {
  return isKind(path, 'isDirectory');
}

async function around(folder: string): Promise<string> {
  const outer = dirname(folder);
  const inner = basename(folder) === 'onnx' && !(await isKind(join(folder, 'config.json'), 'isFile'));
  return inner && (await isKind(join(outer, 'config.json'), 'isFile')) ? outer : folder;
}

async function hasGraph(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).some((name) => name.endsWith('.onnx'));
  } catch {
    return false;
  }
}

async function isKind(path: string, kind: 'isFile' | 'isDirectory'): Promise<boolean> {
  try {
    return (await stat(path))[kind]();
  } catch {
    return false;
  }
}
