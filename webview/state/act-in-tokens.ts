import { inTokens, pointedToken, tokenOf } from '../../src/core/scene/scene.ts';
import type { Act } from '../act.ts';
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
