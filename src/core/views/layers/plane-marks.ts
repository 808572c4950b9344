import type { Palette } from '../../color/palette.ts';
import type { Lines, Mark, Polygon, Disc, Text } from '../../picture/marks.ts';
import { lineMark, textMark } from '../../picture/type.ts';
import type { RoleFamily } from '../../probe/role-families.ts';
import { words } from '../../words/words.ts';
import type { PlaneDot, PlaneLabel, PlaneLayout } from './plane-layout.ts';

/** The size of names on the map, in pixels. */
export const planeLabelSize = 11;
const type = { font: 'words', size: planeLabelSize } as const;
/** The height of the ends of the scale, in pixels. */
const scaleEnd = 3;

/** Corners of a shape around 0, of about the area of a disc of radius 1. */
const corners: Readonly<Record<Exclude<RoleFamily, 'broad' | 'none'>, readonly number[]>> = {
  grammar: [-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9],
  position: [0, -1.3, 1.3, 0, 0, 1.3, -1.3, 0],
  repetition: [0, -1.3, 1.25, 0.9, -1.25, 0.9],
  special: [0, 1.3, -1.25, -0.9, 1.25, -0.9],
  pair: [
    -0.45, -1.2, 0.45, -1.2, 0.45, -0.45, 1.2, -0.45, 1.2, 0.45, 0.45, 0.45, 0.45, 1.2, -0.45, 1.2, -0.45, 0.45, -1.2,
    0.45, -1.2, -0.45, -0.45, -0.45,
  ],
};

/** The dot of a head whose role is of a family: a shape and a colour for each, a hollow ring without a role. */
export function familyMark(
  family: RoleFamily,
  { x, y }: { readonly x: number; readonly y: number },
  radius: number,
  palette: Palette,
): Disc | Polygon {
  const { surface } = palette;
  const fill = palette.colorOfFamily(family);
  if (family === 'none') return { kind: 'disc', x, y, radius: 0.75 * radius, fill: surface, edge: fill };
  if (family === 'broad') return { kind: 'disc', x, y, radius: 0.9 * radius, fill, edge: surface };
  const points = corners[family].map((part, at) => part * radius * 0.95 + (at % 2 === 0 ? x : y));
  return { kind: 'polygon', points, fill, edge: surface };
}

/** Lines from a head to those most like it. */
export function nearestMark(from: PlaneDot, to: readonly PlaneDot[], { foreground }: Palette): Lines {
  const ends = to.flatMap(({ x, y }) => [from.x, from.y, x, y]);
  return lineMark(foreground, ends, { opacity: 0.45 });
}

/** How long a distance is. */
export function scaleMarks(
  { scale }: PlaneLayout,
  palette: Palette,
): { readonly line: Lines; readonly text: Text } | null {
  if (!scale) return null;
  const { x, y, length, distance } = scale;
  const ends = [
    x,
    y,
    x + length,
    y,
    x,
    y - scaleEnd,
    x,
    y + scaleEnd,
    x + length,
    y - scaleEnd,
    x + length,
    y + scaleEnd,
  ];
  const says = words().plane.scale(String(Number(distance.toPrecision(1))));
  return { line: lineMark(palette.dim, ends), text: textMark(says, x + length + 8, y, palette.dim, type) };
}

/** A name beside its dot. */
export function labelMark({ text, x, y }: PlaneLabel, { foreground }: Palette, bold = false): Text {
  return textMark(text, x, y, foreground, { ...type, bold });
}

/** The families in a line below the map, with how many heads each; and where the line ends. */
export function familyLegend(
  counts: readonly { readonly family: RoleFamily; readonly heads: number }[],
  { x, y, measure }: { readonly x: number; readonly y: number; readonly measure: (text: string) => number },
  palette: Palette,
): { readonly marks: readonly Mark[]; readonly right: number } {
  let right = x;
  const marks = counts.flatMap(({ family, heads }): Mark[] => {
    const says = words().plane.family(words().plane.families[family], heads);
    const at = right;
    right += 12 + measure(says) + 18;
    return [familyMark(family, { x: at + 4, y }, 4.5, palette), textMark(says, at + 13, y, palette.foreground, type)];
  });
  return { marks, right };
}
