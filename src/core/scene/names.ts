import type { Merge } from '../attention/merge.ts';
import type { Frame } from './frame.ts';

/** `layer 3`, or `mean of 6 layers`. */
export function layerName({ layer, map }: Frame): string {
  if (typeof layer === 'number' || map.shape[0] === 1) return `layer ${typeof layer === 'number' ? layer : 0}`;
  return `${mergeNames[layer]} of ${map.shape[0]} layers`;
}

/** `mean of 8 heads`; heads that are merged into one. */
export function headsName({ selection: { heads }, headMerge }: Frame): string {
  const [only] = heads;
  if (only === undefined) return 'no head';
  return heads.length === 1 ? `head ${only}` : `${mergeNames[headMerge]} of ${heads.length} heads`;
}

/** What numbers and words speak of: `layer 3, head 7` or `layer 3, mean of 8 heads`. */
export function spokenName(frame: Frame): string {
  const { head } = frame.selection;
  return `${layerName(frame)}, ${head === null ? headsName(frame) : `head ${head}`}`;
}

const mergeNames: Readonly<Record<Merge, string>> = { mean: 'mean', max: 'maximum' };
