import { termText } from '../../attention/number-words.ts';
import type { TermId } from '../../glossary/terms.ts';
import type { Box } from '../../picture/marks.ts';
import { fitted } from '../../picture/type.ts';
import { words } from '../../words/words.ts';
import type { Measures } from '../arithmetic/layout.ts';
import { captionIn } from '../captions.ts';
import { glossaryPlace, type GlossaryPlace, type PlacedLine } from '../glossary-place.ts';
import type { PartsContent } from './content.ts';
import { partsTable, type PartsTable, type TablePlace } from './table.ts';
import { termOfPart, type Term } from './terms.ts';

/** The sizes of words and numbers, and of names and numbers in the table, in pixels. */
export const [textSize, noteSize] = [13, 12];
/** A row of the table, and a cell in it. */
export const rowHeight = 28;
const lineHeight = 19;
const headLine = 14;
/** Room around the picture, smaller where it is narrow. */
const [edge, narrowEdge] = [20, 12];
/** Narrower than this, the room around is smaller. */
export const minRoomy = 420;
const sectionGap = 18;
const maxWidth = 860;
const [minCell, maxCell] = [44, 60];
const [labelPart, maxLabel] = [0.3, 150];
const [labelGap, sumWidth] = [10, 54];
const [mostRows, mostColumns, leastColumns] = [12, 10, 2];
const mostHeadLines = 3;
const [barPart, maxBar] = [0.22, 140];
const legendHeight = 24;
/** Lines that what is pointed at may take. */
const readoutLines = 2;

/** A listed term: its number, its bar from the line at 0, and its words. */
export interface PlacedTerm {
  readonly value: number;
  /** The parts of the term; null for all others together. */
  readonly term: Term | null;
  readonly y: number;
  readonly zero: number;
  /** The end of the bar. */
  readonly end: number;
}

/** The picture of a score's parts in numbers, all in CSS pixels. */
export interface PartsLayout {
  readonly width: number;
  readonly height: number;
  readonly table: PartsTable;
  /** The cells without the sums; rows are as high as {@link rowHeight}. */
  readonly cells: Box;
  readonly cellWidth: number;
  /** Where the sums end. */
  readonly sums: number;
  readonly lines: readonly PlacedLine[];
  readonly terms: readonly PlacedTerm[];
  readonly legend: Box;
  readonly readout: Box;
  /** Where texts name terms of the glossary. */
  readonly glossary: readonly GlossaryPlace[];
}

/** Lays a score's parts out in a width, as high as they need; `hasControls` leaves room for what is pointed at. */
export function layoutParts(
  content: PartsContent,
  width: number,
  measures: Measures,
  { hasControls, hasBars }: { readonly hasControls: boolean; readonly hasBars: boolean },
): PartsLayout {
  const says = words().scoreParts;
  const flow = new Flow(width, measures);
  const { margin, inner } = flow;
  flow.y = margin - 4;
  flow.paragraph(content.sentences.join(' '), margin, inner);
  flow.y += sectionGap;
  const grid = flow.grid(content);
  const readout = { x: margin, y: flow.y + 4, width: inner, height: readoutLines * lineHeight };
  if (hasControls) flow.y += readout.height + 8;
  const legend = flow.legend(hasBars ? says.legendOfBars : says.legend);
  flow.y += sectionGap;
  flow.heading(says.largest);
  const terms = flow.terms(content);
  flow.y += sectionGap;
  flow.heading(says.check);
  flow.pairs(content.check);
  flow.paragraph(says.frozen, margin, inner, { tone: 'dim', size: noteSize });
  const { lines, glossary } = flow;
  return { width, height: flow.y + margin, ...grid, lines, terms, legend, readout, glossary };
}

/** Puts one part of the picture below the other. */
class Flow {
  y = 0;
  readonly lines: PlacedLine[] = [];
  readonly glossary: GlossaryPlace[] = [];
  readonly margin: number;
  readonly inner: number;
  readonly #measures: Measures;

  constructor(width: number, measures: Measures) {
    this.#measures = measures;
    this.margin = width < minRoomy ? narrowEdge : edge;
    this.inner = Math.max(1, Math.min(maxWidth, width - 2 * this.margin));
  }

  /** Writes a text; `term` is what it names. */
  text(text: string, x: number, y: number, more: Partial<PlacedLine> = {}, term?: TermId | null): void {
    const line: PlacedLine = { text, x, y, size: textSize, anchor: 'start', tone: 'plain', ...more };
    this.lines.push(line);
    if (term) this.glossary.push(glossaryPlace(term, line, this.#measures(line.size)));
  }

  /** Text that is broken where its room ends. */
  paragraph(text: string, x: number, room: number, more: Partial<PlacedLine> = {}, term?: TermId): void {
    const lines = captionIn([text], room, this.#measures(more.size ?? textSize));
    for (const [at, line] of lines.entries()) {
      // What it names is its last word.
      this.text(line, x, this.y + lineHeight / 2, more, at === lines.length - 1 ? term : null);
      this.y += lineHeight;
    }
  }

  heading(text: string): void {
    this.text(text, this.margin, this.y + lineHeight / 2, { tone: 'bold' });
    this.y += lineHeight + 4;
  }

  /** The table: names, sums, and the room of its cells. */
  grid(content: PartsContent): Pick<PartsLayout, 'table' | 'cells' | 'cellWidth' | 'sums'> {
    const says = words().scoreParts;
    const { margin, inner } = this;
    const measure = this.#measures(noteSize);
    const names = content.query.map(({ name }) => measure(name, false));
    const label = Math.ceil(Math.min(Math.max(0, ...names), inner * labelPart, maxLabel));
    const x = margin + label + labelGap;
    const room = inner - label - labelGap - sumWidth;
    const columns = Math.max(leastColumns, Math.min(mostColumns, Math.floor(room / minCell)));
    const table = partsTable(content, { rows: mostRows, columns });
    const cellWidth = Math.max(1, Math.min(maxCell, room / Math.max(1, table.columns.length)));
    const quiet = { size: noteSize, tone: 'dim' } as const;
    this.paragraph(says.keySide(content.keyName), margin, inner, quiet, 'key');
    this.paragraph(says.querySide(content.queryName), margin, inner, quiet, 'query');
    this.y += 6;
    const heads = table.columns.map(({ short }) => headOf(short, cellWidth - 4, this.#measures));
    const high = Math.max(1, ...heads.map((lines) => lines.length));
    const top = this.y + high * headLine + 4;
    for (const [at, lines] of heads.entries())
      for (const [line, text] of lines.entries())
        this.text(
          text,
          x + (at + 0.5) * cellWidth,
          top - 4 - (lines.length - line - 0.5) * headLine,
          { ...quiet, anchor: 'middle' },
          line === lines.length - 1 ? termOfPart([...table.rows, ...table.columns], table.rows.length + at) : null,
        );
    const cells = { x, y: top, width: cellWidth * table.columns.length, height: rowHeight * table.rows.length };
    const sums = x + cells.width + sumWidth - 4;
    this.text(says.sum, sums, top - 4 - headLine / 2, { ...quiet, anchor: 'end' });
    const yOf = (row: number): number => top + (row + 0.5) * rowHeight;
    for (const [row, { name, sum }] of table.rows.entries()) {
      const term = termOfPart(table.rows, row);
      this.text(fitted(name, label, measure), x - labelGap, yOf(row), { ...quiet, anchor: 'end' }, term);
      this.text(termText(sum), sums, yOf(row), { size: noteSize, anchor: 'end' });
    }
    const last = yOf(table.rows.length);
    this.text(says.sum, x - labelGap, last, { ...quiet, anchor: 'end' });
    for (const [at, { sum }] of table.columns.entries())
      this.text(termText(sum), x + (at + 0.5) * cellWidth, last, { size: noteSize, anchor: 'middle' });
    this.text(termText(table.total), sums, last, { size: textSize, anchor: 'end', tone: 'bold' });
    this.y = last + rowHeight / 2;
    return { table, cells, cellWidth, sums };
  }

  /** The room of the ramp of colours, with what they mean beside or below it. */
  legend(says: string): Box {
    const box = { x: this.margin, y: this.y + 8, width: Math.min(120, this.inner), height: 8 };
    const quiet = { size: noteSize, tone: 'dim' } as const;
    const beside = box.x + box.width + 44;
    const room = this.margin + this.inner - beside;
    this.y += legendHeight;
    if (this.#measures(noteSize)(says, false) <= room) this.text(says, beside, box.y + 4, quiet);
    else this.paragraph(says, this.margin, this.inner, quiet);
    return box;
  }

  /** The largest terms with their bars, and all others together. */
  terms({ largest, further }: PartsContent): readonly PlacedTerm[] {
    const says = words().scoreParts;
    const all = [
      ...largest.map((term) => ({ term, value: term.value, text: says.meeting(term.query.says, term.key.says) })),
      ...(further ? [{ term: null, value: further.value, text: says.further(further.count) }] : []),
    ];
    const measure = this.#measures(textSize);
    const number = Math.max(0, ...all.map(({ value }) => measure(termText(value), false)));
    const bar = Math.min(maxBar, this.inner * barPart);
    const [least, most] = [
      Math.min(0, ...all.map(({ value }) => value)),
      Math.max(0, ...all.map(({ value }) => value)),
    ];
    const start = this.margin + number + 12;
    const unit = bar / (most - least || 1);
    const zero = start - least * unit;
    return all.map(({ term, value, text }) => {
      const y = this.y + lineHeight / 2;
      this.text(termText(value), this.margin + number, y, { anchor: 'end' });
      const x = start + bar + 14;
      this.paragraph(text, x, this.margin + this.inner - x, { tone: term ? 'plain' : 'dim' });
      this.y += 4;
      return { term, value, y, zero, end: zero + value * unit };
    });
  }

  /** Names, with their values in a column. */
  pairs(pairs: PartsContent['check']): void {
    const measure = this.#measures(textSize);
    const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => measure(text, false)));
    const names = widest(pairs.map(({ name }) => name));
    const end = this.margin + names + 20 + widest(pairs.map(({ value }) => value));
    for (const { name, value } of pairs) {
      this.text(name, this.margin, this.y + lineHeight / 2, { tone: 'dim' });
      this.text(value, end, this.y + lineHeight / 2, { anchor: 'end' });
      this.y += lineHeight;
    }
    this.y += 4;
  }
}

/** The place of the table under a point, sums included; null beside it. */
export function placeAt(
  { cells, cellWidth, sums, table }: PartsLayout,
  { x, y }: { readonly x: number; readonly y: number },
): TablePlace | null {
  const row = Math.floor((y - cells.y) / rowHeight);
  const isInside = x >= cells.x && x < sums + 4 && row >= 0 && row <= table.rows.length;
  if (!isInside) return null;
  return { row, column: Math.min(table.columns.length, Math.floor((x - cells.x) / cellWidth)) };
}

/** Where a place of the table is. */
export function boxOfPlace({ cells, cellWidth, sums, table }: PartsLayout, { row, column }: TablePlace): Box {
  const isSum = column >= table.columns.length;
  const x = cells.x + Math.min(column, table.columns.length) * cellWidth;
  return {
    x,
    y: cells.y + Math.min(row, table.rows.length) * rowHeight,
    width: isSum ? sums + 4 - x : cellWidth,
    height: rowHeight,
  };
}

function headOf(text: string, room: number, measures: Measures): readonly string[] {
  const measure = measures(noteSize);
  const lines = captionIn([text], room, measure).slice(0, mostHeadLines);
  return lines.map((line) => fitted(line, room, measure));
}
