/**
 * Makes every token that is there already less likely (Keskar et al. 2019, section 4.1); below 1 more likely. In place.
 */
export function penalise(logits: Float32Array, ids: readonly number[], penalty: number): void {
  for (const id of new Set(ids)) {
    const logit = logits[id] ?? 0;
    logits[id] = logit < 0 ? logit * penalty : logit / penalty;
  }
}

/** The tokens that would end a row of `size` tokens which stands in `ids` already. */
export function repeating(ids: readonly number[], size: number): number[] {
  const begun = ids.length + 1 - size;
  if (begun < 0) return [];
  const found: number[] = [];
  for (let at = 0; at < begun; at++) {
    const next = ids[at + size - 1];
    if (next !== undefined && matches(ids, at, ids, begun, size - 1)) found.push(next);
  }
  return found;
}

/**
 * The tokens that would end one of the rows `words`: what is before the last token of a row stands at the end of `ids`.
 */
export function completing(ids: readonly number[], words: readonly (readonly number[])[]): number[] {
  return words.flatMap((word) => {
    const [last, before] = [word.at(-1), word.length - 1];
    return last !== undefined && before <= ids.length && matches(word, 0, ids, ids.length - before, before)
      ? [last]
      : [];
  });
}

function matches(a: readonly number[], from: number, b: readonly number[], to: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (a[from + at] !== b[to + at]) return false;
  return true;
}
