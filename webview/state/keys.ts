/** Everything that a key can do. */
export type KeyAction =
  | 'token-previous' | 'token-next' | 'token-first' | 'token-last' | 'layer-down' | 'layer-up' | 'head-previous' | 'head-next'
  | 'heads-all' | 'head-solo' | 'lock' | 'clear' | 'help';

const actions: ReadonlyMap<string, KeyAction> = new Map([
  ['ArrowLeft', 'token-previous'], ['ArrowUp', 'token-previous'], ['ArrowRight', 'token-next'], ['ArrowDown', 'token-next'],
  ['Home', 'token-first'], ['End', 'token-last'],
  ['[', 'layer-down'], [']', 'layer-up'], [',', 'head-previous'], ['.', 'head-next'],
  ['a', 'heads-all'], ['s', 'head-solo'], ['Enter', 'lock'], ['Escape', 'clear'], ['?', 'help'],
]);

/** What the help overlay and the foot line say about the keys, in the order in which they are learned. */
export const keyHelp: readonly { readonly keys: readonly string[]; readonly short: string; readonly says: string }[] = [
  { keys: ['←', '→'], short: 'token', says: 'Move the focus from token to token (in a column ↑ ↓ too, Home and End).' },
  { keys: ['[', ']'], short: 'layer', says: 'Go to the layer below or above.' },
  { keys: [',', '.'], short: 'head', says: 'Go to the head before or after: alone when one is shown, else among those shown.' },
  { keys: ['a'], short: 'all heads', says: 'Show every head; numbers speak of their mean.' },
  { keys: ['s'], short: 'solo', says: 'Show the head in focus alone.' },
  { keys: ['Tab'], short: 'parts', says: 'Go to the next part: heads, sentence, token columns.' },
  { keys: ['Enter'], short: 'lock', says: 'With a token in focus, ↑ ↓ in the other column point at exact cells; Enter moves the focus there.' },
  { keys: ['Esc'], short: 'clear', says: 'Let go of the token in focus.' },
  { keys: ['?'], short: 'help', says: 'Show these keys.' },
];

/** What a key press asks for; null for keys of others, among them everything with Ctrl, Alt or Meta. */
export function actionOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>): KeyAction | null {
  const { key, ctrlKey, altKey, metaKey } = event;
  // Many keyboards write brackets with AltGr (Ctrl + Alt) or Alt.
  const modified = key === '[' || key === ']' ? ctrlKey && !altKey : ctrlKey || altKey;
  return modified || metaKey ? null : (actions.get(key) ?? null);
}
