import { refused } from '../../core/run/edit-plan.ts';
import { editText, type EditOf } from '../../core/run/edits.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import type { Sequence, Token } from '../../core/text/token.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { words } from '../../core/words/words.ts';

type Replacement = EditOf<'replace'>;

/**
 * A sequence with the tokens that the edits of its run put in place of others: their characters stay those of the text.
 * Throws `argument-invalid` for a token that there is not, and for one that the vocabulary does not have.
 */
export function withReplaced(
  tokenizer: Tokenizer,
  sequence: Sequence,
  edits: RunTexts['edits'],
  side: Replacement['side'],
): Sequence {
  const own = (edits ?? []).filter((edit): edit is Replacement => edit.kind === 'replace' && edit.side === side);
  if (own.length === 0) return sequence;
  const tokens = [...sequence.tokens];
  for (const edit of own) {
    const token = tokens[edit.token];
    if (token === undefined) throw refused(words().edits.token(editText(edit), tokens.length));
    tokens[edit.token] = replacement(tokenizer, token, edit);
  }
  return { ...sequence, tokens };
}

/** Throws `argument-invalid` where a token of the target is to be replaced and there is no target. */
export function refuseTarget(edits: RunTexts['edits']): void {
  const edit = edits?.find((each) => each.kind === 'replace' && each.side === 'target');
  if (edit) throw refused(words().edits.side(editText(edit)));
}

/** A token of the vocabulary by its name, or by characters that are one token. */
function replacement(tokenizer: Tokenizer, token: Token, edit: Replacement): Token {
  const id = tokenizer.idOf(edit.by) ?? onlyId(tokenizer, edit.by);
  if (id === null) throw refused(words().edits.vocabulary(editText(edit)));
  const special = Object.values(tokenizer.specialTokens).includes(id);
  const { unknown: _unknown, ...place } = token;
  return { ...place, id, text: tokenizer.tokenText(id), special, word: special ? null : token.word, replaced: true };
}

function onlyId(tokenizer: Tokenizer, characters: string): number | null {
  const { tokens } = tokenizer.encode(characters, { addSpecialTokens: false });
  const [only] = tokens;
  return tokens.length === 1 && only && only.unknown !== true ? only.id : null;
}
