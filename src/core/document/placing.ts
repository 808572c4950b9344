import type { Span } from './tracked-range.ts';

/**
 * A stretch of what a model reads, and where its characters stand in the text of a document: what is at `start` there
 * is at `at` here (UTF-16 code units). What a template or a task adds is in no stretch.
 */
export interface Placed extends Span {
  readonly at: number;
}

/**
 * The characters of the text that a stretch of what the model reads stands for; null where it has none. Of a token that
 * a template and a turn share, its part of the turn.
 */
export function placedSpan(all: readonly Placed[], { start, end }: Span): Span | null {
  // One without characters of its own, such as [SEP], stands between those of others.
  const found = end > start ? all.find((one) => start < one.end && one.start < end) : undefined;
  if (!found) return null;
  const shift = found.at - found.start;
  return { start: Math.max(start, found.start) + shift, end: Math.min(end, found.end) + shift };
}

/** Where a character of the text is in what the model reads; null where it is not read. */
export function readOffset(all: readonly Placed[], offset: number): number | null {
  const found = all.find(({ start, end, at }) => at <= offset && offset < at + end - start);
  return found ? found.start + offset - found.at : null;
}

/** The stretches of the text up to the character `to` of what the model reads. */
export function placedBefore(all: readonly Placed[], to: number): Span[] {
  return all.flatMap(({ start, end, at }) => {
    const until = Math.min(end, to);
    return until > start ? [{ start: at, end: at + until - start }] : [];
  });
}

/** The stretches of the text from the character `from` of what the model reads. */
export function placedAfter(all: readonly Placed[], from: number): Span[] {
  return all.flatMap(({ start, end, at }) => {
    const first = Math.max(start, from);
    return end > first ? [{ start: at + first - start, end: at + end - start }] : [];
  });
}
