import { words } from '../words/words.ts';
import type { Frame } from './frame.ts';

/** `layer 3`, or `mean of 6 layers`. */
export function layerName({ layer, map }: Frame): string {
  const { names } = words();
  if (typeof layer === 'number' || map.shape[0] === 1) return names.layer(typeof layer === 'number' ? layer : 0);
  return names.mergedLayers(layer, map.shape[0]);
}

/** `mean of 8 heads`; heads that are merged into one. */
export function headsName({ selection: { heads }, headMerge }: Frame): string {
  const { names } = words();
  const [only] = heads;
  if (only === undefined) return names.noHead;
  return heads.length === 1 ? names.head(only) : names.mergedHeads(headMerge, heads.length);
}

/** What numbers and words speak of: `layer 3, head 7` or `layer 3, mean of 8 heads`. */
export function spokenName(frame: Frame): string {
  const { head } = frame.selection;
  return `${layerName(frame)}, ${head === null ? headsName(frame) : words().names.head(head)}`;
}

/** The heading of what numbers show: `Head 3.7` or `Mean of 8 heads, layer 3`. */
export function spokenTitle(frame: Frame): string {
  const { names, inspector } = words();
  const { head } = frame.selection;
  return head === null ? inspector.where(headsName(frame), layerName(frame)) : names.headOf(frame.layer, head);
}
