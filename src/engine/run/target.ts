import { AttentionError } from '../../core/errors/reason.ts';
import type { Sequence, Token } from '../../core/text/token.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import type { ModelFolder } from '../store/models.ts';
import { rulesOf } from './choose.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import { sequenceOf } from './family.ts';
import type { LoadedModel } from '../model/loaded.ts';
import { words } from '../../core/words/words.ts';

/** A model as far as its files describe it: nothing here runs it. */
type Described = Pick<LoadedModel, 'folder' | 'tokenizer'>;

/** The id that a decoder is fed first. Throws `model-unsupported` when neither of the model's files names one. */
export function startToken(folder: ModelFolder): number {
  const start = rulesOf(folder).start ?? folder.config.pad_token_id;
  if (typeof start === 'number') return start;
  throw new AttentionError({
    code: 'model-unsupported',
    model: folder.id,
    detail: words().details.run.noStart,
  });
}

/**
 * A given target's own tokens, at most `maxTokens`: nothing of what the tokenizer puts around a source, and no end
 * token behind it, so that it can be continued. Throws `text-empty`.
 */
export function givenText({ folder, tokenizer }: Described, text: string, maxTokens: number): Sequence {
  const encoding = tokenizer.encode(text, { addSpecialTokens: false, maxTokens: Math.max(1, maxTokens) });
  const sequence = sequenceOf(encoding, text);
  const last = sequence.tokens.at(-1);
  return last?.special && rulesOf(folder).ends.has(last.id)
    ? { ...sequence, tokens: sequence.tokens.slice(0, -1) }
    : sequence;
}

/**
 * A target as a Transformer's decoder is fed it: the start token, the token that the model was made to begin with (a
 * language's code, say) unless the text has it itself, and what is given of the text. Throws `text-empty`.
 */
export function givenTarget(model: Described, text: string | undefined, limit: number): Sequence {
  const start = bareToken(model.tokenizer, startToken(model.folder), 0);
  if (text === undefined) return { text: '', tokens: [start] };
  const first = firstToken(model, start.id, text);
  const begin = first === null ? [start] : [start, bareToken(model.tokenizer, first, 0)];
  const sequence = givenText(model, text, limit - begin.length);
  return { ...sequence, tokens: [...(sequence.tokens[0]?.id === first ? [start] : begin), ...sequence.tokens] };
}

/**
 * What stands between the start token and the text: the token that is forced there; else the language of
 * `tokenizer_config.json`; else the sign that its tokenizer begins every text with (BART's `<s>`). Null for nothing.
 */
function firstToken({ folder, tokenizer }: Described, start: number, text: string): number | null {
  const { forcedFirst } = rulesOf(folder);
  if (forcedFirst !== null) return forcedFirst;
  const language = folder.tokenizerConfig?.tgt_lang;
  const names = typeof language === 'string' && language !== '' ? [language, `__${language}__`] : [];
  const code = names.map((name) => tokenizer.idOf(name)).find((id) => id !== undefined);
  const { bos, cls } = tokenizer.specialTokens;
  const [opening] = tokenizer.encode(text).tokens;
  const begins =
    opening && opening.special && opening.start === opening.end && (opening.id === bos || opening.id === cls);
  const first = code ?? (begins ? opening.id : null);
  return first === start ? null : first;
}

/** A token without characters at a place of the text. */
export function bareToken(tokenizer: Tokenizer, id: number, at: number): Token {
  return { id, text: tokenizer.tokenText(id), start: at, end: at, special: true, word: null, segment: 0 };
}

/** Who wrote the target, as a sentence; nothing of a target that was given. `count` tokens were written. */
export function writerNotes(texts: RunTexts, ended: boolean, count: number): string[] {
  if (texts.target !== undefined && !texts.continue) return [];
  const { targetContinued, targetGenerated } = words().notes;
  return [(texts.target === undefined ? targetGenerated : targetContinued)(count, texts.continue?.sampling, ended)];
}
