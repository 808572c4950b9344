import { AttentionError } from '../../core/errors/reason.ts';
import type { Sequence, Token } from '../../core/text/token.ts';
import { idSet } from '../config.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import type { ModelFolder } from '../models.ts';
import { sequenceOf, type LoadedModel } from './family.ts';

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

/** A given target as a Transformer's decoder is fed it: the start token and the text's own tokens. Throws `text-empty`. */
export function givenTarget(model: Described, text: string, limit: number): Sequence {
  const sequence = givenText(model, text, limit - 1);
  return { ...sequence, tokens: [startOf(model), ...sequence.tokens] };
}

/** What a model wrote: the text of its ids, and where in it each token stands. */
export function writtenText({ tokenizer }: Described, ids: readonly number[]): Sequence {
  const text = tokenizer.decode(ids);
  return { text, tokens: encodedAlike(tokenizer, text, ids) ?? placed(tokenizer, ids) };
}

/** What a Transformer wrote, as its decoder was fed it; `ids` begins with the start token. */
export function generatedTarget(model: Described, ids: readonly number[]): Sequence {
  const sequence = writtenText(model, ids.slice(1));
  return { ...sequence, tokens: [startOf(model), ...sequence.tokens] };
}

/** A token without characters at a place of the text. */
export function bareToken(tokenizer: Tokenizer, id: number, at: number): Token {
  return { id, text: tokenizer.tokenText(id), start: at, end: at, special: true, word: null, segment: 0 };
}

/** Who wrote the target, as a sentence; nothing of a target that was given. */
export function writerNotes(given: boolean, ended: boolean, tokens: number): string[] {
  if (given) return [];
  return [ended ? 'The target was written by the model itself.' : `The target was written by the model itself and stopped after ${tokens} tokens.`];
}

function startOf({ folder, tokenizer }: Described): Token {
  return bareToken(tokenizer, startToken(folder), 0);
}

/** The tokens that the tokenizer makes of the text, when they are the ones that were written. */
function encodedAlike(tokenizer: Tokenizer, text: string, ids: readonly number[]): readonly Token[] | null {
  const { tokens } = tokenizer.encode(text, { addSpecialTokens: false });
  return tokens.length === ids.length && tokens.every((token, index) => token.id === ids[index]) ? tokens : null;
}

/** Otherwise each token stands where the text of what was written so far grows by it. */
function placed(tokenizer: Tokenizer, ids: readonly number[]): Token[] {
  let before = '';
  return ids.map((id, index) => {
    const text = tokenizer.decode(ids.slice(0, index + 1));
    const start = Math.min(before.length, text.length);
    before = text;
    return { id, text: tokenizer.tokenText(id), start, end: text.length, special: start === text.length, word: null, segment: 0 };
  });
}
