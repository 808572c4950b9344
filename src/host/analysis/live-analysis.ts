import type { RowChoice } from '../../core/attention/row-names.ts';
import type { AnalysisInfo } from '../../core/attention/analysis.ts';
import type { Opening } from '../../core/attention/opening.ts';
import type { MapInfo } from '../../core/attention/map.ts';
import { fitSelection, type Selection, type TokenFocus } from '../../core/attention/selection.ts';
import { excerptOf } from '../../core/document/excerpt.ts';
import { placedAfter, placedBefore, placedSpan, readOffset, type Placed } from '../../core/document/placing.ts';
import { tokenCounts } from '../../core/attention/model-words.ts';
import type { Span } from '../../core/document/tracked-range.ts';
import type { Edit } from '../../core/run/edits.ts';
import { placedIn } from '../../core/run/framing.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import { cutsOf } from '../../core/text/cut-words.ts';
import { rowWordsOf, wordAt, wordsOf, type Word } from '../../core/document/words.ts';
import type { TrackedText } from './tracked-texts.ts';
import { leftOutWords, partsOf, runOf, without, type LeftOut, type TextPart, type Texts } from './texts.ts';

/** Which of an analysis' sequences is the text in the document. */
export const documentSequence = 0;

/** A stretch of a document. */
export interface DocumentSpan extends Span {
  readonly uri: string;
}

/** A word under an offset of a document. */
export interface FoundWord {
  readonly word: Word;
  readonly sequence: number;
  readonly span: Span;
}

/** How an analysis came about, beside its model and texts. */
export interface Circumstances {
  readonly leftOut?: readonly LeftOut[];
  /** The head that stands out in it, null where none does; undefined where nobody has looked. */
  readonly opening?: Opening | null | undefined;
  /** The origin that it shares with other runs of its texts; without it, it is one itself. */
  readonly origin?: string | undefined;
  /** Where the person is in it at first; without it, where they were in the analysis before. */
  readonly selection?: Selection | undefined;
}

/** An analysis, the texts in documents that it is of, and the words of its sequences. */
export class LiveAnalysis {
  readonly id: string;
  /** The setting it was run with: an id or a folder, where `info.model.id` is the model's own name. */
  readonly model: string;
  readonly texts: Texts;
  /** The texts that it was asked for with, also those that the model does not take: another model may. */
  readonly requested: Texts;
  /** What was left out of them, a sentence each. */
  readonly leftOut: readonly string[];
  readonly info: AnalysisInfo;
  /** The head that stands out in it, null where none does; undefined where nobody has looked. */
  readonly opening: Opening | null | undefined;
  /** The same for all runs of its texts by its model, however they are edited. */
  readonly origin: string;
  /** Where the person is in it at first, where that was said. */
  readonly selection: Selection | undefined;
  readonly parts: readonly TextPart[];
  readonly #words = new Map<number, Word[]>();
  readonly #placed = new Map<TextPart, readonly Placed[]>();

  constructor(
    id: string,
    model: string,
    requested: Texts,
    info: AnalysisInfo,
    { leftOut = [], opening, origin = id, selection }: Circumstances = {},
  ) {
    this.id = id;
    this.model = model;
    this.texts = without(requested, leftOut);
    this.requested = requested;
    this.leftOut = leftOut.map(leftOutWords);
    this.info = info;
    this.opening = opening;
    this.origin = origin;
    this.selection = selection;
    this.parts = partsOf(this.texts);
  }

  /** The run that it came of. */
  get run(): RunSpec {
    return runOf(this.model, this.texts, this.edits);
  }

  /** What was changed in the model while it ran; empty for a run as the model is. */
  get edits(): readonly Edit[] {
    return this.info.edits ?? [];
  }

  /** Where the text stands, the first one where there are two. */
  get place(): TrackedText {
    return this.texts.text;
  }

  /** Where the text of a token stands, the first text where it is in no document. */
  placeOf(sequence: number, token: number): TrackedText {
    const segment = this.info.sequences[sequence]?.tokens[token]?.segment;
    return this.parts.find((part) => part.sequence === sequence && part.segment === segment)?.place ?? this.place;
  }

  get stale(): boolean {
    return this.parts.some(({ place }) => place.range.stale);
  }

  /** The beginning of the text, for titles and lists; of a second text its own as well. */
  get excerpt(): string {
    const { text, framing, pair, target } = this.texts;
    const question = framing?.as === 'context' ? [framing.question] : [];
    const second = pair?.range.text ?? (typeof target === 'string' ? target : target?.range.text);
    return [...question, text.range.text, ...(second === undefined ? [] : [second])]
      .map((one) => excerptOf(one))
      .join(' | ');
  }

  /** The model's name for people: its id, or the last part of its folder's path. */
  get modelName(): string {
    return this.info.model.id.split(/[\\/]/u).findLast((part) => part !== '') ?? this.info.model.id;
  }

  /** The number of tokens of the text in the document. */
  get tokenCount(): number {
    return this.info.sequences[documentSequence]?.tokens.length ?? 0;
  }

  /** The number of tokens in words, of both sequences where there are two: `7 and 9 tokens`. */
  get tokensText(): string {
    return tokenCounts(this.info.sequences);
  }

  /** Whether the model writes or is given a second text of its own, the target. */
  get hasTarget(): boolean {
    return this.info.model.family === 'encoder-decoder' || this.info.model.family === 'recurrent';
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

  /**
   * The words that stand in the rows of a map: those of a decoder are called by what is read and what is written at
   * their step.
   */
  rowWords(map: MapInfo, choice: RowChoice): readonly Word[] {
    return rowWordsOf(this.words(map.queries), map, this.info.sequences, choice);
  }

  /** Whether one of the texts stands in a document. */
  isIn(uri: string): boolean {
    return this.parts.some(({ place }) => place.uri.toString() === uri);
  }

  /** The text at an offset of a document, at either of its ends too; null where none is. */
  partAt(uri: string, offset: number): TextPart | null {
    return (
      this.parts.find(
        ({ place: { uri: own, range } }) => own.toString() === uri && range.start <= offset && offset <= range.end,
      ) ?? null
    );
  }

  /** The word whose characters hold an offset of a document, or null. */
  wordAt(uri: string, offset: number): FoundWord | null {
    const part = this.partAt(uri, offset);
    const at = part && readOffset(this.#placedOf(part), offset - part.place.range.start);
    if (!part || at === null) return null;
    const word = wordAt(this.words(part.sequence), at, part.segment);
    const span = word && this.#spanIn(part, word);
    return word && span ? { word, sequence: part.sequence, span } : null;
  }

  /** The characters of a token in its document, or null when it has none there. */
  spanOf(sequence: number, token: number): DocumentSpan | null {
    const found = this.info.sequences[sequence]?.tokens[token];
    const part = this.parts.find((one) => one.sequence === sequence && one.segment === found?.segment);
    return found && part ? this.#spanIn(part, found) : null;
  }

  /** The token whose characters hold `offset` of a document, or null. */
  tokenAt(uri: string, offset: number): { readonly sequence: number; readonly index: number } | null {
    const part = this.partAt(uri, offset);
    if (!part) return null;
    const { sequence, segment, place } = part;
    const inside = readOffset(this.#placedOf(part), offset - place.range.start);
    if (inside === null) return null;
    const index = (this.info.sequences[sequence]?.tokens ?? []).findIndex(
      (token) => token.segment === segment && token.start <= inside && inside < token.end,
    );
    return index >= 0 ? { sequence, index } : null;
  }

  /** What the model did not take of the texts in documents, a stretch for each that was cut. */
  get unread(): readonly DocumentSpan[] {
    return this.parts.flatMap((part) => {
      const cut = this.#cutOf(part);
      return cut === null ? [] : placedAfter(this.#placedOf(part), cut).map((span) => spanAt(part, span));
    });
  }

  /** What the model took of a text in a document: of a chat what is said, a stretch for each turn. */
  readOf(part: TextPart): readonly DocumentSpan[] {
    return placedBefore(this.#placedOf(part), this.#cutOf(part) ?? Infinity).map((span) => spanAt(part, span));
  }

  /** On which side of a map a sequence stands: the one that looks where it stands on both; null where on neither. */
  sideOf(map: number, sequence: number): TokenFocus['side'] | null {
    const { queries, keys } = this.map(map) ?? {};
    return queries === sequence ? 'query' : keys === sequence ? 'key' : null;
  }

  /** `selection`, or the first map that has a sequence in it where the selection's own has not. */
  selectionOn(selection: Selection, sequence: number): Selection {
    if (this.sideOf(selection.map, sequence)) return selection;
    const map = this.info.maps.findIndex((_, index) => this.sideOf(index, sequence) !== null);
    return map < 0 ? selection : fitSelection({ ...selection, map, token: null }, this.info);
  }

  /** Where the characters of a part are in the sequence that holds them. */
  #placedOf(part: TextPart): readonly Placed[] {
    const framing = part.place === this.place ? this.texts.framing : undefined;
    const known =
      this.#placed.get(part) ?? placedIn(part.place.range.text, framing, this.info.sequences[part.sequence]);
    this.#placed.set(part, known);
    return known;
  }

  #spanIn(part: TextPart, { start, end }: Span): DocumentSpan | null {
    const span = placedSpan(this.#placedOf(part), { start, end });
    return span && spanAt(part, span);
  }

  /** Up to where the model took a part, in what it read; null where it took all. */
  #cutOf({ sequence, segment }: TextPart): number | null {
    const found = this.info.sequences[sequence];
    return (found && cutsOf(found).find((one) => one.segment === segment)?.to) ?? null;
  }
}

/** A stretch of the text of a part, where it stands in its document. */
function spanAt({ place: { uri, range } }: TextPart, { start, end }: Span): DocumentSpan {
  return { uri: uri.toString(), start: range.start + start, end: range.start + end };
}
