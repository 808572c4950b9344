import type * as vscode from 'vscode';
import { chatIn, type DocumentChat } from '../../core/document/chat-turns.ts';
import type { Span } from '../../core/document/tracked-range.ts';
import type { Reason } from '../../core/errors/reason.ts';
import { words } from '../../core/words/words.ts';

/** Languages of documents whose turns are a chat without anybody saying so. */
export const chatLanguages: readonly string[] = ['markdown', 'prompt'];

/** A conversation, and where the text that it is written in begins in its document: the chat counts from there. */
export interface ChatAt {
  readonly chat: DocumentChat;
  readonly from: number;
}

/** The conversation of a whole document, or of a stretch of it; null where it is none. */
export function chatOf(document: vscode.TextDocument, span?: Span): ChatAt | null {
  const text = document.getText();
  const { start, end } = span ?? { start: 0, end: text.length };
  const chat = chatIn(text.slice(start, end));
  return chat && { chat, from: start };
}

/** The conversation that is selected in an editor; null where none is, or the document is no Markdown. */
export function selectedChat({ document, selection }: vscode.TextEditor): ChatAt | null {
  if (selection.isEmpty || !chatLanguages.includes(document.languageId)) return null;
  return chatOf(document, { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) });
}

/** Where a conversation is in its document, from its first mark to the end of its last turn. */
export function chatSpan({ chat, from }: ChatAt): Span {
  return { start: from + chat.start, end: from + chat.end };
}

/**
 * The conversation of a document up to the turn that holds an offset; null where that is before the first, or none is.
 */
export function chatUpTo(document: vscode.TextDocument, offset: number): ChatAt | null {
  const { chat } = chatOf(document) ?? {};
  if (!chat || offset < chat.start) return null;
  const next = chat.turns.find(({ mark }) => mark.start > offset);
  return next ? chatOf(document, { start: 0, end: next.mark.start }) : chatOf(document);
}

/** Why nothing can be written after a chat whose last turn is the model's. */
export function answeredReason(): Reason {
  return { code: 'argument-invalid', argument: 'chat', detail: words().details.chat.answered };
}
