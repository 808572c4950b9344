import { addedTokenSplitter, readAddedTokens } from './added-tokens.ts';
import { buildDecoder } from './decoders/build.ts';
import { drafter, type Drafter } from './draft-tokens.ts';
import { Part } from './json.ts';
import { buildModel } from './models/build.ts';
import { buildNormalizer } from './normalizers/build.ts';
import { buildPostProcessor } from './post-processors/build.ts';
import type { PostProcessor, SpecialPlace } from './post-processors/draft.ts';
import { buildPreTokenizer } from './pre-tokenizers/build.ts';
import { findSpecialTokens, type SpecialTokens } from './special-tokens.ts';
import { Span } from './span.ts';
import type { Token } from './token.ts';
import { fitted } from './truncation.ts';

/** The tokens of a text, special tokens included, and the type id (segment id) that the model is fed for each. */
export interface Encoding {
  readonly tokens: readonly Token[];
  readonly typeIds: readonly number[];
  /** The end (UTF-16 units of the first text) of what was kept, present when `maxTokens` cut it. */
  readonly analysedTo?: number;
}

/** What `encode` may be told. `maxTokens` counts special tokens too; text is then cut from the end, of a pair the longer first. */
export interface EncodeOptions {
  readonly pair?: string;
  readonly addSpecialTokens?: boolean;
  readonly maxTokens?: number;
}

/** A tokenizer whose ids are those of the original library and whose tokens know their characters. */
export interface Tokenizer {
  readonly encode: (text: string, options?: EncodeOptions) => Encoding;
  /** The token of an id as the vocabulary writes it, empty for an id that there is not. */
  readonly tokenText: (id: number) => string;
  readonly idOf: (token: string) => number | undefined;
  readonly specialTokens: SpecialTokens;
  /** The text of ids, special tokens left out unless told otherwise. */
  readonly decode: (ids: readonly number[], options?: { readonly skipSpecialTokens?: boolean }) => string;
}

/**
 * Builds a tokenizer from the parsed `tokenizer.json` of the model `name` (and its `tokenizer_config.json`, for the roles of
 * special tokens). Truncation and padding that the file may ask for are left to the caller.
 *
 * Throws AttentionError: `tokenizer-unsupported` for a component that is not known, `model-file-invalid` for a broken file.
 */
export function createTokenizer(name: string, tokenizerJson: unknown, tokenizerConfig?: unknown): Tokenizer {
  const file = new Part(name, 'tokenizer', tokenizerJson);
  const model = buildModel(file.part('model'));
  const normalizerPart = file.optional('normalizer');
  const preTokenizerPart = file.optional('pre_tokenizer');
  const added = readAddedTokens(file, model);
  const normalizer = normalizerPart && buildNormalizer(normalizerPart);
  const split = addedTokenSplitter(added, normalizer);
  const draft = drafter(split, preTokenizerPart && buildPreTokenizer(preTokenizerPart), model, keepsTextWhole(preTokenizerPart));
  const decoder = buildDecoder(file.optional('decoder'));
  const processor = buildPostProcessor(file.optional('post_processor'));
  const addedById = new Map(added.map((token) => [token.id, token]));
  const addedByContent = new Map(added.map((token) => [token.content, token]));
  const tokenText = (id: number): string => addedById.get(id)?.content ?? model.tokenOf(id) ?? '';
  const written = new Map(added.map((token) => [token.id, token.normalized && normalizer !== undefined ? normalizer(Span.of(token.content)).text : token.content]));
  const tokensOf = (ids: readonly number[], skip: boolean): string[] =>
    ids.filter((id) => !skip || addedById.get(id)?.special !== true).map((id) => written.get(id) ?? model.tokenOf(id)).filter((token) => token !== undefined);
  return {
    encode: (text, options = {}) => encode(text, options, draft, processor),
    tokenText,
    idOf: (token) => addedByContent.get(token)?.id ?? model.idOf(token),
    specialTokens: findSpecialTokens(added, tokenizerConfig),
    decode: (ids, options = {}) => decoder(tokensOf(ids, options.skipSpecialTokens ?? true)).join(''),
  };
}

/** Without boundaries of the pre-tokenizer, words are what stands between whitespace. */
function keepsTextWhole(preTokenizer: Part | undefined): boolean {
  return preTokenizer === undefined || (preTokenizer.type === 'Metaspace' && !preTokenizer.boolean('split', true));
}

function encode(
  text: string,
  options: EncodeOptions,
  draft: Drafter,
  processor: PostProcessor,
): Encoding {
  const layout = (options.pair === undefined ? processor.single : processor.pair).filter((place) => (options.addSpecialTokens ?? true) || 'sequence' in place);
  const room = Math.max(0, (options.maxTokens ?? Infinity) - layout.filter((place) => 'id' in place).length);
  const drafts = [text, ...(options.pair === undefined ? [] : [options.pair])].map((one, at) => {
    const drafted = draft(one, at === 0 ? 0 : 1, options.pair === undefined ? room + 1 : Infinity);
    processor.adjust(drafted, one);
    return drafted.tokens;
  });
  const kept = fitted(drafts.map((tokens) => tokens.length), room);
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
  const cut = (kept[0] ?? 0) < (drafts[0]?.length ?? 0);
  return cut ? { tokens, typeIds, analysedTo: drafts[0]?.[(kept[0] ?? 0) - 1]?.end ?? 0 } : { tokens, typeIds };
}

function specialToken(place: SpecialPlace, segment: 0 | 1): Token {
  return { id: place.id, text: place.token, start: 0, end: 0, special: true, word: null, segment };
}
