import type { Selection, TokenFocus } from '../../src/core/attention/selection.ts';
import { cellOf, otherSide, weightAt } from '../../src/core/scene/links.ts';
import { inTokens, pointedToken, tokenOf } from '../../src/core/scene/scene.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import type { Act, WeightView } from '../act.ts';
import { directed, pointed } from './direct.ts';
import { lockToken } from './moves.ts';
import type { Picture } from './frame.ts';

/** What a part of the panel asks for, which speaks of the units that it draws, in tokens; null when none is meant. */
export function actInTokens(act: Act, picture: Picture): Act | null {
  const { map, selection, options, step } = picture;
  switch (act.type) {
    case 'select':
      return { ...act, selection: inTokens(picture, act.selection) };
    case 'view':
      return { ...act, ...(act.selection ? { selection: inTokens(picture, act.selection) } : {}) };
    case 'lock':
      return {
        type: 'select',
        selection: inTokens(picture, lockToken(selection, directed(act.token, map, options))),
      };
    case 'explain':
      return { ...act, token: act.token && strongestToken(picture, act.token) };
    case 'reveal': {
      const token = tokenOf(picture, act.token);
      return token && { type: 'reveal', token };
    }
    case 'point': {
      const token = act.token && pointed(act.token, selection.token, map, options, step);
      return { ...act, token: token && pointedToken(picture, token) };
    }
    default:
      return act;
  }
}

/** What shows how the weight of a token and its partner is computed; without a token, that of what is pinned. */
export function explaining(
  token: TokenFocus | null,
  { selection, view }: { readonly selection: Selection | null; readonly view: ViewState },
  shown: WeightView = 'arithmetic',
): Act {
  const chosen = token && selection && { ...selection, token };
  return { type: 'view', view: { ...view, view: shown }, ...(chosen ? { selection: chosen } : {}) };
}

/**
 * A token and its partner in tokens: of words the two tokens with the largest weight, and of what is hidden none.
 */
function strongestToken(picture: Picture, focus: TokenFocus): TokenFocus | null {
  const { sides, source } = picture;
  const unit = sides[focus.side][focus.index];
  const partner = focus.cell === undefined ? undefined : sides[otherSide(focus.side)][focus.cell];
  if (!unit || !partner) return tokenOf(picture, focus);
  const pairs = indices(unit).flatMap((index) => indices(partner).map((cell) => ({ side: focus.side, index, cell })));
  const weightOf = ({ side, index, cell }: (typeof pairs)[number]): number => {
    const { query, key } = cellOf({ side, index }, cell);
    return weightAt(source, query, key);
  };
  return pairs.reduce((best, pair) => (weightOf(pair) > weightOf(best) ? pair : best));
}

function indices({ first, end }: { readonly first: number; readonly end: number }): readonly number[] {
  return Array.from({ length: end - first }, (_, at) => first + at);
}
