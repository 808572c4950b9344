import type { Marked } from '../matrix/marks.ts';
import type { PaneContent } from './content.ts';
import type { PaneCell } from './layout.ts';

/** What is in focus where no run is: nothing. */
export const nothingMarked: Marked = { query: null, key: null };

/** A row and column of a picture as those of the first run; null for one that the first run has not. */
export function inFirst(contents: readonly PaneContent[], { pane, query, key }: PaneCell): Marked {
  const { picture } = contents[pane] ?? {};
  if (!picture) return nothingMarked;
  const { subset, relation } = picture;
  if (subset) return { query: subset.rows[query] ?? null, key: subset.columns[key] ?? null };
  if (!relation) return { query, key };
  const own = (places: readonly number[], at: number): number | null => {
    const found = places[at] ?? -1;
    return found < 0 ? null : found;
  };
  return { query: own(relation.rows.toOwn, query), key: own(relation.columns.toOwn, key) };
}

/** The row and column of every picture that belong to those of the first run. */
export function linkedMarks(contents: readonly PaneContent[], first: Marked): readonly Marked[] {
  return contents.map((content) => linkedMark(content, first));
}

function linkedMark({ picture }: PaneContent, { query, key }: Marked): Marked {
  if (!picture) return nothingMarked;
  const { subset, relation } = picture;
  const place = (of: readonly number[] | null, at: number | null): number | null => {
    if (at === null || !of) return at;
    const found = of[at] ?? -1;
    return found < 0 ? null : found;
  };
  if (subset) {
    const within = (places: readonly number[], at: number | null): number | null => {
      const found = at === null ? -1 : places.indexOf(at);
      return found < 0 ? null : found;
    };
    return { query: within(subset.rows, query), key: within(subset.columns, key) };
  }
  return { query: place(relation?.rows.toOther ?? null, query), key: place(relation?.columns.toOther ?? null, key) };
}
