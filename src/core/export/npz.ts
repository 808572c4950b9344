import { zipSync, type Zippable } from 'fflate';
import { layerNumbers } from '../attention/layers.ts';
import type { AttentionMap } from '../attention/map.ts';
import { npyOf } from './npy.ts';

/** The same analysis gives the same bytes: the files of the archive carry the first date that zip knows. */
const mtime = new Date(1980, 0, 1);

/**
 * The maps as an `.npz` archive for `numpy.load`, stored: for each a float32 array `[layer][head][query][key]` under
 * its name. The numbers that its layers have in the model stand under `NAME_layers` where not all layers of it attend.
 * Scores before the softmax, where they are known, are laid out alike under `NAME_scores`; the centres of local
 * attention, one for every query, stand under `NAME_centres`. Each file of the archive carries `comment`, such as the
 * model.
 */
export function npzOf(maps: readonly AttentionMap[], comment = ''): Uint8Array {
  const arrays = maps.flatMap((map): NamedArray[] => {
    const { name, weights, scores, local, shape } = map;
    return [
      { name, values: weights, shape },
      ...(map.layers ? [listNamed(`${name}_layers`, layerNumbers(map))] : []),
      ...(scores ? [{ name: `${name}_scores`, values: scores, shape }] : []),
      ...(local ? [listNamed(`${name}_centres`, local.centres)] : []),
    ];
  });
  return archiveOf(arrays, comment);
}

/** An array of an archive: numbers in C order. */
export interface NamedArray {
  readonly name: string;
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** Numbers as an array of one axis. */
export function listNamed(name: string, numbers: ArrayLike<number>): NamedArray {
  return { name, values: Float32Array.from(numbers), shape: [numbers.length] };
}

/** Arrays as an `.npz` archive, each with its comment. Throws RangeError for one whose shape holds another count. */
export function archiveOf(arrays: readonly NamedArray[], comment: string): Uint8Array {
  const files: Zippable = {};
  for (const { name, values, shape } of arrays)
    files[`${name}.npy`] = [npyOf(values, shape), { level: 0, mtime, ...(comment === '' ? {} : { comment }) }];
  return zipSync(files);
}
