import { readFileSync } from 'node:fs';
import { Tokenizer as Library } from 'tokenizers';
import { createTokenizer, type Encoding, type Tokenizer } from '../../../../src/core/text/tokenizer.ts';

/** One tokenizer file, read by us and by the original library. */
export interface Contest {
  readonly name: string;
  readonly ours: Tokenizer;
  readonly library: Library;
  /** The added tokens that are sought before normalization, with the spaces that they take. */
  readonly separators: RegExp;
  /** Whether the normalizer has SentencePiece's compiled rules: see `DIFFERENCES.md`, removed beginnings. */
  readonly charsmap: boolean;
}

/** Loads a tokenizer file into both. */
export function contestOf(name: string, file: string): Contest {
  return contestFrom(name, readFileSync(file, 'utf8'));
}

/** Loads the text of a tokenizer file into both; the library's own truncation and padding are switched off. */
export function contestFrom(name: string, json: string): Contest {
  const file = JSON.parse(json);
  const ours = createTokenizer(name, file);
  const library = Library.fromString(JSON.stringify(withPairs(file)));
  library.disableTruncation();
  library.disablePadding();
  return {
    name,
    library,
    ours,
    separators: separatorsOf(file.added_tokens ?? []),
    charsmap: json.includes('"precompiled_charsmap"'),
  };
}

function separatorsOf(added: readonly { content: string; normalized: boolean; rstrip: boolean }[]): RegExp {
  const longestFirst = added.filter((token) => !token.normalized).sort((a, b) => b.content.length - a.content.length);
  const sources = longestFirst.map(
    (token) => token.content.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&') + (token.rstrip ? '\\s*' : ''),
  );
  return new RegExp(sources.length === 0 ? '(?!)' : sources.join('|'), 'y');
}

/** The library refuses merges in one string when a token holds a space; it is given those as pairs. */
function withPairs(file: { model: { merges?: unknown; vocab: Record<string, number> } }): unknown {
  const { merges, vocab } = file.model;
  if (!Array.isArray(merges) || !merges.some((merge) => typeof merge === 'string' && merge.split(' ').length > 2))
    return file;
  const pairs = merges.map((merge: string) => {
    const words = merge.split(' ');
    const cuts = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]);
    return cuts.find(([left = '', right = '']) => left in vocab && right in vocab);
  });
  return { ...file, model: { ...file.model, merges: pairs } };
}

/**
 * What a comparison found: both sides as one line each, and whether the library's known error with removed beginnings
 * was undone.
 */
export interface Comparison {
  readonly ours: string;
  readonly library: string;
  readonly corrected: boolean;
}

/** Compares ids, type ids and offsets (UTF-16) of a text; equal lines are an exact match. */
export async function compare(contest: Contest, text: string, pair?: string): Promise<Comparison> {
  const ours = lineOf(contest.ours.encode(text, pair === undefined ? {} : { pair }));
  const library = await libraryLine(contest, [identity(text), identity(pair ?? '')], pair !== undefined);
  if (ours === library || !contest.charsmap) return { ours, library, corrected: false };
  const texts = [withoutRemovedBeginnings(contest, text), withoutRemovedBeginnings(contest, pair ?? '')];
  return { ours, library: await libraryLine(contest, texts, pair !== undefined), corrected: true };
}

function lineOf(encoding: Encoding): string {
  return encoding.tokens
    .map((token, at) => `${token.id}:${token.start}-${token.end}:${encoding.typeIds[at]}`)
    .join(' ');
}

/** A text for the library, and where each of its UTF-16 units stands in the text that was meant. */
interface Mapped {
  readonly text: string;
  readonly places: readonly number[];
}

function identity(text: string): Mapped {
  return { text, places: Array.from({ length: text.length }, (_, unit) => unit) };
}

async function libraryLine(contest: Contest, texts: readonly Mapped[], paired: boolean): Promise<string> {
  const encoding = await contest.library.encode(texts[0]?.text ?? '', paired ? texts[1]?.text : undefined);
  const ids = encoding.getIds();
  const typeIds = encoding.getTypeIds();
  const sequences = encoding.getSequenceIds();
  const units = texts.map((mapped) => unitsOf(mapped.text));
  const offsets = encoding.getOffsets().map(([start = 0, end = 0], at) => {
    const sequence = sequences[at] ?? 0;
    if (start === end && typeof sequences[at] !== 'number') return '0-0';
    const own = units[sequence] ?? [];
    const places = texts[sequence]?.places ?? [];
    const [from, to] = [own[start] ?? -1, own[end] ?? -1];
    return to > from
      ? `${places[from]}-${(places[to - 1] ?? -1) + 1}`
      : `${places[from] ?? from}-${places[from] ?? to}`;
  });
  return ids.map((id, at) => `${id}:${offsets[at]}:${typeIds[at]}`).join(' ');
}

/**
 * Leaves out the grapheme clusters at the beginning of each piece between added tokens that the library's normalizer
 * removes.
 */
function withoutRemovedBeginnings(contest: Contest, text: string): Mapped {
  const normalizer = contest.library.getNormalizer();
  const removed = (cluster: string): boolean => normalizer?.normalizeString(cluster) === '';
  const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const kept: string[] = [];
  const places: number[] = [];
  let beginning = true;
  for (let at = 0; at < text.length;) {
    contest.separators.lastIndex = at;
    const separator = contest.separators.exec(text)?.[0];
    const cluster = clusters.segment(text.slice(at, at + 40)).containing(0)?.segment ?? '';
    const part: string =
      separator ?? (beginning && !removed(cluster) ? String.fromCodePoint(text.codePointAt(at) ?? 0) : cluster);
    beginning =
      separator !== undefined || (beginning && removed(part) && (part === cluster || Buffer.byteLength(cluster) > 5));
    if (!beginning || separator !== undefined) {
      kept.push(part);
      for (let unit = 0; unit < part.length; unit++) places.push(at + unit);
    }
    at += part.length;
  }
  return { text: kept.join(''), places };
}

/** The UTF-16 position of each code point, and of the end. */
function unitsOf(text: string): readonly number[] {
  const units = [0];
  let at = 0;
  for (const character of text) {
    at += character.length;
    units.push(at);
  }
  return units;
}
