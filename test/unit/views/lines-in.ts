/** A line of a picture: where it begins and ends, in pixels of its drawing, and how it is drawn. */
export interface DrawnLine {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly opacity: number;
  readonly isDotted: boolean;
}

/** The curves of an SVG picture: the lines of its head view. */
export function curvesIn(svg: string): DrawnLine[] {
  return [...svg.matchAll(/<g( stroke=[^>]*)>((?:<path d="[^"]*"\/>)+)<\/g>/g)].flatMap(([, looks = '', paths = '']) =>
    [...paths.matchAll(/M(\S+) (\S+?)C\S+ \S+ \S+ \S+ (\S+) ([\d.]+)/g)].map(([, ...ends]) => {
      const [fromX = NaN, fromY = NaN, toX = NaN, toY = NaN] = ends.map(Number);
      return {
        from: [fromX, fromY] as const,
        to: [toX, toY] as const,
        opacity: Number(/stroke-opacity="([\d.]+)"/.exec(looks)?.[1] ?? 1),
        isDotted: looks.includes('stroke-dasharray'),
      };
    }),
  );
}
