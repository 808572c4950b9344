import type { AnalysisInfo } from '../core/attention/analysis.ts';
import type { MapInfo } from '../core/attention/map.ts';
import { excerptOf } from '../core/document/excerpt.ts';
import type { Span } from '../core/document/tracked-range.ts';
import { wordsOf, type Word } from '../core/document/words.ts';
import type { Token } from '../core/text/token.ts';
import type { Place } from './places.ts';

/** Which of an analysis' sequences is the text in the document. */
export const documentSequence = 0;

/** An analysis, the text in a document that it is of, and the words of its sequences. */
export class LiveAnalysis {
  readonly id: string;
  /** The setting it was run with: an id or a folder, where `info.model.id` is the model's own name. */
  readonly model: string;
  readonly place: Place;
  readonly info: AnalysisInfo;
  readonly #words = new Map<number, Word[]>();

  constructor(id: string, model: string, place: Place, info: AnalysisInfo) {
    this.id = id;
    this.model = model;
    this.place = place;
    this.info = info;
  }

  get stale(): boolean {
    return this.place.range.stale;
  }

  /** The beginning of the text, for titles and lists. */
  get excerpt(): string {
    return excerptOf(this.place.range.text);
  }

  /** The model's name for people: its id, or the last part of its folder's path. */
  get modelName(): string {
    return this.info.model.id.split(/[\\/]/u).findLast((part) => part !== '') ?? this.info.model.id;
  }

  /** The number of tokens of the text in the document. */
  get tokenCount(): number {
    return this.info.sequences[documentSequence]?.tokens.length ?? 0;
  }

  map(index: number): MapInfo | undefined {
    return this.info.maps[index];
  }

  words(sequence: number): readonly Word[] {
    const found = this.info.sequences[sequence];
    const words = this.#words.get(sequence) ?? (found ? wordsOf(found) : []);
    this.#words.set(sequence, words);
    return words;
  }

  /** The characters of a token in the document, or null when it has none there. */
  spanOf(sequence: number, token: number): Span | null {
    const found = this.info.sequences[sequence]?.tokens[token];
    if (sequence !== documentSequence || !found || !this.#isInDocument(found)) return null;
    return this.#shifted(found);
  }

  /** The token whose characters hold `offset` of the document, or null. */
  tokenAt(offset: number): number | null {
    const inside = offset - this.place.range.start;
    const tokens = this.info.sequences[documentSequence]?.tokens ?? [];
    const index = tokens.findIndex((token) => this.#isInDocument(token) && token.start <= inside && inside < token.end);
    return index >= 0 ? index : null;
  }

  /** The part of the text that the model did not take, or null when it took all. */
  get unread(): Span | null {
    const { range } = this.place;
    const to = this.info.sequences[documentSequence]?.analysedTo;
    return to === undefined || to >= range.text.length ? null : this.#shifted({ start: to, end: range.text.length });
  }

  #isInDocument(token: Token): boolean {
    return token.segment === 0 && token.end > token.start && token.end <= this.place.range.text.length;
  }

  #shifted({ start, end }: Span): Span {
    return { start: this.place.range.start + start, end: this.place.range.start + end };
  }
}
