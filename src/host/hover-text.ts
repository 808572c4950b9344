import { weightText } from '../core/attention/number-words.ts';
import type { WordLink } from '../core/document/words.ts';

/** One side of a hover: what a word looks at, or what looks at it. */
export interface HoverSide {
  readonly title: string;
  readonly links: readonly WordLink[];
  /** Why there are no links, where that is known. */
  readonly why?: string;
}

/** A head and the word's strongest link in it, to the word that is looked at (or looks); `link` is the address that chooses the head. */
export interface Elsewhere {
  readonly layer: number;
  readonly head: number;
  readonly label: string;
  readonly looks: boolean;
  readonly weight: number;
  readonly link: string;
}

/** What a hover says. */
export interface HoverView {
  readonly word: string;
  /** What the model reads in place of a word that it does not know. */
  readonly unknown?: string | undefined;
  /** The layer and head, in words. */
  readonly where: string;
  readonly sides: readonly HoverSide[];
  /** `#rrggbb` of the bars, or null for the theme's own colour. */
  readonly color: string | null;
}

/** The heads elsewhere in which a word has its strongest links, in one line of Markdown; nothing where there are none. */
export function elsewhereText(heads: readonly Elsewhere[]): string {
  if (heads.length === 0) return '';
  const each = heads.map(({ layer, head, label, looks, weight, link }) => `[${layer}.${head} ${looks ? '→' : '←'} ${escaped(label)} ${escaped(weightText(weight))}](${link})`);
  return `Strongest elsewhere: ${each.join(' · ')}`;
}

/** The width of a full bar, in characters. */
const barWidth = 10;

/** The hover over a word as Markdown with an HTML table, its sides next to each other; everything from the text is escaped. */
export function hoverText({ word, unknown, where, sides, color }: HoverView): string {
  const heads = sides.map(({ title }) => `<th align="left" colspan="3">${title}</th>`).join(gap);
  const count = Math.max(1, ...sides.map(({ links }) => links.length));
  const rows = Array.from({ length: count }, (_, row) => sides.map(({ links, why }) => cells(links[row], row, color, why)).join(gap));
  const table = [heads, ...rows].map((row) => `<tr>${row}</tr>`).join('');
  const strange = unknown === undefined ? '' : `unknown to this model: read as ${escaped(unknown)}\n\n`;
  return `<b><code>${escaped(word)}</code></b> · ${escaped(where)}\n\n${strange}<table>${table}</table>`;
}

/** An empty column between the sides. */
const gap = '<td>&#8195;</td>';

function cells(link: WordLink | undefined, row: number, color: string | null, why?: string): string {
  if (!link) return `<td colspan="3">${row === 0 ? (why ?? 'no weight of 0.01 or more') : ''}</td>`;
  const { word, weight } = link;
  const strange = word.unknown === undefined ? '' : ` <i>${escaped(word.unknown)}</i>`;
  return `<td><code>${escaped(word.label)}</code>${strange}</td><td>${bar(weight, color)}</td><td align="right">${escaped(weightText(weight))}</td>`;
}

/** A thin bar, in half characters, padded to its full width. */
export function bar(weight: number, color: string | null): string {
  const halves = Math.max(1, Math.round(Math.min(1, weight) * barWidth * 2));
  const line = '━'.repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? '╸' : '');
  const padding = '&#8199;'.repeat(barWidth - line.length);
  return color ? `<span style="color:${color};">${line}</span>${padding}` : line + padding;
}

/** Every character that Markdown or HTML could take for its own, as a character reference. */
export function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200d ⏎␣⇥·,.…]/gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}
