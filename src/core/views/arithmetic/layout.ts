import { termText } from '../../attention/number-words.ts';
import type { TermId } from '../../glossary/terms.ts';
import type { Box } from '../../picture/marks.ts';
import { fitted, type Measure } from '../../picture/type.ts';
import { words } from '../../words/words.ts';
import { captionIn } from '../captions.ts';
import { glossaryPlace, type GlossaryPlace, type PlacedLine } from '../glossary-place.ts';
import type { ArithmeticContent, Strip } from './content.ts';
import { layoutFormula, type PlacedSegment } from './formula-layout.ts';
import type { PartId } from './names.ts';
import { layoutRows, type PlacedRows } from './rows-layout.ts';

/** The size of words and numbers, in pixels. */
export const textSize = 13;
/** The size of notes beside them. */
export const noteSize = 12;
/** Room around the picture, and between its sections. */
export const edge = 20;
const sectionGap = 18;
const lineHeight = 19;
/** Narrower than this, the name of a strip is above it and not beside it. */
const minBeside = 520;
/** Narrower than this, the room around is smaller, too. */
const minRoomy = 420;
const stripHeight = 20;
const stripGap = 6;
const sumHeight = 26;
const [labelPart, maxLabel] = [0.24, 190];
const noteWidth = 136;
/** Components wider than this look like blocks. */
const maxComponent = 22;
const maxWidth = 860;
const maxTable = 640;
const [labelGap, noteGap] = [14, 12];
const legendHeight = 22;
const windowLook = { tone: 'dim', size: noteSize } as const;
/** Bars of lengths: how high, and how long at most. */
const [lengthHeight, maxLength] = [6, 320];

/** How texts are measured: of words, plain and bold, of a size. */
export type Measures = (size: number) => Measure;

/** A text that has its place; `id` is what it belongs to. */
export interface PlacedText extends PlacedLine {
  readonly id: PartId | null;
}

/** A strip that has its place. */
export interface PlacedStrip {
  readonly strip: Strip;
  readonly box: Box;
}

/** A length as a bar. */
export interface PlacedLength extends Box {
  readonly isOwn: boolean;
}

/** The picture of a weight in numbers, all in CSS pixels. */
export interface ArithmeticLayout {
  readonly width: number;
  readonly height: number;
  readonly formula: readonly PlacedSegment[];
  readonly texts: readonly PlacedText[];
  readonly strips: readonly PlacedStrip[];
  /** Where the running sum of the products is drawn. */
  readonly sums: Box;
  /** What the colours mean: where its ramp is. */
  readonly legend: Box;
  readonly rows: PlacedRows;
  /** The lengths of what is handed over and of what it is beside, as bars. */
  readonly lengths: readonly PlacedLength[];
  /**
   * Where buttons of the panel are: that sorts the components, that asks why the score is so, and that shows every
   * key.
   */
  readonly buttons: { readonly sort: Box; readonly why: Box; readonly rows: Box | null };
  /** Where what is pointed at is read. */
  readonly readout: { readonly x: number; readonly y: number };
  /** Where texts name terms of the glossary. */
  readonly glossary: readonly GlossaryPlace[];
}

/**
 * Lays the picture of a weight out in a width, as high as it needs; `hasControls` leaves room for buttons and for what
 * is pointed at, `hasBars` says that strips are bars and not colours.
 */
export function layoutArithmetic(
  content: ArithmeticContent,
  width: number,
  measures: Measures,
  { hasControls, hasBars }: { readonly hasControls: boolean; readonly hasBars: boolean },
): ArithmeticLayout {
  const says = words().arithmetic;
  const legendSays = hasBars ? says.legendOfBars : says.legend;
  const flow = new Flow(content, width, measures);
  const { margin, inner, column } = flow;
  const { segments: formula, bottom } = layoutFormula(
    content.formula,
    { x: margin, y: margin - 4, width: inner },
    measures,
  );
  flow.y = bottom + 8;
  flow.paragraph(content.sentences.join(' '), margin, inner, { tone: 'dim' });
  flow.y += sectionGap;

  for (const strip of content.strips) flow.strip(strip);
  const sums = flow.sums(content.productText);
  const sort = { x: column.x, y: flow.y, width: column.width, height: lineHeight };
  const readout = flow.readout(hasControls);
  const legend = flow.legend(legendSays);
  if (content.windowNote !== null)
    flow.paragraph(content.windowNote, column.x, margin + inner - column.x, windowLook, 'local-attention');
  flow.y += sectionGap;

  const why = flow.besideHeading(says.rowOf(content.queryName));
  flow.heading(says.rowOf(content.queryName));
  const rows = layoutRows(content.rows, { x: margin, y: flow.y, width: Math.min(inner, maxTable) }, measures);
  flow.heads(rows);
  flow.y = rows.bottom;
  const hasMore = content.rows.more !== null && hasControls;
  const more = hasMore ? { x: margin, y: flow.y, width: Math.min(inner, 220), height: lineHeight } : null;
  flow.y += (more ? lineHeight : 0) + sectionGap;

  flow.heading(says.handsOver, 'output', 'output-projection');
  if (content.value) flow.strip(content.value);
  const indent = content.value ? column.x : margin;
  flow.paragraph(content.output.join(' '), indent, margin + inner - indent, { id: 'output' });
  const lengths = flow.lengths(content.lengths, indent);
  flow.y += sectionGap;

  flow.heading(says.check);
  flow.pairs(content.check);
  const { texts, strips, glossary } = flow;
  const buttons = { sort, why, rows: more };
  const height = flow.y + margin;
  return { width, height, formula, texts, strips, sums, legend, rows, lengths, buttons, readout, glossary };
}

/** Puts one part of the picture below the other. */
class Flow {
  y = 0;
  readonly texts: PlacedText[] = [];
  readonly strips: PlacedStrip[] = [];
  readonly glossary: GlossaryPlace[] = [];
  readonly margin: number;
  readonly inner: number;
  /** Where strips are, and whether their names are beside them. */
  readonly column: { readonly x: number; readonly width: number; readonly isBeside: boolean };
  readonly #measures: Measures;

  constructor({ strips, value, order }: ArithmeticContent, width: number, measures: Measures) {
    this.#measures = measures;
    this.margin = width < minRoomy ? 12 : edge;
    this.inner = Math.max(1, Math.min(maxWidth, width - 2 * this.margin));
    const isBeside = this.inner >= minBeside;
    const labels = [...strips, ...(value ? [value] : [])].map(({ label }) => measures(textSize)(label, false));
    const label = Math.min(Math.ceil(Math.max(...labels)), this.inner * labelPart, maxLabel);
    const x = this.margin + (isBeside ? label + labelGap : 0);
    const room = this.margin + this.inner - (isBeside ? noteWidth : 0) - x;
    this.column = { x, width: Math.min(room, order.length * maxComponent), isBeside };
  }

  /** Writes a text; `term` is what it names. */
  text(text: string, x: number, y: number, more: Partial<PlacedText> = {}, term?: TermId): void {
    const placed: PlacedText = { id: null, text, x, y, size: textSize, anchor: 'start', tone: 'plain', ...more };
    this.texts.push(placed);
    if (term) this.glossary.push(glossaryPlace(term, placed, this.#measures(placed.size)));
  }

  /** The heads of the columns name terms. */
  heads({ heads, columns, head: y }: PlacedRows): void {
    const title = (term: TermId, text: string, x: number): void => {
      const placed = { text, x, y, size: noteSize, anchor: 'end', tone: 'dim' } as const;
      this.glossary.push(glossaryPlace(term, placed, this.#measures(noteSize)));
    };
    title('key', heads.key, columns.name);
    title('score', heads.score, columns.score);
    if (columns.power !== null) title('softmax', heads.power, columns.power);
    title('attention-weight', heads.weight, columns.weight);
  }

  /** Text that is broken where its room ends. */
  paragraph(text: string, x: number, room: number, more: Partial<PlacedText>, term?: TermId): void {
    const lines = captionIn([text], room, this.#measures(more.size ?? textSize));
    for (const [at, line] of lines.entries()) {
      this.text(line, x, this.y + lineHeight / 2, more, at === 0 ? term : undefined);
      this.y += lineHeight;
    }
  }

  heading(text: string, id: PartId | null = null, term?: TermId): void {
    this.text(text, this.margin, this.y + lineHeight / 2, { tone: 'bold', id }, term);
    this.y += lineHeight + 6;
  }

  /** The room beside the next heading. */
  besideHeading(text: string): Box {
    const x = this.margin + Math.ceil(this.#measures(textSize)(text, true)) + 16;
    return { x, y: this.y, width: Math.max(1, this.margin + this.inner - x), height: lineHeight };
  }

  strip(strip: Strip): void {
    const { id, label, term } = strip;
    const { x, width, isBeside } = this.column;
    const note = [strip.note, words().arithmetic.peak(peakText(strip.peak))].join(' · ');
    const quiet = { id, size: noteSize, tone: 'dim' } as const;
    if (isBeside) {
      const room = x - labelGap - this.margin;
      const own = fitted(label, room, this.#measures(textSize));
      this.text(own, x - labelGap, this.y + stripHeight / 2, { id, anchor: 'end', tone: 'dim' }, term);
      this.text(note, x + width + noteGap, this.y + stripHeight / 2, quiet);
    } else {
      this.text(label, x, this.y + lineHeight / 2, { id, tone: 'dim' }, term);
      this.text(note, x + width, this.y + lineHeight / 2, { ...quiet, anchor: 'end' });
      this.y += lineHeight + 1;
    }
    this.strips.push({ strip, box: { x, y: this.y, width, height: stripHeight } });
    this.y += stripHeight + stripGap;
  }

  /** The room of the running sum, with what it comes to beside it. */
  sums(product: string): Box {
    const { x, width, isBeside } = this.column;
    const box = { x, y: this.y, width, height: sumHeight };
    const quiet = { id: 'product', size: noteSize, tone: 'dim' } as const;
    if (isBeside) this.text(words().arithmetic.addsUp(product), x + width + noteGap, this.y + sumHeight / 2, quiet);
    this.y += sumHeight + 6;
    return box;
  }

  /** Where what is pointed at is read: beside the button that sorts, or below it. */
  readout(hasControls: boolean): ArithmeticLayout['readout'] {
    const { x, isBeside } = this.column;
    const { sortByProduct, inOrder } = words().arithmetic;
    const button = Math.max(...[sortByProduct, inOrder].map((text) => this.#measures(textSize)(text, false)));
    const place = { x: isBeside ? x + button + 20 : x, y: this.y + (isBeside ? 0 : lineHeight) };
    if (hasControls) this.y = place.y + lineHeight + 4;
    return place;
  }

  /** The room of the ramp of colours, with what they mean beside or below it. */
  legend(says: string): Box {
    const { x, width, isBeside } = this.column;
    const box = { x, y: this.y + 5, width: Math.min(120, width), height: 8 };
    const quiet = { size: noteSize, tone: 'dim' } as const;
    if (isBeside) this.text(says, x + box.width + 38, box.y + 4, quiet);
    this.y += legendHeight;
    if (!isBeside) this.paragraph(says, x, this.inner, quiet);
    return box;
  }

  /** Lengths as bars of one scale, with their names before and their numbers behind. */
  lengths(lines: ArithmeticContent['lengths'], x: number): readonly PlacedLength[] {
    if (lines.length === 0) return [];
    const measure = this.#measures(noteSize);
    const quiet = { id: 'output', size: noteSize, tone: 'dim' } as const;
    const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => measure(text, false)));
    const name = Math.min(widest(lines.map((line) => line.name)), (this.inner + this.margin - x) * 0.45);
    const number = widest(lines.map(({ length }) => termText(length)));
    const start = x + name + labelGap;
    const room = Math.max(1, Math.min(maxLength, this.margin + this.inner - start - number - noteGap));
    const most = Math.max(...lines.map(({ length }) => length)) || 1;
    this.y += 6;
    return lines.map(({ name: text, length, isOwn, term }) => {
      const y = this.y + lineHeight / 2;
      const width = Math.max(1.5, (room * length) / most);
      this.text(fitted(text, name, measure), x, y, quiet, term);
      this.text(termText(length), start + width + noteGap, y, { ...quiet, tone: isOwn ? 'plain' : 'dim' });
      this.y += lineHeight;
      return { x: start, y: y - lengthHeight / 2, width, height: lengthHeight, isOwn };
    });
  }

  /** Names, with their values in a column. */
  pairs(pairs: ArithmeticContent['check']): void {
    const widest = (texts: readonly string[]): number =>
      Math.max(...texts.map((text) => this.#measures(textSize)(text, false)));
    const names = widest(pairs.map(({ name }) => name));
    const end = this.margin + names + 20 + widest(pairs.map(({ value }) => value));
    for (const { name, value } of pairs) {
      this.text(name, this.margin, this.y + lineHeight / 2, { tone: 'dim' });
      this.text(value, end, this.y + lineHeight / 2, { anchor: 'end' });
      this.y += lineHeight;
    }
  }
}

/** The component of a strip under a point, by its place in the order; null beside the strip. */
export function componentAt({ box, strip }: PlacedStrip, x: number): number | null {
  const at = Math.floor(((x - box.x) / box.width) * strip.values.length);
  return at >= 0 && at < strip.values.length ? at : null;
}

function peakText(peak: number): string {
  return String(Number(peak.toPrecision(2)));
}
