import { layerNumber, numberedChoice } from '../attention/layers.ts';
import { words } from '../words/words.ts';
import type { LayerChoice, Merge } from '../attention/merge.ts';
import type { Frame } from './frame.ts';

/** `layer 3`, or `mean of 6 layers`. */
export function layerName(frame: Frame): string {
  const { names } = words();
  const { map } = frame;
  const layer = choiceOf(frame);
  return typeof layer === 'number' ? names.layer(layerNumber(map, layer)) : names.mergedLayers(layer, map.shape[0]);
}

/** Which layer is shown: the only one of a map is itself, however layers are merged. */
function choiceOf({ layer, map }: Frame): LayerChoice {
  return map.shape[0] === 1 ? 0 : layer;
}

/**
 * Heads merged into one, of `count` that there are: `mean of 8 heads`, or `mean of heads 2, 7` where they are not all.
 */
export function headsName(heads: readonly number[], count: number, merge: Merge): string {
  const { names } = words();
  const [only] = heads;
  if (only === undefined) return names.noHead;
  if (heads.length === 1) return names.head(only);
  return heads.length === count ? names.mergedHeads(merge, count) : names.theseHeads(merge, heads);
}

/** What numbers and words speak of: `layer 3, head 7` or `layer 3, mean of 8 heads`. */
export function spokenName(frame: Frame): string {
  const { head } = frame.selection;
  return `${layerName(frame)}, ${head === null ? spokenHeads(frame) : words().names.head(head)}`;
}

/** The heading of what numbers show: `Head 3.7` or `Mean of 8 heads, layer 3`. */
export function spokenTitle(frame: Frame): string {
  const { names, inspector } = words();
  const { map, selection } = frame;
  const { head } = selection;
  return head === null
    ? inspector.where(spokenHeads(frame), layerName(frame))
    : names.headOf(numberedChoice(map, choiceOf(frame)), head);
}

function spokenHeads({ selection: { heads }, map, headMerge }: Frame): string {
  return headsName(heads, map.shape[1], headMerge);
}
