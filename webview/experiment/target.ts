import { editLike } from '../../src/core/run/edit-list.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { cellOf } from '../../src/core/scene/links.ts';
import type { Pair } from '../../src/core/scene/pair.ts';
import { layerName } from '../../src/core/scene/names.ts';
import { placeOf, type Reach } from '../../src/core/scene/try.ts';
import { layerNumber } from '../../src/core/attention/layers.ts';
import { words } from '../../src/core/words/words.ts';
import type { Picture } from '../state/frame.ts';

/** The query and key of a token that is in focus with its partner, in units; null where one token is alone. */
export function pairOf(token: TokenFocus | null): Pair | null {
  return token?.cell === undefined ? null : cellOf(token, token.cell);
}

/** Heads that an edit reaches, in words: `head 1.2`, `all heads of layer 1`, `all layers`. */
export function reachName(frame: Picture, reach: Reach): string {
  const { reaches, chips } = words().experiment;
  if (reach === 'map') return reaches.map;
  const place = placeOf(frame.source, reach);
  return reach === 'head' ? reaches.head(chips.where(null, place.layer, place.head)) : reaches.layer(layerName(frame));
}

/** The head that is spoken of by its number, `1.2`; null where several are. */
export function headName({ map, selection, layer }: Picture): string | null {
  const { head } = selection;
  return head === null || typeof layer !== 'number' ? null : `${layerNumber(map, layer)}.${head}`;
}

/** The number of the first edit that changes the same as one of some others; a number that changes nothing else. */
export function amountOf(edits: readonly Edit[], like: Edit | undefined, neutral: number): number {
  const found = like && editLike(edits, like);
  if (!found) return neutral;
  if (found.kind === 'scale') return found.factor;
  if (found.kind === 'off') return 0;
  return 'value' in found ? found.value : neutral;
}
