import type { Measure } from '../picture/type.ts';

/**
 * How much room captions need: entry `n` is the width, in the unit of the measure, from which on every caption fits on
 * `n + 1` lines. Captions are broken between words alone, so that none is ever cut.
 */
export type CaptionRooms = readonly number[];

/** The room that captions need; each begins a new line where one of its own lines ends. */
export function captionRooms(captions: readonly (readonly string[])[], measure: Measure): CaptionRooms {
  const all = new Map(captions.map((lines) => [lines.join('\n'), lines.map((line) => widthsOf(line, measure))]));
  const words = [...all.values()].map((lines) => lines.reduce((sum, { pieces }) => sum + pieces.length, 0));
  return Array.from({ length: Math.max(1, ...words) }, (_, at) =>
    Math.max(0, ...[...all.values()].map((lines) => roomFor(lines, at + 1))),
  );
}

/** A caption's lines in a room, broken between words. */
export function captionIn(lines: readonly string[], room: number, measure: Measure): string[] {
  return lines.flatMap((line) => {
    const broken: string[] = [];
    for (const word of line.split(' ')) {
      const longer = broken.length === 0 ? word : `${broken.at(-1)} ${word}`;
      if (broken.length > 0 && measure(longer, false) <= room) broken[broken.length - 1] = longer;
      else broken.push(word);
    }
    return broken;
  });
}

/** The words of a line and every width that it or a part of it can have. */
interface Line {
  readonly text: string;
  readonly pieces: readonly string[];
  readonly widths: readonly number[];
  readonly measure: Measure;
}

function widthsOf(text: string, measure: Measure): Line {
  const pieces = text.split(' ');
  const widths = pieces.flatMap((_, first) =>
    pieces.slice(first).map((__, more) => measure(pieces.slice(first, first + more + 1).join(' '), false)),
  );
  return { text, pieces, widths: widths.sort((a, b) => a - b), measure };
}

/** The least of all widths that leaves a caption at most so many lines; infinite where it has more of its own. */
function roomFor(lines: readonly Line[], most: number): number {
  const widths = lines.flatMap((line) => line.widths).sort((a, b) => a - b);
  const widest = Math.max(0, ...lines.flatMap(({ pieces, measure }) => pieces.map((word) => measure(word, false))));
  const count = (room: number): number =>
    lines.reduce((sum, { text, measure }) => sum + captionIn([text], room, measure).length, 0);
  return widths.find((width) => width >= widest && count(width) <= most) ?? Infinity;
}
