/** A line of a text without its line break, and where it begins (UTF-16 code units). */
export interface Line {
  readonly text: string;
  readonly start: number;
}

/** A fence of backticks has none after it: that is code in a line. */
const opening = /^ {0,3}(`{3,}(?![^`]*`)|~{3,})/u;

/** The fence that a line begins with; null where it begins with none. */
export function fenceOf(line: string): string | null {
  return opening.exec(line)?.[1] ?? null;
}

/**
 * The lines of fenced blocks as CommonMark has them, the fences included, and the fences that nothing closes, the first
 * of each kind: such a one is no block here, since it would take in all that follows.
 */
export function fencesOf(lines: readonly Line[]): {
  readonly fenced: ReadonlySet<number>;
  readonly open: readonly string[];
} {
  const fences = lines.flatMap(({ text }, at) => {
    const fence = fenceOf(text);
    return fence === null ? [] : [{ at, kind: fence.charAt(0), length: fence.length, isAlone: text.trim() === fence }];
  });
  const fenced = new Set<number>();
  /** For each kind of fence the length from which on none is closed any more: each is looked for once. */
  const unclosed = new Map<string, number>();
  const open = new Map<string, string>();
  let closed = -1;
  for (const [index, { at, kind, length }] of fences.entries()) {
    if (at <= closed || length >= (unclosed.get(kind) ?? Infinity)) continue;
    let next = index + 1;
    while (next < fences.length && !closes(fences[next], kind, length)) next++;
    const close = fences[next];
    if (!close) {
      unclosed.set(kind, length);
      if (!open.has(kind)) open.set(kind, kind.repeat(length));
      continue;
    }
    closed = close.at;
    for (let inside = at; inside <= closed; inside++) fenced.add(inside);
  }
  return { fenced, open: [...open.values()] };
}

interface Fence {
  readonly kind: string;
  readonly length: number;
  readonly isAlone: boolean;
}

function closes(fence: Fence | undefined, kind: string, length: number): boolean {
  return fence?.kind === kind && fence.isAlone && fence.length >= length;
}
