/** A piece of a text, and whether the other text does not have it there. */
export interface DiffPiece {
  readonly text: string;
  readonly isOwn: boolean;
}

/** Texts of more words than this are compared as they begin. */
const maxWords = 1000;

/**
 * Two texts in pieces, words with the blanks before them: those that a longest common subsequence of their words leaves
 * out are each text's own.
 */
export function wordDiff(before: string, after: string): readonly [before: DiffPiece[], after: DiffPiece[]] {
  const [a, b] = [piecesOf(before), piecesOf(after)];
  const [x, y] = [a.slice(0, maxWords).map((each) => each.trim()), b.slice(0, maxWords).map((each) => each.trim())];
  // lengths[i][j]: the longest that the words from i and from j on have in common.
  const width = y.length + 1;
  const lengths = new Uint16Array((x.length + 1) * width);
  const lengthAt = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = x.length - 1; i >= 0; i--)
    for (let j = y.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        x[i] === y[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
  const [common, theirs] = [new Set<number>(), new Set<number>()];
  for (let i = 0, j = 0; i < x.length && j < y.length;) {
    if (x[i] === y[j]) {
      common.add(i++);
      theirs.add(j++);
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i++;
    else j++;
  }
  return [
    a.map((text, at) => ({ text, isOwn: !common.has(at) })),
    b.map((text, at) => ({ text, isOwn: !theirs.has(at) })),
  ];
}

function piecesOf(text: string): readonly string[] {
  return text.match(/\s*\S+/gu) ?? [];
}
