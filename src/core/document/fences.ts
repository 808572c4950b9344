/** A line of a text without its line break, and where it begins (UTF-16 code units). */
export interface Line {
  readonly text: string;
  readonly start: number;
}

const opening = /^ {0,3}(`{3,}|~{3,})/u;

/**
 * The lines of fenced blocks as CommonMark has them, the fences included, and the fence of one that nothing closes, or
 * null: such a one is no block here, since it would take in all that follows.
 */
export function fencesOf(lines: readonly Line[]): {
  readonly fenced: ReadonlySet<number>;
  readonly open: string | null;
} {
  const fenced = new Set<number>();
  /** For each kind of fence the length from which on none is closed any more: each is looked for once. */
  const unclosed = new Map<string, number>();
  let open: string | null = null;
  for (let at = 0; at < lines.length; at++) {
    const [, fence] = opening.exec(lines[at]?.text ?? '') ?? [];
    if (fence === undefined || fence.length >= (unclosed.get(fence.charAt(0)) ?? Infinity)) continue;
    const close = lines.findIndex(({ text }, index) => index > at && closes(text, fence));
    if (close < 0) {
      unclosed.set(fence.charAt(0), fence.length);
      open ??= fence;
      continue;
    }
    for (let inside = at; inside <= close; inside++) fenced.add(inside);
    at = close;
  }
  return { fenced, open };
}

function closes(line: string, fence: string): boolean {
  const [, found] = opening.exec(line) ?? [];
  return found?.charAt(0) === fence.charAt(0) && found.length >= fence.length && line.trim() === found;
}
