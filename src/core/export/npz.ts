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
  const files: Zippable = {};
  const add = (name: string, values: Float32Array, shape: readonly number[]): void => {
    files[`${name}.npy`] = [npyOf(values, shape), { level: 0, mtime, ...(comment === '' ? {} : { comment }) }];
  };
  for (const map of maps) {
    const { name, weights, scores, local, shape } = map;
    add(name, weights, shape);
    if (map.layers) add(`${name}_layers`, Float32Array.from(layerNumbers(map)), [shape[0]]);
    if (scores) add(`${name}_scores`, scores, shape);
    if (local) add(`${name}_centres`, Float32Array.from(local.centres), [local.centres.length]);
  }
  return zipSync(files);
}
