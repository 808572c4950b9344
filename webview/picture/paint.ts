import { cssOf } from '../../src/core/color/srgb.ts';
import type {
  Box,
  Disc,
  Font,
  Group,
  Lines,
  Mark,
  Polygon,
  Rectangle,
  Stroke,
  Text,
} from '../../src/core/picture/marks.ts';
import { paintRaster } from './raster.ts';
import { paintTiles } from './tiles.ts';

/** The families that a canvas writes tokens and words in, as CSS names them. */
export type Families = Readonly<Record<Font, string>>;

/** Paints marks on a canvas whose unit is a CSS pixel. */
export function paint(context: CanvasRenderingContext2D, marks: readonly Mark[], families: Families): void {
  for (const mark of marks) {
    switch (mark.kind) {
      case 'lines':
        paintLines(context, mark);
        break;
      case 'rectangle':
        paintRectangle(context, mark);
        break;
      case 'disc':
        paintDisc(context, mark);
        break;
      case 'polygon':
        paintPolygon(context, mark);
        break;
      case 'text':
        paintText(context, mark, families);
        break;
      case 'raster':
        paintRaster(context, mark);
        break;
      case 'tiles':
        paintTiles(context, mark);
        break;
      case 'group':
        paintGroup(context, mark, families);
        break;
    }
  }
}

/** The font of a canvas, as CSS writes it. */
export function fontOf({ size, font, bold }: Pick<Text, 'size' | 'font' | 'bold'>, families: Families): string {
  return `${bold ? '600 ' : ''}${size}px ${families[font]}`;
}

function paintLines(context: CanvasRenderingContext2D, mark: Lines): void {
  const { ends, bend } = mark;
  setStroke(context, mark);
  context.beginPath();
  for (let at = 0; at < ends.length; at += 4) {
    const fromX = ends[at] ?? NaN;
    const fromY = ends[at + 1] ?? NaN;
    const toX = ends[at + 2] ?? NaN;
    const toY = ends[at + 3] ?? NaN;
    const turn = (toX - fromX) * bend;
    context.moveTo(fromX, fromY);
    if (bend === 0) context.lineTo(toX, toY);
    else context.bezierCurveTo(fromX + turn, fromY, toX - turn, toY, toX, toY);
  }
  context.stroke();
}

function setStroke(context: CanvasRenderingContext2D, { color, opacity, width, dash }: Stroke): void {
  context.strokeStyle = cssOf(color, opacity);
  context.lineWidth = width === 0 ? devicePixel(context) : width;
  context.setLineDash([...dash]);
}

function devicePixel(context: CanvasRenderingContext2D): number {
  const { a, b } = context.getTransform();
  return 1 / Math.hypot(a, b);
}

function paintRectangle(context: CanvasRenderingContext2D, { x, y, width, height, fill, stroke }: Rectangle): void {
  if (fill) {
    context.fillStyle = cssOf(fill);
    context.fillRect(x, y, width, height);
  }
  if (stroke) {
    setStroke(context, stroke);
    context.strokeRect(x, y, width, height);
  }
}

function paintDisc(context: CanvasRenderingContext2D, { x, y, radius, fill, edge }: Disc): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = cssOf(fill);
  context.fill();
  setStroke(context, { color: edge, opacity: 1, width: 1, dash: [] });
  context.stroke();
}

function paintPolygon(context: CanvasRenderingContext2D, { points, fill, edge }: Polygon): void {
  context.beginPath();
  for (let at = 0; at < points.length; at += 2) context.lineTo(points[at] ?? NaN, points[at + 1] ?? NaN);
  context.closePath();
  context.fillStyle = cssOf(fill);
  context.fill();
  setStroke(context, { color: edge, opacity: 1, width: 1, dash: [] });
  context.stroke();
}

function paintText(context: CanvasRenderingContext2D, mark: Text, families: Families): void {
  context.font = fontOf(mark, families);
  context.fillStyle = cssOf(mark.color);
  context.textAlign = mark.anchor === 'middle' ? 'center' : mark.anchor === 'end' ? 'right' : 'left';
  context.textBaseline = 'middle';
  context.fillText(mark.text, mark.x, mark.y);
}

function paintGroup(context: CanvasRenderingContext2D, group: Group, families: Families): void {
  const { x = 0, y = 0, turn = 0, clip, opacity = 1 } = group;
  context.save();
  context.translate(x, y);
  context.rotate((turn * Math.PI) / 180);
  context.globalAlpha *= opacity;
  if (clip) clipTo(context, clip);
  paint(context, group.marks, families);
  context.restore();
}

function clipTo(context: CanvasRenderingContext2D, boxes: readonly Box[]): void {
  context.beginPath();
  for (const { x, y, width, height } of boxes) context.rect(x, y, width, height);
  context.clip();
}
