import { itemAt } from '../../src/core/item-at.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { looksAt } from '../../src/core/attention/rows.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import type { Frame } from '../state/frame.ts';
import { labelAt, quoted } from './label.ts';

/**
 * One sentence on what shapes the row of a query beside its scores: the window of local attention, and what the row
 * sums to where that is not 1. Null for keys, and where a row is just a softmax over everything.
 */
export function rowSentence(frame: Frame, { side, index }: TokenFocus): string | null {
  const { local, normalised } = frame.map;
  if (side !== 'query') return null;
  const total = rowSum(frame, index);
  const sum = `The row sums to ${weightText(total)}`;
  if (!local) {
    if (normalised !== false) return null;
    return `${sum}${total < 1 - rounding ? ': what is left of 1 goes to no token' : total > 1 + rounding ? ': the model changes its weights after the softmax' : ''}.`;
  }
  const centre = itemAt(local.centres, index);
  const near = `${Number.isInteger(centre) ? '' : 'near '}${quoted(labelAt(sequenceOn(frame, 'key'), nearest(frame, centre)))}`;
  if (local.sigma === null) {
    return (
      `local-m: a window around position ${shortText(centre)}, ${near}; ` +
      `only words at most ${local.halfWidth} from there are looked at.`
    );
  }
  return (
    `local-p: a Gaussian around position ${shortText(centre)}, ${near}, width ${local.sigma}, ` +
    `over words at most ${local.halfWidth} from there. ${sum}: it is not made to sum to 1 again.`
  );
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
