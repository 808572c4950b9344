import type { Sequence } from '../../src/core/text/token.ts';
import { words } from '../../src/core/words/words.ts';

/** Whose words a token belongs to, where a text has more than one voice. */
export interface Voice {
  readonly name: string;
  /** Messages of a conversation stand under each other. */
  readonly isBlock: boolean;
  readonly isWritten: boolean;
  /** Whether the token is the template's own and not what was said. */
  readonly isTemplate: boolean;
}

/**
 * The voice of a token: a role of a conversation, or the model where it has written on; null in a text of one voice.
 */
export function voiceOf({ tokens, generatedFrom, roles }: Sequence, index: number): Voice | null {
  const token = tokens[index];
  const isWritten = generatedFrom !== undefined && index >= generatedFrom;
  const said = roles?.find(({ first, end }) => first <= index && index < end);
  if (!token || !said)
    return isWritten ? { name: words().sentence.generated, isBlock: false, isWritten, isTemplate: false } : null;
  const { role, content } = said;
  // A token of both, such as a word with the space that the template wrote before it, is what was said.
  const isSaid = content !== null && token.start < content.end && content.start < token.end && token.end > token.start;
  return { name: words().sentence.role(role, isWritten), isBlock: true, isWritten, isTemplate: !isSaid };
}
