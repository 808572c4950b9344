const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uFF01-\uFF60]/u;
const zero = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** The number of terminal cells that `text` takes: two for East Asian and emoji characters, none for marks. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += zero.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return cells;
}

/** `text` with spaces behind it up to `cells`. */
export function padTo(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - cellsOf(text)));
}
