import type { HeadsPlace } from '../../src/core/attention/order.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { buttonViews, type ViewName } from '../../src/core/views/table.ts';
import { words } from '../../src/core/words/words.ts';
import type { Act } from '../act.ts';

/** Everything that a key can do. */
export type KeyAction =
  | 'token-previous'
  | 'token-next'
  | 'token-first'
  | 'token-last'
  | 'layer-down'
  | 'layer-up'
  | 'head-previous'
  | 'head-next'
  | 'heads-all'
  | 'head-solo'
  | 'lock'
  | 'explain'
  | 'why'
  | 'try'
  | 'undo'
  | 'write-one'
  | 'write-on'
  | 'unwrite'
  | 'clear'
  | 'back'
  | 'forward'
  | 'help';

const actions: ReadonlyMap<string, KeyAction> = new Map([
  ['ArrowLeft', 'token-previous'],
  ['ArrowUp', 'token-previous'],
  ['ArrowRight', 'token-next'],
  ['ArrowDown', 'token-next'],
  ['Home', 'token-first'],
  ['End', 'token-last'],
  ['[', 'layer-down'],
  [']', 'layer-up'],
  [',', 'head-previous'],
  ['.', 'head-next'],
  ['a', 'heads-all'],
  ['s', 'head-solo'],
  ['Enter', 'lock'],
  ['e', 'explain'],
  ['w', 'why'],
  ['t', 'try'],
  ['c', 'write-one'],
  ['C', 'write-on'],
  ['Backspace', 'unwrite'],
  ['Escape', 'clear'],
  ['?', 'help'],
]);

/** What the help overlay and the foot line say about the keys, in the order in which they are learned. */
export function keyHelp(): readonly {
  readonly keys: readonly string[];
  readonly short: string;
  readonly says: string;
}[] {
  const says = words().help.keys;
  return [
    { keys: ['←', '→'], ...says.token },
    { keys: ['[', ']'], ...says.layer },
    { keys: [',', '.'], ...says.head },
    { keys: ['a'], ...says.all },
    { keys: ['s'], ...says.solo },
    { keys: ['1', '…', String(buttonViews.length)], ...says.view },
    { keys: ['Alt', '←', '→'], ...says.back },
    { keys: ['Tab'], ...says.next },
    { keys: ['Enter'], ...says.pin },
    { keys: ['e'], ...says.explain },
    { keys: ['w'], ...says.why },
    { keys: ['t'], ...says.try },
    { keys: ['Ctrl', 'Z'], ...says.undo },
    { keys: ['c', 'C', '⌫'], ...says.write },
    { keys: ['Esc'], ...says.clear },
    { keys: ['?'], ...says.help },
  ];
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'> & Partial<Pick<KeyboardEvent, 'shiftKey'>>;

/** The view that a key press chooses, or null: 1 is the first, and so on. */
export function viewOf({ key, ctrlKey, altKey, metaKey }: Press): ViewName | null {
  return ctrlKey || altKey || metaKey || !/^[1-9]$/.test(key) ? null : (buttonViews[Number(key) - 1] ?? null);
}

/** What a key press asks for; null for keys of others: with Ctrl, Alt or Meta there are back, forward and undo alone. */
export function actionOf(event: Press): KeyAction | null {
  const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
  if (altKey && !ctrlKey && !metaKey && key === 'ArrowLeft') return 'back';
  if (altKey && !ctrlKey && !metaKey && key === 'ArrowRight') return 'forward';
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'z') return shiftKey ? null : 'undo';
  // Many keyboards write brackets with AltGr (Ctrl + Alt) or Alt.
  const modified = key === '[' || key === ']' ? ctrlKey && !altKey : ctrlKey || altKey;
  return modified || metaKey ? null : (actions.get(key) ?? null);
}

/**
 * What a key asks for that moves nothing in the picture, of what is in focus, or of the head that has the keyboard; null
 * for the other keys.
 */
export function askedBy(action: KeyAction, token: TokenFocus | null, of: HeadsPlace | null): Act | null {
  switch (action) {
    case 'help':
    case 'undo':
    case 'back':
    case 'forward':
      return { type: action };
    case 'try':
      return { type: action, token: of ? null : token, of };
    case 'explain':
      return { type: 'explain', token, view: 'arithmetic' };
    case 'why':
      return { type: 'explain', token, view: 'parts' };
    default:
      return null;
  }
}
