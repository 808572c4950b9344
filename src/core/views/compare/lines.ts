import type { Measure } from '../../picture/type.ts';
import { captionIn } from '../captions.ts';
import type { PaneContent } from './content.ts';
import { layoutCompare, type CompareLayout, type MatrixSize } from './layout.ts';

/** The measures of tokens and of words that a picture is laid out with. */
export interface CompareMeasures {
  readonly tokens: Measure;
  readonly words: Measure;
}

/** Pictures where they stand, and the lines below each, broken to its width. */
export interface LaidOut {
  readonly layout: CompareLayout;
  readonly lines: readonly (readonly string[])[];
}

/** Lays pictures out. How many lines a note takes depends on the width of its picture, which no note changes. */
export function layOut(contents: readonly PaneContent[], width: number, measures: CompareMeasures): LaidOut {
  const sizes = contents.map(({ picture }) => picture && sizeOf(picture, measures));
  const place = (notes: readonly number[]): CompareLayout =>
    layoutCompare(
      contents.map(({ run, isDifference }, at) => {
        const size = sizes[at] ?? null;
        return {
          run,
          isDifference,
          size,
          notes: notes[at] ?? 0,
        };
      }),
      width,
    );
  const rooms = place([]).panes.map(({ box }) => box.width);
  const lines = contents.map(({ notes }, at) =>
    notes.flatMap((note) => captionIn([note], rooms[at] ?? width, measures.words)),
  );
  return { layout: place(lines.map(({ length }) => length)), lines };
}

function sizeOf(
  { queries, keys, sharesRows }: NonNullable<PaneContent['picture']>,
  { tokens }: CompareMeasures,
): MatrixSize {
  const widest = (labels: typeof queries): number => Math.max(0, ...labels.map(({ text }) => tokens(text, false)));
  return {
    queries: queries.length,
    keys: keys.length,
    sharesRows,
    labels: { query: widest(queries), key: widest(keys) },
  };
}
