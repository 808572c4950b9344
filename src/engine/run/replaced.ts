import { refused } from '../../core/run/edit-plan.ts';
import { editText, type EditOf } from '../../core/run/edits.ts';
import type { RunTexts } from '../../core/run/run-spec.ts';
import type { Sequence, Token } from '../../core/text/token.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { namedToken } from '../model/named-token.ts';
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

/** The token that takes the place of another one. */
function replacement(tokenizer: Tokenizer, token: Token, edit: Replacement): Token {
  const id = namedToken(tokenizer, edit.by);
  if (id === null || id >= tokenizer.end) throw refused(words().edits.vocabulary(editText(edit)));
  const special = Object.values(tokenizer.specialTokens).includes(id);
  const { unknown: _unknown, ...place } = token;
  return { ...place, id, text: tokenizer.tokenText(id), special, word: special ? null : token.word, replaced: true };
}
