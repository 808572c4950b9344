import { l10n } from 'vscode';
import { weightText } from '../../core/attention/number-words.ts';
import type { WordLink } from '../../core/document/words.ts';
import { commandLink, joined, Markdown, markdown } from '../window/markdown.ts';

/** One side of a hover: what a word looks at, or what looks at it. */
export interface HoverSide {
  readonly title: string;
  readonly links: readonly WordLink[];
  /** Why there are no links, where that is known. */
  readonly why?: string;
}

/** A head and the word's strongest link in it, to the word that is looked at (or looks); and what chooses the head. */
export interface Elsewhere {
  /** The head by its number, `3.7`. */
  readonly head: string;
  readonly label: string;
  readonly looks: boolean;
  readonly weight: number;
  /** The command that chooses the head, with its values. */
  readonly command: string;
  readonly values: readonly unknown[];
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

/**
 * The heads elsewhere in which a word has its strongest links, in one line of Markdown; nothing where there are none.
 */
export function elsewhereText(heads: readonly Elsewhere[]): Markdown {
  if (heads.length === 0) return markdown``;
  const each = heads.map(({ head, label, looks, weight, command, values }) =>
    commandLink(`${head} ${looks ? '→' : '←'} ${label} ${weightText(weight)}`, command, values),
  );
  return markdown`${l10n.t('Strongest elsewhere')}: ${joined(each, ' · ')}`;
}

/** The width of a full bar, in characters. */
const barWidth = 10;

/**
 * The hover over a word as Markdown with an HTML table, its sides next to each other; everything from the text is
 * escaped.
 */
export function hoverText({ word, unknown, where, sides, color }: HoverView): Markdown {
  const heads = joined(
    sides.map(({ title }) => markdown`<th align="left" colspan="3">${title}</th>`),
    gap,
  );
  const count = Math.max(1, ...sides.map(({ links }) => links.length));
  const rows = Array.from({ length: count }, (_, row) =>
    joined(
      sides.map(({ links, why }) => cells(links[row], row, color, why)),
      gap,
    ),
  );
  const table = joined(
    [heads, ...rows].map((row) => markdown`<tr>${row}</tr>`),
    '',
  );
  const unknownNote =
    unknown === undefined ? markdown`` : markdown`${l10n.t('unknown to this model: read as {0}', unknown)}\n\n`;
  return markdown`<b><code>${word}</code></b> · ${where}\n\n${unknownNote}<table>${table}</table>`;
}

/** An empty column between the sides. */
const gap = '<td>&#8195;</td>';

function cells(link: WordLink | undefined, row: number, color: string | null, why?: string): Markdown {
  if (!link) return markdown`<td colspan="3">${row === 0 ? (why ?? l10n.t('no weight of 0.01 or more')) : ''}</td>`;
  const { word, weight } = link;
  const unknownNote = word.unknown === undefined ? markdown`` : markdown` <i>${word.unknown}</i>`;
  return markdown`<td><code>${word.label}</code>${unknownNote}</td><td>${bar(weight, color)}</td><td align="right">${weightText(weight)}</td>`;
}

/** A thin bar, in half characters, padded to its full width. */
export function bar(weight: number, color: string | null): Markdown {
  const halves = Math.max(1, Math.round(Math.min(1, weight) * barWidth * 2));
  const line = '━'.repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? '╸' : '');
  const padding = '&#8199;'.repeat(barWidth - line.length);
  return new Markdown(color ? `<span style="color:${color};">${line}</span>${padding}` : line + padding);
}
