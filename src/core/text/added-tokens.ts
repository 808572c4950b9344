import type { TextBudget } from './budget.ts';
import { isWhitespace } from './characters/classes.ts';
import type { JsonObject } from './json.ts';
import type { Model } from './models/model.ts';
import { UnitTrie } from './models/unit-trie.ts';
import type { Normalizer } from './normalizers/build.ts';
import { wordSet } from './patterns/character-sets.ts';
import type { Span } from './span.ts';
import { words } from '../words/words.ts';

/** A token that was added beside the model's vocabulary; it is found in the text before the model sees it. */
export interface AddedToken {
  readonly id: number;
  /** The id that the file says, which may be another; -1 where it says none. */
  readonly declared: number;
  readonly content: string;
  readonly special: boolean;
  readonly singleWord: boolean;
  readonly leftStrip: boolean;
  readonly rightStrip: boolean;
  readonly normalized: boolean;
}

/** A piece of a text: an added token, or text for the model. */
export interface Piece {
  readonly span: Span;
  readonly added?: AddedToken;
}

/** Characters of the longest added token. */
const maxContent = 10_000;

const wordCharacter = new RegExp(`^${wordSet}$`, 'v');

/**
 * Reads the list of added tokens. As in the original library a token that the model's vocabulary holds has its id
 * there, and the others are numbered on from the vocabulary's size: the ids in the file only say the same once more.
 */
export function readAddedTokens(file: JsonObject, model: Model): readonly AddedToken[] {
  const tokens = new Map<string, AddedToken>();
  if (file.value('added_tokens') === undefined || file.value('added_tokens') === null) return [];
  let next = model.size;
  for (const part of file.parts('added_tokens')) {
    const content = part.string('content');
    if (content.length > maxContent) throw part.invalid(words().details.tokenizer.long('content', content.length));
    file.reading.budget.spend(content.length);
    const declared = part.value('id') === undefined ? -1 : part.id(part.value('id'), 'id');
    if (content === '') continue;
    tokens.set(content, {
      id: tokens.get(content)?.id ?? model.idOf(content) ?? next++,
      declared,
      content,
      ...flagsOf(part),
    });
  }
  return [...tokens.values()];
}

function flagsOf(part: JsonObject): Omit<AddedToken, 'id' | 'declared' | 'content'> {
  return {
    special: part.boolean('special', false),
    singleWord: part.boolean('single_word', false),
    leftStrip: part.boolean('lstrip', false),
    rightStrip: part.boolean('rstrip', false),
    normalized: part.boolean('normalized', true),
  };
}

/**
 * Cuts added tokens out of a text and normalises the rest: first the tokens that are sought in the text as written,
 * then, in each normalised piece, those that are sought in normalised text (`writtenAs`). The leftmost match wins, the
 * longest of those.
 */
export function addedTokenSplitter(
  tokens: readonly AddedToken[],
  normalizer: Normalizer | undefined,
  writtenAs: (token: AddedToken) => string,
  full: () => Error,
): (original: Span) => Piece[] {
  const normalize = normalizer ?? ((span: Span) => span);
  const written = new Finder(
    tokens.filter((token) => !token.normalized),
    (token) => token.content,
    full,
  );
  const normalized = new Finder(
    tokens.filter((token) => token.normalized),
    writtenAs,
    full,
  );
  return (original) =>
    written
      .split(original)
      .flatMap((piece) => (piece.added === undefined ? normalized.split(normalize(piece.span)) : [piece]));
}

/** Finds one set of added tokens. */
class Finder {
  readonly #tokens: readonly AddedToken[];
  readonly #trie: UnitTrie;
  readonly #first = new Set<number>();

  constructor(tokens: readonly AddedToken[], sought: (token: AddedToken) => string, full: () => Error) {
    this.#tokens = tokens;
    this.#trie = new UnitTrie(1024, full);
    for (const [at, token] of tokens.entries()) {
      const text = sought(token);
      if (text === '') continue;
      this.#trie.add(text, at);
      this.#first.add(text.charCodeAt(0));
    }
  }

  split(span: Span): Piece[] {
    const text = span.text;
    if (text === '') return [];
    span.budget.enter(words().details.tokenizer.parts.addedTokens, text.length);
    const pieces: Piece[] = [];
    let done = 0;
    for (let at = 0; at < text.length;) {
      const match = this.#first.has(text.charCodeAt(at)) ? this.#longest(text, at, span.budget) : undefined;
      if (match === undefined) {
        at++;
        continue;
      }
      const { token, end } = match;
      if (!token.singleWord || standsAlone(text, at, end)) {
        const start = token.leftStrip ? spaceBefore(text, at, done) : at;
        const stop = token.rightStrip ? spaceAfter(text, end) : end;
        span.budget.spend(stop - start);
        if (done < start) pieces.push({ span: span.slice(done, start) });
        pieces.push({ span: span.slice(start, stop), added: token });
        done = stop;
      }
      at = end;
    }
    if (done === 0) return [{ span }];
    if (done < text.length) pieces.push({ span: span.slice(done, text.length) });
    return pieces;
  }

  #longest(text: string, start: number, budget: TextBudget): { token: AddedToken; end: number } | undefined {
    let found = -1;
    let end = start;
    for (let at = start, node = 0; at < text.length;) {
      node = this.#trie.step(node, text.charCodeAt(at));
      budget.spend();
      if (node < 0) break;
      at++;
      if (this.#trie.valueAt(node) < 0) continue;
      found = this.#trie.valueAt(node);
      end = at;
    }
    const token = this.#tokens[found];
    return token === undefined ? undefined : { token, end };
  }
}

function standsAlone(text: string, start: number, end: number): boolean {
  const before = Array.from(text.slice(Math.max(0, start - 2), start)).at(-1) ?? '';
  const after = String.fromCodePoint(text.codePointAt(end) ?? 0x20);
  return !wordCharacter.test(before) && !wordCharacter.test(after);
}

/** Whitespace lies in the basic plane, one unit a character; what lies before `least` belongs to another piece. */
function spaceBefore(text: string, end: number, least: number): number {
  if (end <= least) return least;
  let start = end;
  while (start > least && isWhitespace(text.charCodeAt(start - 1))) start--;
  return start;
}

function spaceAfter(text: string, start: number): number {
  let end = start;
  while (end < text.length && isWhitespace(text.charCodeAt(end))) end++;
  return end;
}
