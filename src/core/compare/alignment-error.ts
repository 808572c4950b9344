/** How far what each target word looks at most agrees with an alignment that is known. */
export interface AlignmentError {
  /** 0 where they agree wholly, 1 where in nothing. */
  readonly rate: number;
  /** The target words that look most at a word which they render, and how many words there are. */
  readonly right: number;
  readonly rows: number;
}

/**
 * The alignment error rate 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|) (Och and Ney 2003, J03-1002): A has the strongest key
 * of each target word, P all words that it renders, S that of a word which renders one alone. `strongest[t]` is the
 * place of that key, `links[t]` the places that are known; target words without any are left out. Null where none has.
 */
export function alignmentError(
  strongest: readonly number[],
  links: readonly (readonly number[])[],
): AlignmentError | null {
  let [rows, sure, right, surelyRight] = [0, 0, 0, 0];
  for (const [row, known] of links.entries()) {
    const at = strongest[row];
    if (at === undefined || known.length === 0) continue;
    const isSure = known.length === 1;
    const isRight = known.includes(at);
    rows++;
    sure += Number(isSure);
    right += Number(isRight);
    surelyRight += Number(isSure && isRight);
  }
  return rows === 0 ? null : { rate: 1 - (surelyRight + right) / (rows + sure), right, rows };
}
