import type { WordLink } from '../core/document/words.ts';

/** One side of a hover: what a word looks at, or what looks at it. */
export interface HoverSide {
  readonly title: string;
  readonly links: readonly WordLink[];
}

/** What a hover says. */
export interface HoverView {
  readonly word: string;
  /** The layer and head, in words. */
  readonly where: string;
  readonly sides: readonly HoverSide[];
  /** `#rrggbb` of the bars, or null for the theme's own colour. */
  readonly color: string | null;
}

/** The width of a full bar, in characters. */
const barWidth = 12;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** The hover over a word as Markdown with HTML tables; everything from the text is escaped. */
export function hoverText({ word, where, sides, color }: HoverView): string {
  return sides
    .map(({ title, links }) => `<b><code>${shown(word)}</code></b> ${title} · ${escaped(where)}\n\n${table(links, color)}`)
    .join('\n\n');
}

function table(links: readonly WordLink[], color: string | null): string {
  if (links.length === 0) return 'No weight of 0.01 or more.';
  const rows = links.map(({ word, weight }) =>
    `<tr><td><code>${shown(word.label)}</code></td><td>${bar(weight, color)}</td><td align="right">${weight.toFixed(2)}</td></tr>`);
  return `<table>${rows.join('')}</table>`;
}

/** A bar of block characters, in eighths of a character, padded to its full width. */
export function bar(weight: number, color: string | null): string {
  const parts = Math.max(1, Math.round(Math.min(1, weight) * barWidth * 8));
  const blocks = '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
  const padding = '&#8199;'.repeat(barWidth - Math.ceil(parts / 8));
  return color ? `<span style="color:${color};">${blocks}</span>${padding}` : blocks + padding;
}

/** A word as a reader should see it: line breaks, tabs and lone spaces as signs, other control characters as dots. */
function shown(label: string): string {
  const visible = /^ +$/u.test(label) ? label.replaceAll(' ', '␣') : label;
  return escaped(visible.replace(/\r\n?|\n/gu, '⏎').replaceAll('\t', '⇥').replace(/\p{Cc}/gu, '·'));
}

/** Every character that Markdown or HTML could take for its own, as a character reference. */
export function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200d ⏎␣⇥·,.…]/gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}
