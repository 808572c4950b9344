import { views, type ViewName } from '../../src/core/views/table.ts';

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
  ['Escape', 'clear'],
  ['?', 'help'],
]);

/** What the help overlay and the foot line say about the keys, in the order in which they are learned. */
export const keyHelp: readonly { readonly keys: readonly string[]; readonly short: string; readonly says: string }[] = [
  { keys: ['←', '→'], short: 'token', says: 'Move the focus from token to token (in a column ↑ ↓ too, Home and End).' },
  { keys: ['[', ']'], short: 'layer', says: 'Go to the layer below or above.' },
  {
    keys: [',', '.'],
    short: 'head',
    says: 'Go to the head before or after: alone when one is shown, else among those shown.',
  },
  { keys: ['a'], short: 'all heads', says: 'Show every head; numbers show their mean.' },
  { keys: ['s'], short: 'solo', says: 'Show the head in focus alone.' },
  {
    keys: ['1', '…', String(views.length)],
    short: 'view',
    says: 'Show another view: the first, the second and so on.',
  },
  { keys: ['Alt', '←', '→'], short: 'back', says: 'Go back to where you were before, or forward again.' },
  { keys: ['Tab'], short: 'parts', says: 'Go to the next part: heads, sentence, token columns.' },
  {
    keys: ['Enter'],
    short: 'lock',
    says: 'With a token in focus, ↑ ↓ in the other column point at exact cells; Enter moves the focus there.',
  },
  { keys: ['Esc'], short: 'clear', says: 'Unpin the token.' },
  { keys: ['?'], short: 'help', says: 'Show these keys.' },
];

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>;

/** The view that a key press chooses, or null: 1 is the first, and so on. */
export function viewOf({ key, ctrlKey, altKey, metaKey }: Press): ViewName | null {
  return ctrlKey || altKey || metaKey || !/^[1-9]$/.test(key) ? null : (views[Number(key) - 1] ?? null);
}

/** What a key press asks for; null for keys of others: with Ctrl, Alt or Meta there are back and forward alone. */
export function actionOf(event: Press): KeyAction | null {
  const { key, ctrlKey, altKey, metaKey } = event;
  if (altKey && !ctrlKey && !metaKey && key === 'ArrowLeft') return 'back';
  if (altKey && !ctrlKey && !metaKey && key === 'ArrowRight') return 'forward';
  // Many keyboards write brackets with AltGr (Ctrl + Alt) or Alt.
  const modified = key === '[' || key === ']' ? ctrlKey && !altKey : ctrlKey || altKey;
  return modified || metaKey ? null : (actions.get(key) ?? null);
}
