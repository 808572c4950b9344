import { hexOf, type Rgb } from '../color/srgb.ts';
import { base64Of } from './base64.ts';
import {
  minParted,
  type Box,
  type Disc,
  type Font,
  type Group,
  type Lines,
  type Mark,
  type Polygon,
  type Raster,
  type Rectangle,
  type Stroke,
  type Text,
  type TilePlace,
  type Tiles,
} from './marks.ts';
import { pngOf } from './png.ts';

/** Above so many cells a raster is a picture inside the picture: as many elements would take seconds to open. */
const maxElements = 10_000;
/** How wide a line of one device pixel is: that of a PNG that is painted twice as large. */
const hairline = 0.5;
/** From the middle of letters to the line that they stand on, as a part of their size. */
const baseline = 0.35;
const families: Readonly<Record<Font, string>> = {
  tokens: 'ui-monospace, Menlo, Consolas, monospace',
  words: 'sans-serif',
};

/** A picture's size in pixels, its name for those who ask, and the colour that it lies on. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly surface: Rgb;
}

/** Marks as a stand-alone SVG picture; text stays text. */
export function svgOf(marks: readonly Mark[], { width, height, title, surface }: Sheet): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `role="img"><title>${escape(title)}</title><rect width="100%" height="100%" fill="${hexOf(surface)}"/>` +
    `${new SvgPainter(surface).paint(marks)}</svg>\n`
  );
}

/** An element, and the attributes that it shares with neighbours of the same looks. */
interface Piece {
  readonly looks: string;
  readonly body: string;
}

class SvgPainter {
  readonly #surface: Rgb;
  #clips = 0;

  constructor(surface: Rgb) {
    this.#surface = surface;
  }

  /** Neighbours of the same looks share one element that carries them. */
  paint(marks: readonly Mark[]): string {
    const runs: { looks: string; bodies: string[] }[] = [];
    for (const mark of marks) {
      const { looks, body } = this.#piece(mark);
      const last = runs.at(-1);
      if (last?.looks === looks) last.bodies.push(body);
      else runs.push({ looks, bodies: [body] });
    }
    return runs
      .map(({ looks, bodies }) => (looks === '' ? bodies.join('') : `<g${looks}>${bodies.join('')}</g>`))
      .join('');
  }

  #piece(mark: Mark): Piece {
    switch (mark.kind) {
      case 'lines':
        return { looks: `${strokeOf(mark)} fill="none"`, body: `<path d="${pathOf(mark)}"/>` };
      case 'text':
        return textOf(mark);
      case 'rectangle':
        return { looks: '', body: rectangleOf(mark) };
      case 'disc':
        return { looks: '', body: discOf(mark) };
      case 'polygon':
        return { looks: '', body: polygonOf(mark) };
      case 'raster':
        return { looks: '', body: this.#raster(mark) };
      case 'tiles':
        return { looks: '', body: mark.places.map((place) => this.#tile(mark, place)).join('') };
      case 'group':
        return { looks: '', body: this.#group(mark) };
    }
  }

  #group({ marks, x = 0, y = 0, turn = 0, clip, opacity = 1, title }: Group): string {
    const moves = [
      ...(x === 0 && y === 0 ? [] : [`translate(${short(x)} ${short(y)})`]),
      ...(turn === 0 ? [] : [`rotate(${short(turn)})`]),
    ];
    const id = `clip-${this.#clips}`;
    if (clip) this.#clips++;
    const looks =
      (moves.length > 0 ? ` transform="${moves.join(' ')}"` : '') +
      (clip ? ` clip-path="url(#${id})"` : '') +
      (opacity === 1 ? '' : ` opacity="${short(opacity)}"`);
    const named = title === undefined ? '' : `<title>${escape(title)}</title>`;
    const cut = clip ? `<clipPath id="${id}">${clip.map((box) => `<rect${placeOf(box)}/>`).join('')}</clipPath>` : '';
    return `<g${looks}>${named}${cut}${this.paint(marks)}</g>`;
  }

  #raster({ x, y, cell, columns, levels, ramp, seen }: Raster): string {
    const colorAt = (at: number): Rgb | null =>
      seen && !isSeen(seen, columns, at) ? null : (ramp[levels[at] ?? 0] ?? null);
    if (levels.length > maxElements) return this.#image({ x, y, cell, columns, count: levels.length }, colorAt);
    const side = cell - (cell >= minParted ? 1 : 0);
    const drawn = Array.from(levels, (_, at) => {
      const color = colorAt(at);
      const box = { x: x + (at % columns) * cell, y: y + Math.floor(at / columns) * cell, width: side, height: side };
      return color ? `<rect${placeOf(box)} fill="${hexOf(color)}"/>` : '';
    });
    return `<g>${drawn.join('')}</g>`;
  }

  #tile({ source, cell }: Tiles, { tile, x, y, title }: TilePlace): string {
    const { rows, columns, levels, across, ramps, isZeroSeen } = source;
    const ramp = ramps[tile % across] ?? [];
    const cells = levels.subarray(tile * rows * columns, (tile + 1) * rows * columns);
    const image = this.#image({ x, y, cell, columns, count: cells.length }, (at) => {
      const level = cells[at] ?? 0;
      return level > 0 || isZeroSeen ? (ramp[level] ?? null) : null;
    });
    return title === undefined ? image : `<g><title>${escape(title)}</title>${image}</g>`;
  }

  /** Many cells as one picture inside the picture, a pixel a cell; null is the surface. */
  #image(
    { x, y, cell, columns, count }: { x: number; y: number; cell: number; columns: number; count: number },
    colorAt: (at: number) => Rgb | null,
  ): string {
    const pixels = new Uint8Array(count * 3);
    for (let at = 0; at < count; at++) {
      const { red, green, blue } = colorAt(at) ?? this.#surface;
      pixels.set([red, green, blue], at * 3);
    }
    const rows = count / columns;
    const data = [...base64Of(pngOf(columns, rows, pixels))].join('');
    return (
      `<image${placeOf({ x, y, width: columns * cell, height: rows * cell })} preserveAspectRatio="none"` +
      ` style="image-rendering: pixelated" href="data:image/png;base64,${data}"/>`
    );
  }
}

function isSeen(seen: NonNullable<Raster['seen']>, columns: number, at: number): boolean {
  const { first, end, only } = seen(Math.floor(at / columns));
  const column = at % columns;
  return first <= column && column < end && (only?.has(column) ?? true);
}

/** Lines as the data of an SVG path. */
export function pathOf({ ends, bend }: Lines): string {
  let path = '';
  for (let at = 0; at < ends.length; at += 4) {
    const [fromX = 0, fromY = 0, toX = 0, toY = 0] = ends.subarray(at, at + 4);
    const turn = (toX - fromX) * bend;
    path += `M${short(fromX)} ${short(fromY)}`;
    path +=
      bend === 0
        ? `L${short(toX)} ${short(toY)}`
        : `C${short(fromX + turn)} ${short(fromY)} ${short(toX - turn)} ${short(toY)} ${short(toX)} ${short(toY)}`;
  }
  return path;
}

function strokeOf({ color, opacity, width, dash }: Stroke): string {
  return (
    ` stroke="${hexOf(color)}" stroke-width="${short(width === 0 ? hairline : width)}"` +
    (opacity === 1 ? '' : ` stroke-opacity="${Number(opacity.toFixed(3))}"`) +
    (dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`)
  );
}

function textOf({ x, y, text, color, size, font, anchor, bold }: Text): Piece {
  return {
    looks:
      ` fill="${hexOf(color)}" text-anchor="${anchor}" xml:space="preserve" font-family="${families[font]}"` +
      ` font-size="${short(size)}"${bold ? ' font-weight="600"' : ''}`,
    body: `<text x="${short(x)}" y="${short(y + size * baseline)}">${escape(text)}</text>`,
  };
}

function rectangleOf(mark: Rectangle): string {
  const { fill, stroke } = mark;
  return `<rect${placeOf(mark)} fill="${fill ? hexOf(fill) : 'none'}"${stroke ? strokeOf(stroke) : ''}/>`;
}

function discOf({ x, y, radius, fill, edge }: Disc): string {
  const place = `cx="${short(x)}" cy="${short(y)}" r="${short(radius)}"`;
  return `<circle ${place} fill="${hexOf(fill)}" stroke="${hexOf(edge)}"/>`;
}

function polygonOf({ points, fill, edge }: Polygon): string {
  return `<polygon points="${points.map(short).join(' ')}" fill="${hexOf(fill)}" stroke="${hexOf(edge)}"/>`;
}

function placeOf({ x, y, width, height }: Box): string {
  return ` x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
}

/** A number of pixels in as few digits as are seen. */
function short(value: number): string {
  return String(Number(value.toFixed(2)));
}

/**
 * Text that is safe inside an XML element or attribute; controls, what turns letters around, and what XML 1.0 cannot
 * hold become U+FFFD.
 */
export function escape(text: string): string {
  return text
    .replace(
      /[\u202A-\u202E\u2066-\u2069]|[^\t\n\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu,
      '\uFFFD',
    )
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
