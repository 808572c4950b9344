import { headColor, headTurn } from '../color/head-color.ts';
import { hexOf } from '../color/srgb.ts';
import { cellsOf } from '../text/width.ts';

/** The width of a character of {@link font}, in pixels; wide characters take two. */
export const characterWidth = 7.8;
/** White space around a picture, in pixels. */
export const margin = 24;
/** Where the heading stands, in pixels from the top. */
export const headingLine = 28;
/** The type of tokens and headings, as attributes. */
export const font = 'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13"';
/** The colours of a picture on white. */
export const ink = { text: '#1f1f1f', heading: '#3b3b3b', dim: '#6b6b6b', rule: '#d4d4d4' } as const;

/** A drawn part and the room it takes, in pixels. */
export interface Drawing {
  readonly body: string;
  readonly width: number;
  readonly height: number;
}

/** Drawings side by side as a stand-alone SVG picture on white. */
export function pictureOf(title: string, drawings: readonly Drawing[]): string {
  let x = 0;
  let height = 0;
  const parts: string[] = [];
  for (const drawing of drawings) {
    parts.push(`<g transform="translate(${x} 0)">${drawing.body}</g>`);
    x += drawing.width;
    height = Math.max(height, drawing.height);
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${x}" height="${height}" viewBox="0 0 ${x} ${height}" role="img">` +
    `<title>${escape(title)}</title><rect width="100%" height="100%" fill="#ffffff"/>${parts.join('')}</svg>\n`
  );
}

/** The line over a drawing. */
export function headingOf(text: string): string {
  return `<text x="${margin}" y="${headingLine}" fill="${ink.heading}" ${font}>${escape(text)}</text>`;
}

/** The room that texts take side by side with nothing else, in pixels. */
export function widthOf(labels: readonly string[]): number {
  return labels.reduce((most, label) => Math.max(most, cellsOf(label)), 0) * characterWidth;
}

/** The colour of a head on white. */
export function colorOf(head: number): string {
  return hexOf(headColor(head, 'light'));
}

/** Heads that repeat a hue are told apart by dashes: an attribute, or nothing. */
export function dashes(head: number): string {
  const turn = headTurn(head);
  return turn === 0 ? '' : ` stroke-dasharray="${7 - Math.min(turn, 5)} ${1 + turn}"`;
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
