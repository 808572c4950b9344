import { itemAt } from '../../src/core/item-at.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { looksAt } from '../../src/core/attention/rows.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import type { Frame } from '../state/frame.ts';
import { labelAt, quoted } from './label.ts';
import { words } from '../../src/core/words/words.ts';

/**
 * One sentence on what shapes the row of a query beside its scores: the window of local attention, and what the row
 * sums to where that is not 1. Null for keys, and where a row is just a softmax over everything.
 */
export function rowSentence(frame: Frame, { side, index }: TokenFocus): string | null {
  const { local, normalised } = frame.map;
  if (side !== 'query') return null;
  const total = rowSum(frame, index);
  const says = words().focus;
  const sum = weightText(total);
  if (!local) {
    if (normalised !== false) return null;
    return total < 1 - rounding ? says.rowBelow(sum) : total > 1 + rounding ? says.rowAbove(sum) : says.rowSum(sum);
  }
  const { halfWidth, sigma } = local;
  const place = itemAt(local.centres, index);
  const [centre, isNear] = [shortText(place), !Number.isInteger(place)];
  const token = quoted(labelAt(sequenceOn(frame, 'key'), nearest(frame, place)));
  return sigma === null
    ? says.localM(centre, token, isNear, halfWidth)
    : says.localP(centre, token, isNear, sigma, halfWidth, sum);
}

/** What rounding may take from a sum. */
const rounding = 1e-4;

/** The key that stands at a place between keys. */
function nearest({ map }: Frame, place: number): number {
  return Math.min(map.shape[3] - 1, Math.max(0, Math.round(place)));
}

function rowSum({ spoken, map }: Frame, query: number): number {
  return looksAt(spoken, query, map.shape[3]).reduce((sum, weight) => sum + weight, 0);
}

/** A place with one digit, a whole one without. */
function shortText(place: number): string {
  return Number.isInteger(place) ? String(place) : place.toFixed(1);
}
