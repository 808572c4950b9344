import { AttentionError } from '../../core/errors/reason.ts';
import type { Sequence, Token } from '../../core/text/token.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { idSet } from '../config.ts';
import type { ModelFolder } from '../models.ts';
import { counted, sequenceOf, type LoadedModel, type Texts } from './family.ts';
import { mannerOf } from './write-on.ts';

/** A model as far as its files describe it: nothing here runs it. */
type Described = Pick<LoadedModel, 'folder' | 'tokenizer'>;

/** The id that a decoder is fed first. Throws `model-unsupported` when neither of the model's files names one. */
export function startToken({ id, config, generation }: ModelFolder): number {
  const start = generation?.decoder_start_token_id ?? config.decoder_start_token_id ?? config.bos_token_id ?? config.pad_token_id;
  if (typeof start === 'number') return start;
  throw new AttentionError({ code: 'model-unsupported', model: id, detail: 'config.json names no decoder_start_token_id' });
}

/** A given target's own tokens, an end token left out; `maxTokens` bounds what the tokenizer gives. Throws `text-empty`. */
export function givenText({ folder, tokenizer }: Described, text: string, maxTokens: number): Sequence {
  const sequence = sequenceOf(tokenizer.encode(text, { maxTokens: Math.max(1, maxTokens) }), text);
  const ends = idSet(folder.generation?.eos_token_id ?? folder.config.eos_token_id);
  const last = sequence.tokens.at(-1);
  return last?.special && ends.has(last.id) ? { ...sequence, tokens: sequence.tokens.slice(0, -1) } : sequence;
}

/** A target as a Transformer's decoder is fed it: the start token and what is given of the text. Throws `text-empty`. */
export function givenTarget(model: Described, text: string | undefined, limit: number): Sequence {
  const start = bareToken(model.tokenizer, startToken(model.folder), 0);
  if (text === undefined) return { text: '', tokens: [start] };
  const sequence = givenText(model, text, limit - 1);
  return { ...sequence, tokens: [start, ...sequence.tokens] };
}

/** A token without characters at a place of the text. */
export function bareToken(tokenizer: Tokenizer, id: number, at: number): Token {
  return { id, text: tokenizer.tokenText(id), start: at, end: at, special: true, word: null, segment: 0 };
}

/** Who wrote the target, as a sentence; nothing of a target that was given. `count` tokens were written. */
export function writerNotes(texts: Texts, ended: boolean, count: number): string[] {
  if (texts.target !== undefined && !texts.continue) return [];
  const manner = texts.continue?.sampling ? `, ${mannerOf(texts.continue)}` : '';
  if (texts.target !== undefined) return [`The model wrote ${counted(count, 'token')} after the target${manner}${ended ? ' and came to its end' : ''}.`];
  return [`The target was written by the model itself${manner}${ended ? '' : ` and stopped after ${counted(count, 'token')}`}.`];
}
