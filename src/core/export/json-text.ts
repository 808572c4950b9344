/**
 * Characters that JSON may hold as they are, but that move a terminal's cursor, break lines of some readers or turn
 * letters around.
 */
const active = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A value as JSON text that can be printed to a terminal: what is active in one is written as its number, and read back
 * the same.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(
    active,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
