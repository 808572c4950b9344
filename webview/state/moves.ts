import { allHeads, soloHead, type Selection, type TokenFocus } from '../../src/core/attention/selection.ts';
import { strongest } from '../../src/core/attention/rows.ts';
import { otherSide, partnersOf, withinSight } from '../../src/core/scene/links.ts';
import { inTokens, tokenOf, unitOf } from '../../src/core/scene/scene.ts';
import { directed } from './direct.ts';
import type { Frame, Picture } from './frame.ts';
import type { Gesture } from './history.ts';
import type { KeyAction } from './keys.ts';

/** Where a key leads: another selection, a pointer on the other side, or null for nowhere. */
export type Move = { readonly selection: Selection } | { readonly pointer: TokenFocus } | null;

/** Where a key leads in a picture, in tokens; `now` is where the person is, `sideOfKeyboard` the column of the keyboard. */
export function moveInPicture(
  action: KeyAction,
  picture: Picture,
  now: { readonly selection: Selection; readonly pointer: TokenFocus | null },
  sideOfKeyboard: TokenFocus['side'] | null,
): { readonly selection: Selection; readonly gesture: Gesture } | { readonly pointer: TokenFocus | null } | null {
  const { map, options } = picture;
  const unit = now.selection.token && unitOf(picture, now.selection.token);
  const side = sideOfKeyboard ?? unit?.side ?? directed({ side: 'query', index: 0 }, map, options).side;
  const here = { ...picture, selection: { ...now.selection, token: unit } };
  const move = moveOf(action, here, side, now.pointer && unitOf(picture, now.pointer));
  if (!move) return null;
  if ('pointer' in move) return { pointer: tokenOf(picture, move.pointer) };
  const token = move.selection.token && directed(move.selection.token, map, options);
  return {
    selection: inTokens(picture, { ...move.selection, token }),
    gesture: action.startsWith('token-') ? 'step' : 'move',
  };
}

/** What a key does in a frame. `side` is the column that has the keyboard, `pointer` the cursor there. */
export function moveOf(action: KeyAction, frame: Frame, side: TokenFocus['side'], pointer: TokenFocus | null): Move {
  const { selection, map } = frame;
  const [layers, heads] = map.shape;
  switch (action) {
    case 'token-previous':
      return step(frame, side, pointer, -1);
    case 'token-next':
      return step(frame, side, pointer, 1);
    case 'token-first':
      return step(frame, side, pointer, -Infinity);
    case 'token-last':
      return step(frame, side, pointer, Infinity);
    case 'layer-down':
      return { selection: { ...selection, layer: clamp(selection.layer - 1, layers) } };
    case 'layer-up':
      return { selection: { ...selection, layer: clamp(selection.layer + 1, layers) } };
    case 'head-previous':
      return { selection: nextHead(selection, heads, -1) };
    case 'head-next':
      return { selection: nextHead(selection, heads, 1) };
    case 'heads-all':
      return { selection: allHeads(selection, heads) };
    case 'head-solo':
      return { selection: soloHead(selection, selection.head ?? selection.heads[0] ?? 0) };
    case 'lock':
      return pointer ? { selection: lockToken(selection, pointer) } : null;
    case 'clear':
      return { selection: { ...selection, token: null } };
    case 'explain':
    case 'why':
    case 'try':
    case 'undo':
    case 'write-one':
    case 'write-on':
    case 'unwrite':
    case 'back':
    case 'forward':
    case 'help':
      return null;
  }
}

/** Locks `token`, or unlocks it when it is locked already. */
export function lockToken(selection: Selection, token: TokenFocus): Selection {
  const same = selection.token?.side === token.side && selection.token.index === token.index;
  return { ...selection, token: same ? null : token };
}

function step(frame: Frame, side: TokenFocus['side'], pointer: TokenFocus | null, by: number): Move {
  const { selection, map } = frame;
  const count = side === 'query' ? map.shape[2] : map.shape[3];
  const { token } = selection;
  if (token && token.side === otherSide(side)) {
    const [first, last] = withinSight(frame, token);
    const start = strongest(partnersOf(frame, token), 1)[0]?.index ?? first;
    const index = pointer?.side === side ? pointer.index + by : Number.isFinite(by) ? start : by;
    return { pointer: { side, index: Math.min(last, Math.max(first, index)) } };
  }
  const index = token
    ? clamp(token.index + by, count)
    : by > 0 && Number.isFinite(by)
      ? 0
      : clamp(by < 0 && Number.isFinite(by) ? count - 1 : by, count);
  return { selection: { ...selection, token: { side, index } } };
}

/** One head shown: the next one alone. Several shown: the next of them is spoken of. */
function nextHead(selection: Selection, count: number, by: number): Selection {
  const { heads, head } = selection;
  if (heads.length <= 1) return soloHead(selection, wrap((heads[0] ?? (by > 0 ? -1 : 0)) + by, count));
  const at = head === null ? (by > 0 ? -1 : heads.length) : heads.indexOf(head);
  return { ...selection, head: heads[wrap(at + by, heads.length)] ?? null };
}

function clamp(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}

function wrap(value: number, count: number): number {
  return (value + count) % count;
}
