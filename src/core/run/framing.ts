import * as v from 'valibot';
import { chatIn, messagesOf } from '../document/chat-turns.ts';
import type { Placed } from '../document/placing.ts';
import { AttentionError } from '../errors/reason.ts';
import type { Data } from '../schema.ts';
import type { Sequence } from '../text/token.ts';
import type { RunSpec } from './run-spec.ts';

/**
 * How a model is given a text of a document, where not as it is: its turns as a `chat`, as the `context` of a question,
 * or after the words that name a `task` (`summarize: `).
 */
export type Framing = Data<typeof framingSchema>;

/** The schema of a {@link Framing}. */
export const framingSchema = v.variant('as', [
  v.object({ as: v.literal('chat') }),
  v.object({ as: v.literal('context'), question: v.pipe(v.string(), v.nonEmpty()) }),
  v.object({ as: v.literal('task'), prefix: v.pipe(v.string(), v.nonEmpty()) }),
]);

/**
 * The texts of a run on a text of a document under a framing. Throws `chat-missing` for a chat that is none.
 */
export function framedTexts(text: string, framing: Framing | undefined): Pick<RunSpec, 'text' | 'pair' | 'chat'> {
  switch (framing?.as) {
    case undefined:
      return { text };
    case 'context':
      return { text: framing.question, pair: text };
    case 'task':
      return { text: `${framing.prefix}${text}` };
    case 'chat': {
      const chat = chatIn(text);
      if (chat) return { text: '', chat: messagesOf(text, chat) };
      throw new AttentionError({ code: 'chat-missing' });
    }
  }
}

/** Where the characters of a text of a document are in the sequence that the model read of it. */
export function placedIn(
  text: string,
  framing: Framing | undefined,
  sequence: Pick<Sequence, 'roles'> | undefined,
): readonly Placed[] {
  switch (framing?.as) {
    case 'chat': {
      const turns = chatIn(text)?.turns ?? [];
      return (sequence?.roles ?? []).flatMap(({ message, content }) => {
        const turn = message === undefined ? undefined : turns[message];
        // A template trims what it is given alike, if at all: the turn has no blanks around it.
        return turn && content ? [{ ...content, at: turn.start }] : [];
      });
    }
    case 'task':
      return [{ start: framing.prefix.length, end: framing.prefix.length + text.length, at: 0 }];
    case 'context':
    case undefined:
      return [{ start: 0, end: text.length, at: 0 }];
  }
}
