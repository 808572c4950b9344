import { addedTokenSplitter, readAddedTokens, type AddedToken } from './added-tokens.ts';
import { exceeded, textBudget, type TextBudget } from './budget.ts';
import { buildDecoder } from './decoders/build.ts';
import { drafter, type Drafter } from './draft-tokens.ts';
import { JsonObject } from './json.ts';
import { buildModel } from './models/build.ts';
import { buildNormalizer, type Normalizer } from './normalizers/build.ts';
import { buildPostProcessor } from './post-processors/build.ts';
import type { PostProcessor, SpecialItem } from './post-processors/draft.ts';
import { buildPreTokenizer } from './pre-tokenizers/build.ts';
import { findSpecialTokens, type SpecialTokens } from './special-tokens.ts';
import { Span } from './span.ts';
import type { Token } from './token.ts';
import { words } from '../words/words.ts';

/** The tokens of a text, special tokens included, and the type id (segment id) that the model is fed for each. */
export interface Encoding {
  readonly tokens: readonly Token[];
  readonly typeIds: readonly number[];
  /** The end (UTF-16 units of the first text) of what was kept, present when `maxTokens` cut it. */
  readonly analysedTo?: number;
  /** The same of the second text. */
  readonly pairAnalysedTo?: number;
}

/**
 * What `encode` may be told. `maxTokens` counts special tokens too; text is then cut from the end, of a pair the longer
 * first.
 */
export interface EncodeOptions {
  readonly pair?: string;
  readonly addSpecialTokens?: boolean;
  readonly maxTokens?: number;
}

/** A tokenizer whose ids are those of the original library and whose tokens know their characters. */
export interface Tokenizer {
  readonly encode: (text: string, options?: EncodeOptions) => Encoding;
  /** The ids of all tokens are below this. */
  readonly end: number;
  /** The token of an id as the vocabulary writes it, empty for an id that there is not. */
  readonly tokenText: (id: number) => string;
  readonly idOf: (token: string) => number | undefined;
  readonly specialTokens: SpecialTokens;
  /** The text of ids, special tokens left out unless told otherwise. */
  readonly decode: (ids: readonly number[], options?: { readonly skipSpecialTokens?: boolean }) => string;
}

/**
 * Runs an action to its end, or throws what `late` makes when that takes longer than so many milliseconds. Regular
 * expressions of a file need it: nothing inside JavaScript stops them. The action gives the same when it is run again.
 */
export type Bounded = <T>(action: () => T, milliseconds: number, late: () => Error) => T;

/** Milliseconds for a text of any length, and for each of its characters. */
const maxTime = { always: 1000, each: 0.002 } as const;

/**
 * Builds a tokenizer from the parsed `tokenizer.json` of the model `name` (and its `tokenizer_config.json`, for the
 * roles of special tokens). Truncation and padding that the file may ask for are left to the caller. `bounded` runs
 * what holds regular expressions of the file.
 *
 * Throws AttentionError: `tokenizer-unsupported` for a component that is not known, `model-file-invalid` for a broken
 * file; the tokenizer's own functions throw `budget-exceeded` for what costs more than any text should.
 */
export function createTokenizer(
  name: string,
  tokenizerJson: unknown,
  tokenizerConfig?: unknown,
  bounded: Bounded = (action) => action(),
): Tokenizer {
  const file = new JsonObject(name, 'tokenizer', tokenizerJson);
  const { budget } = file.reading;
  const model = buildModel(file.part('model'));
  const normalizerPart = file.optional('normalizer');
  const preTokenizerPart = file.optional('pre_tokenizer');
  const added = readAddedTokens(file, model);
  checkPadding(file.optional('padding'));
  const normalizer = normalizerPart && buildNormalizer(normalizerPart);
  const preTokenizer = preTokenizerPart && buildPreTokenizer(preTokenizerPart);
  const decoder = buildDecoder(file.optional('decoder'));
  const end = added.reduce((highest, token) => Math.max(highest, token.id + 1, token.declared + 1), model.end);
  const processor = checkedProcessor(file, end);
  const timed = timer(name, file.reading.hasPatterns ? bounded : null);
  const written = timed(
    budget,
    0,
    () => new Map(added.map((token) => [token.id, writtenAs(token, normalizer, budget)])),
  );
  const split = addedTokenSplitter(
    added,
    normalizer,
    (token) => written.get(token.id) ?? '',
    () => file.invalid(words().details.tokenizer.manyCharacters),
  );
  const draft = drafter(split, preTokenizer, model);
  const addedById = new Map(added.map((token) => [token.id, token]));
  const addedByContent = new Map(added.map((token) => [token.content, token]));
  const tokenText = (id: number): string => addedById.get(id)?.content ?? model.tokenOf(id) ?? '';
  const tokensOf = (ids: readonly number[], skip: boolean): string[] =>
    ids
      .filter((id) => !skip || addedById.get(id)?.special !== true)
      .map((id) => written.get(id) ?? model.tokenOf(id))
      .filter((token) => token !== undefined);
  return {
    encode: (text, options = {}) => {
      const characters = text.length + (options.pair?.length ?? 0);
      const spent = textBudget(name, characters);
      return timed(spent, characters, () => encode(text, options, draft, processor, spent));
    },
    end,
    tokenText,
    idOf: (token) => addedByContent.get(token)?.id ?? model.idOf(token),
    specialTokens: findSpecialTokens(added, tokenizerConfig),
    decode: (ids, options = {}) => {
      const tokens = tokensOf(ids, options.skipSpecialTokens ?? true);
      const characters = tokens.reduce((sum, token) => sum + token.length, 0);
      const spent = textBudget(name, characters);
      return timed(spent, characters, () => decoder(tokens, spent)).join('');
    },
  };
}

/** An action on so many characters, which may not take much longer than they should. */
type Timed = <T>(within: TextBudget, characters: number, action: () => T) => T;

function timer(name: string, bounded: Bounded | null): Timed {
  return (within, characters, action) =>
    bounded
      ? bounded(action, maxTime.always + maxTime.each * characters, () =>
          exceeded(name, within.part, words().details.tokenizer.endless),
        )
      : action();
}

/** An added token as it stands in normalised text. */
function writtenAs(
  { content, normalized }: AddedToken,
  normalizer: Normalizer | undefined,
  budget: TextBudget,
): string {
  return normalized && normalizer !== undefined ? normalizer(Span.of(content, budget)).text : content;
}

/** Padding is the caller's, but its id is an id. */
function checkPadding(padding: JsonObject | undefined): void {
  if (padding !== undefined && padding.value('pad_id') !== undefined) padding.id(padding.value('pad_id'), 'pad_id');
}

/** The post-processor, whose ids are those of tokens that there are. Throws `model-file-invalid` for others. */
function checkedProcessor(file: JsonObject, end: number): PostProcessor {
  const processor = buildPostProcessor(file.optional('post_processor'));
  for (const place of [...processor.single, ...processor.pair]) {
    if ('id' in place && place.id >= end) throw file.invalid(words().details.tokenizer.addedId(place.id, end - 1));
  }
  return processor;
}

function encode(
  text: string,
  options: EncodeOptions,
  draft: Drafter,
  processor: PostProcessor,
  budget: TextBudget,
): Encoding {
  const layout = (options.pair === undefined ? processor.single : processor.pair).filter(
    (place) => (options.addSpecialTokens ?? true) || 'sequence' in place,
  );
  const room = Math.max(0, (options.maxTokens ?? Infinity) - layout.filter((place) => 'id' in place).length);
  const drafts = [text, ...(options.pair === undefined ? [] : [options.pair])].map((one, at) => {
    const drafted = draft(one, at === 0 ? 0 : 1, options.pair === undefined ? room + 1 : Infinity, budget);
    processor.adjust(drafted, one);
    return drafted.tokens;
  });
  const kept = fitted(
    drafts.map((tokens) => tokens.length),
    room,
  );
  const tokens: Token[] = [];
  const typeIds: number[] = [];
  let segment: 0 | 1 = 0;
  for (const place of layout) {
    if ('id' in place) {
      tokens.push(specialToken(place, segment));
      typeIds.push(place.typeId);
      continue;
    }
    segment = place.sequence;
    for (const token of (drafts[segment] ?? []).slice(0, kept[segment])) {
      tokens.push(token);
      typeIds.push(place.typeId);
    }
  }
  const [analysedTo, pairAnalysedTo] = [endOf(drafts[0], kept[0]), endOf(drafts[1], kept[1])];
  return {
    tokens,
    typeIds,
    ...(analysedTo === undefined ? {} : { analysedTo }),
    ...(pairAnalysedTo === undefined ? {} : { pairAnalysedTo }),
  };
}

/** Where the kept tokens of a text end, when not all were. */
function endOf(tokens: readonly Token[] = [], kept = 0): number | undefined {
  return kept < tokens.length ? (tokens[kept - 1]?.end ?? 0) : undefined;
}

function specialToken(place: SpecialItem, segment: 0 | 1): Token {
  return { id: place.id, text: place.token, start: 0, end: 0, special: true, word: null, segment };
}

/**
 * How many tokens of each text fit into `room`: of two texts the longer is cut first, until both are equally long (the
 * original library's LongestFirst).
 */
function fitted(lengths: readonly number[], room: number): readonly number[] {
  const [first = 0, second] = lengths;
  if (second === undefined) return [Math.min(first, room)];
  if (first + second <= room) return [first, second];
  const shorter = Math.min(first, second);
  const longer = Math.max(shorter, room - shorter);
  const half = Math.floor(room / 2);
  const [low, high] = shorter + longer > room ? [half, room - half] : [shorter, longer];
  return first > second ? [high, low] : [low, high];
}
