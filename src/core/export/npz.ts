import { zipSync, type Zippable } from 'fflate';
import type { AttentionMap } from '../attention/map.ts';
import { npyOf } from './npy.ts';

/** The same analysis gives the same bytes: the files of the archive carry the first date that zip knows. */
const mtime = new Date(1980, 0, 1);

/** The maps as an `.npz` archive for `numpy.load`: one float32 array `[layer][head][query][key]` a map, under its name, stored. */
export function npzOf(maps: readonly AttentionMap[]): Uint8Array {
  const files: Zippable = {};
  for (const map of maps) files[`${map.name}.npy`] = [npyOf(map.weights, map.shape), { level: 0, mtime }];
  return zipSync(files);
}
