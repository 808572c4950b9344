/** A whole number, its thousands apart by a narrow space: `30 522`. A comma or point would be read as a decimal. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202F');
}

/** `1 Token`, `11 Tokens`, `30 522 Tokens`. */
export function countOf(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `a`, `a und b`, `a, b und c`. */
export function listOf(words: readonly string[], word = 'und'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** `1 Token`, `11 Tokens`. */
export function tokensOf(count: number): string {
  return countOf(count, 'Token', 'Tokens');
}

/** `1 Head`, `8 Heads`. */
export function headsOf(count: number): string {
  return countOf(count, 'Head', 'Heads');
}

/** `1 Schicht`, `6 Schichten`. */
export function layersOf(count: number): string {
  return countOf(count, 'Schicht', 'Schichten');
}

/** `1 Zeichen`, `30 Zeichen`. */
export function charactersOf(count: number): string {
  return countOf(count, 'Zeichen', 'Zeichen');
}

/** `1 Wort`, `3 Wörtern`: after `von`. */
export function wordsOf(count: number): string {
  return countOf(count, 'Wort', 'Wörtern');
}

/** `1 Key`, `3 Keys`. */
export function keysOf(count: number): string {
  return countOf(count, 'Key', 'Keys');
}
