/** A document as its readers here see it: its lines, without line breaks, and where each begins (UTF-16 offsets). */
export interface Lines {
  readonly count: number;
  text(line: number): string;
  offset(line: number): number;
}

/** A stretch [from, to) of one line (UTF-16 code units). */
export interface Stretch {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** The same document with nothing but some stretches of its lines, each in its place; the rest is blank. */
export function onlyLines(lines: Lines, stretches: readonly Stretch[]): Lines {
  const kept = new Map(stretches.map((stretch) => [stretch.line, stretch]));
  return {
    count: lines.count,
    offset: (line) => lines.offset(line),
    text: (line) => {
      const { from, to } = kept.get(line) ?? { from: 0, to: 0 };
      return ' '.repeat(from) + lines.text(line).slice(from, to);
    },
  };
}
