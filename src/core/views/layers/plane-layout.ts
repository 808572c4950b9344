import type { HeadPlace } from '../../attention/order.ts';
import type { HeadSummary } from '../../attention/roles.ts';
import type { Box } from '../../picture/marks.ts';
import type { Measure } from '../../picture/type.ts';
import { scaleFor } from './layout.ts';

/** A head on the map; the middle of its dot, in pixels. */
export interface PlaneDot extends HeadPlace {
  readonly x: number;
  readonly y: number;
}

/** The map of all heads in numbers, all in pixels: a distance is as long in every direction. */
export interface PlaneLayout {
  readonly width: number;
  readonly height: number;
  /** Half the size of a dot. */
  readonly radius: number;
  /** Layer by layer. */
  readonly dots: readonly PlaneDot[];
  /** How long a distance is; null where all heads are in one place. */
  readonly scale: { readonly x: number; readonly y: number; readonly length: number; readonly distance: number } | null;
}

/** Room around the dots for names, and below them for the scale. */
const pad = { x: 34, top: 20, bottom: 54 } as const;
/** How far above the end of the map the scale is, in pixels: below the names of the lowest dots. */
const scaleLine = 12;
/** A map is no lower than this where it fills the width, nor higher than it needs to be to be taken in at once. */
const heights = { min: 240, max: 620 } as const;
const maxWidth = 900;
/** So many heads have small dots. */
const manyHeads = 400;
const radii = { few: 5.5, many: 4 } as const;
/** The least length of the scale, in pixels; it is up to two and a half times as long. */
const scaleLength = 60;
/** The height of a name, and its distance from the middle of a dot, in pixels. */
const label = { height: 14, gap: 3 } as const;

/** Places the heads that were compared with each other in a room; the others are not on the map. */
export function layoutPlane(
  { width, height }: { readonly width: number; readonly height: number },
  summaries: readonly (readonly HeadSummary[])[],
): PlaneLayout {
  const most = Math.max(heights.min, Math.min(heights.max, height));
  const heads = summaries.flat().flatMap(({ layer, head, place }) => (place ? [{ layer, head, place }] : []));
  const [left, right] = rangeOf(heads.map(({ place: [x] }) => x));
  const [bottom, top] = rangeOf(heads.map(({ place: [, y] }) => y));
  const room = { x: Math.max(40, Math.min(maxWidth, width) - 2 * pad.x), y: most - pad.top - pad.bottom };
  const scale = Math.min(room.x / (right - left), room.y / (top - bottom));
  const unit = Number.isFinite(scale) ? scale : 0;
  // Where the width is what there is little of, the map is no higher than it needs to be.
  const high = Math.max(heights.min, Math.ceil((top - bottom) * unit) + pad.top + pad.bottom);
  const middle = { x: width / 2, y: (pad.top + high - pad.bottom) / 2 };
  const dots = heads.map(({ layer, head, place: [x, y] }) => ({
    layer,
    head,
    x: middle.x + (x - (left + right) / 2) * unit,
    y: middle.y - (y - (bottom + top) / 2) * unit,
  }));
  return {
    width,
    height: high,
    radius: heads.length > manyHeads ? radii.many : radii.few,
    dots,
    scale: unit > 0 ? scaleOf(unit, { x: middle.x - room.x / 2, y: high - scaleLine }) : null,
  };
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
}

/** The least round distance that is {@link scaleLength} long. */
function scaleOf(unit: number, at: { readonly x: number; readonly y: number }): NonNullable<PlaneLayout['scale']> {
  const { step: distance } = scaleFor((5 * scaleLength) / unit);
  return { ...at, length: distance * unit, distance };
}

/** The dot of a head; null of one that is not on the map. */
export function dotOf({ dots }: PlaneLayout, { layer, head }: HeadPlace): PlaneDot | null {
  return dots.find((dot) => dot.layer === layer && dot.head === head) ?? null;
}

/** The dot nearest to a point, where one is within reach. */
export function dotNear({ dots }: PlaneLayout, x: number, y: number, reach: number): PlaneDot | null {
  const near = dots.reduce<{ dot: PlaneDot; far: number } | null>((best, dot) => {
    const far = Math.hypot(dot.x - x, dot.y - y);
    return far > reach || (best && best.far <= far) ? best : { dot, far };
  }, null);
  return near?.dot ?? null;
}

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Where a key leads from a head: an arrow to the nearest head in its direction, what lies aside counting twice; Home
 * and End to the first and the last head of the model.
 */
export function stepOnPlane(layout: PlaneLayout, from: HeadPlace, key: string): HeadPlace {
  const { dots } = layout;
  if (key === 'Home') return dots[0] ?? from;
  if (key === 'End') return dots.at(-1) ?? from;
  const here = dotOf(layout, from);
  const direction = directions[key];
  if (!here || !direction) return here ?? dots[0] ?? from;
  const [toX, toY] = direction;
  const costOf = ({ x, y }: PlaneDot): number => {
    const [across, down] = [x - here.x, y - here.y];
    const ahead = across * toX + down * toY;
    const aside = Math.abs(across * toY - down * toX);
    return ahead > 0 ? ahead + 2 * aside : Infinity;
  };
  return dots.reduce<{ place: HeadPlace; cost: number }>(
    (best, dot) => {
      const cost = costOf(dot);
      return cost < best.cost ? { place: dot, cost } : best;
    },
    { place: from, cost: Infinity },
  ).place;
}

/** The outermost heads in eight directions, each once: names there say where one is. */
export function outermost({ dots }: PlaneLayout): readonly PlaneDot[] {
  const found = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((eighth) => {
    const [x, y] = [Math.cos((eighth * Math.PI) / 4), Math.sin((eighth * Math.PI) / 4)];
    const [first] = dots;
    const farther = (a: PlaneDot, b: PlaneDot): PlaneDot => (b.x * x + b.y * y > a.x * x + a.y * y ? b : a);
    return first ? [dots.reduce(farther, first)] : [];
  });
  return [...new Set(found)];
}

/** A name beside its dot; `y` is the middle of its letters. */
export interface PlaneLabel {
  readonly dot: PlaneDot;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Names of dots, the first ones first: right, left, above or below, where they cover the fewest dots. One that would
 * lie on another name or outside is left out; of a map that is `isFilled` with names, one that covers a dot, too.
 */
export function placeLabels(
  layout: PlaneLayout,
  wanted: readonly PlaneDot[],
  nameOf: (dot: PlaneDot) => string,
  measure: Measure,
  isFilled = false,
): readonly PlaneLabel[] {
  const { width, height, radius, dots } = layout;
  const placed: { readonly label: PlaneLabel; readonly box: Box }[] = [];
  for (const dot of wanted) {
    const text = nameOf(dot);
    const size = { width: measure(text, true), height: label.height };
    const aside = radius + label.gap;
    const choices = [
      { x: dot.x + aside, y: dot.y - size.height / 2 },
      { x: dot.x - aside - size.width, y: dot.y - size.height / 2 },
      { x: dot.x - size.width / 2, y: dot.y - radius - size.height },
      { x: dot.x - size.width / 2, y: dot.y + radius },
    ]
      .map((corner) => ({ ...corner, ...size }))
      .filter(
        (box) =>
          box.x >= 0 &&
          box.y >= 0 &&
          box.x + box.width <= width &&
          box.y + box.height <= height &&
          placed.every((other) => !overlap(box, other.box)),
      )
      .map((box) => ({ box, covered: dots.filter((other) => other !== dot && isIn(other, box, radius)).length }));
    const best = choices.reduce<(typeof choices)[number] | null>(
      (least, one) => (least && least.covered <= one.covered ? least : one),
      null,
    );
    if (!best || (isFilled && best.covered > 0)) continue;
    const { box } = best;
    placed.push({ label: { dot, text, x: box.x, y: box.y + box.height / 2 }, box });
  }
  return placed.map((one) => one.label);
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a dot reaches into a box. */
function isIn({ x, y }: PlaneDot, box: Box, radius: number): boolean {
  return x + radius > box.x && x - radius < box.x + box.width && y + radius > box.y && y - radius < box.y + box.height;
}
