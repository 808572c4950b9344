import type { LocalWindow } from '../../../src/core/attention/map.ts';
import { cssOf } from '../../../src/core/color/srgb.ts';
import type { TokenFocus } from '../../../src/core/attention/selection.ts';
import { cellOf } from '../../../src/core/scene/links.ts';
import type { Frame } from '../../state/frame.ts';
import type { Palette } from '../../theme.ts';
import { leastVisible } from '../../tint.ts';
import { clearedContext } from '../canvas.ts';
import { rowMiddle, type HeadLayout } from '../../../src/core/views/heads/layout.ts';
import { bandOf, bandOpacity, type LineSet } from '../../../src/core/views/heads/lines.ts';

/** Room between a token and the end of its lines, in CSS pixels. */
const tokenSpace = 6;
const thin = 1.1;
/**
 * From so many lines on they are drawn one device pixel wide and without patterns: many times faster, and as hard to
 * tell apart.
 */
const plenty = 2_000;
/** Longer paths than this take longer to fill than they save. */
const mostInStroke = 64;
/** How far lines may reach into the header, in CSS pixels. */
const headerOverlap = 4;
/** How much wider than a thin line a line of weight 1 is in focus, in CSS pixels. */
const focusGain = 3.4;

/** The opacity of a line in focus is its weight and this. */
const leastOpacity = 0.05;
/**
 * Lines of the focus below this weight are drawn in one opacity, one device pixel wide and without patterns: nobody
 * sees the difference, and a hover stays within its frame.
 */
const weak = 0.03;

/** How far the bracket of a window stands from the ends of the lines, and how strong it is. */
const windowSpace = 4;
const windowOpacity = 0.6;

/** An empty canvas of the view, in CSS pixels, that lines cannot leave into the header. */
export function clippedContext(
  canvas: HTMLCanvasElement,
  layout: HeadLayout,
  pixelRatio: number,
): CanvasRenderingContext2D | null {
  const context = clearedContext(canvas, layout, pixelRatio);
  if (!context) return null;
  context.beginPath();
  context.rect(0, layout.top - headerOverlap, layout.width, layout.height);
  context.clip();
  return context;
}

/** Draws lines at rest: thin, opacity by weight. Lines of one head and one opacity share strokes. */
export function drawRest(
  context: CanvasRenderingContext2D,
  lines: LineSet,
  indices: Uint32Array,
  layout: HeadLayout,
  palette: Palette,
): void {
  const hairline = indices.length > plenty ? 1 / context.getTransform().a : 0;
  let look = -1;
  let inStroke = 0;
  for (let at = indices.length - 1; at >= 0; at--) {
    const line = indices[at] ?? 0;
    const head = lines.head[line] ?? 0;
    const level = lines.level[line] ?? 0;
    const next = head * 256 + bandOf(level);
    if (next !== look || inStroke === mostInStroke) {
      if (look >= 0) context.stroke();
      context.beginPath();
      inStroke = 0;
    }
    if (next !== look) {
      look = next;
      const stroke = palette.strokeOf(head);
      context.strokeStyle = cssOf(palette.colorOf(head), bandOpacity(level));
      context.lineWidth = hairline || thin * stroke.width;
      context.setLineDash(hairline ? [] : [...stroke.dash]);
    }
    inStroke++;
    addLine(context, layout, lines.query[line] ?? 0, lines.key[line] ?? 0);
  }
  if (look >= 0) context.stroke();
}

/**
 * Draws the lines of one token in every shown head: opacity by weight, width too, so that they stand before the rest.
 */
export function drawFocus(
  context: CanvasRenderingContext2D,
  frame: Frame,
  token: TokenFocus,
  layout: HeadLayout,
  palette: Palette,
): void {
  const [, , queries, keys] = frame.map.shape;
  const partners = token.side === 'query' ? keys : queries;
  if (frame.map.local && token.side === 'query') drawWindow(context, frame.map.local, token.index, layout, palette);
  for (const head of frame.selection.heads) {
    const color = palette.colorOf(head);
    const stroke = palette.strokeOf(head);
    const weakOnes: number[] = [];
    context.setLineDash([...stroke.dash]);
    for (let partner = 0; partner < partners; partner++) {
      const { query, key } = cellOf(token, partner);
      const weight = frame.weights[(head * queries + query) * keys + key] ?? 0;
      if (weight < weak) {
        if (weight >= leastVisible) weakOnes.push(partner);
        continue;
      }
      context.beginPath();
      context.strokeStyle = cssOf(color, Math.min(1, weight + leastOpacity));
      context.lineWidth = stroke.width * thin + focusGain * weight;
      addLine(context, layout, query, key);
      context.stroke();
    }
    context.strokeStyle = cssOf(color, weak / 2 + leastOpacity);
    drawWeak(context, weakOnes, token, layout);
  }
}

/** Weak lines in a stroke for many. */
function drawWeak(
  context: CanvasRenderingContext2D,
  partners: readonly number[],
  token: TokenFocus,
  layout: HeadLayout,
): void {
  context.lineWidth = 1 / context.getTransform().a;
  context.setLineDash([]);
  for (let first = 0; first < partners.length; first += mostInStroke) {
    context.beginPath();
    for (const partner of partners.slice(first, first + mostInStroke)) {
      const { query, key } = cellOf(token, partner);
      addLine(context, layout, query, key);
    }
    context.stroke();
  }
}

/**
 * The window of local attention beside the keys: a bracket from its first to its last position, a notch at its centre.
 */
function drawWindow(
  context: CanvasRenderingContext2D,
  { centres, halfWidth }: LocalWindow,
  query: number,
  layout: HeadLayout,
  palette: Palette,
): void {
  const centre = centres[query] ?? 0;
  const x = layout.keyEdge - tokenSpace + windowSpace;
  const at = (place: number): number =>
    rowMiddle(layout, layout.key, Math.min(layout.key.count - 0.5, Math.max(-0.5, place)));
  const bar = (place: number, length: number): void => {
    context.moveTo(x - length, at(place));
    context.lineTo(x, at(place));
  };
  context.setLineDash([]);
  context.strokeStyle = cssOf(palette.foreground, windowOpacity);
  context.lineWidth = thin;
  context.beginPath();
  context.moveTo(x, at(centre - halfWidth));
  context.lineTo(x, at(centre + halfWidth));
  bar(centre - halfWidth, windowSpace);
  bar(centre + halfWidth, windowSpace);
  bar(centre, 2 * windowSpace);
  context.stroke();
}

function addLine(context: CanvasRenderingContext2D, layout: HeadLayout, query: number, key: number): void {
  const startX = layout.queryEdge + tokenSpace;
  const endX = layout.keyEdge - tokenSpace;
  const startY = rowMiddle(layout, layout.query, query);
  const endY = rowMiddle(layout, layout.key, key);
  const bend = (endX - startX) * 0.45;
  context.moveTo(startX, startY);
  context.bezierCurveTo(startX + bend, startY, endX - bend, endY, endX, endY);
}
