import * as vscode from 'vscode';
import { answerTurn } from '../../core/document/chat-turns.ts';
import type { Span } from '../../core/document/tracked-range.ts';
import type { Reason } from '../../core/errors/reason.ts';
import { writtenTextOf } from '../../core/prediction/drawn-place.ts';
import { plainSampling, samplingOf } from '../../core/prediction/sampling-settings.ts';
import { answeredReason, chatLanguages, chatOf, chatSpan, chatUpTo, type ChatAt } from '../analysis/chat-at.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import type { ShowAttention } from '../analysis/show-attention.ts';
import { paragraphStart } from '../analysis/text-at.ts';
import type { TrackedTexts } from '../analysis/tracked-texts.ts';
import { inLinesOf } from '../window/line-breaks.ts';
import { tell } from '../window/messages.ts';
import { settings } from '../window/settings.ts';
import { showInformation } from '../window/window.ts';

/** The command that VS Code runs when the suggestion was accepted; it is in no menu. */
export const acceptedCommand = 'textAttention.suggestionAccepted';

/** A continuation that is offered at a place of a document, as long as that stays as it is. */
interface Suggestion {
  readonly uri: string;
  readonly version: number;
  readonly position: vscode.Position;
  readonly text: string;
  /** Where the text that it goes on begins. */
  readonly start: number;
  readonly isChat: boolean;
  readonly model: string;
}

/** What is continued: the text before the cursor, or a chat, and where what the model writes goes. */
interface Beginning {
  readonly span: Span;
  readonly position: vscode.Position;
  readonly chat: ChatAt | null;
  /** What is inserted for what the model wrote. */
  readonly inserted: (written: string) => string;
}

/** What the command works with. */
export interface ContinueServices {
  readonly show: ShowAttention;
  readonly view: PanelView;
  readonly places: TrackedTexts;
}

/**
 * Continues the text before the cursor and offers the continuation as an inline suggestion: grey text that Tab accepts,
 * as one step of undo. It is offered only when the command was run, never by itself.
 */
export class ContinueText implements vscode.InlineCompletionItemProvider, vscode.Disposable {
  readonly #services: ContinueServices;
  readonly #command: vscode.Disposable;
  /** There while a suggestion is offered: before, VS Code has nobody to ask. */
  #registration: vscode.Disposable | null = null;
  #suggestion: Suggestion | null = null;

  constructor(services: ContinueServices) {
    this.#services = services;
    this.#command = vscode.commands.registerCommand(acceptedCommand, () => this.#accepted());
  }

  /** Continues the text of an editor up to its cursor. Resolves with null when there is none or the run failed. */
  async run(editor: vscode.TextEditor | undefined): Promise<LiveAnalysis | null> {
    const beginning = editor ? beginningAt(editor) : ({ code: 'text-empty' } as const);
    if (!editor || 'code' in beginning) {
      if ('code' in beginning) tell(beginning);
      return null;
    }
    this.#offer(null);
    const { show, view, places } = this.#services;
    const { span, position, chat, inserted } = beginning;
    const { document } = editor;
    const { version } = document;
    const sampling = view.now?.sampling ?? plainSampling;
    const continuation = { tokens: sampling.tokens, sampling: samplingOf(sampling) };
    const analysis = chat
      ? await show.onChat(document, chat, { continuation })
      : await show.run({ text: places.track(document, span), continuation }, settings.model);
    if (!analysis || document.version !== version) return analysis;
    const text = inLinesOf(document, inserted(writtenTextOf(analysis.info)));
    if (text === '') {
      void showInformation(vscode.l10n.t('The model ended the text here: it wrote nothing.'));
      return analysis;
    }
    const { start } = span;
    const isChat = chat !== null;
    this.#offer({ uri: document.uri.toString(), version, position, text, start, isChat, model: analysis.model });
    await vscode.window.showTextDocument(document, {
      viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
      selection: new vscode.Selection(position, position),
    });
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    return analysis;
  }

  provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.InlineCompletionItem[] {
    const suggestion = this.#suggestion;
    if (
      suggestion?.uri !== document.uri.toString() ||
      suggestion.version !== document.version ||
      !suggestion.position.isEqual(position)
    )
      return [];
    const item = new vscode.InlineCompletionItem(suggestion.text, new vscode.Range(position, position));
    item.command = { command: acceptedCommand, title: vscode.l10n.t('Show attention for the accepted text') };
    return [item];
  }

  dispose(): void {
    this.#command.dispose();
    this.#registration?.dispose();
  }

  #offer(suggestion: Suggestion | null): void {
    this.#registration?.dispose();
    this.#suggestion = suggestion;
    this.#registration = suggestion && vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, this);
  }

  /** Runs on the text with what was accepted. */
  async #accepted(): Promise<void> {
    const suggestion = this.#suggestion;
    this.#offer(null);
    if (!suggestion) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(suggestion.uri, true));
    const { position, text, start, isChat, model } = suggestion;
    const whole = { start, end: document.offsetAt(position) + text.length };
    const { show } = this.#services;
    await (isChat ? show.onChat(document, chatOf(document, whole), { model }) : show.on(document, whole, model));
  }
}

/** The text before the cursor of an editor, or why it cannot be continued. */
function beginningAt(editor: vscode.TextEditor): Beginning | Reason {
  const { document, selection } = editor;
  const chat = chatLanguages.includes(document.languageId)
    ? chatUpTo(document, document.offsetAt(selection.active))
    : null;
  if (chat) {
    const { answer } = chat.chat;
    if (!answer) return answeredReason();
    const position = document.positionAt(chat.from + answer.at);
    return { span: chatSpan(chat), position, chat, inserted: (written) => answerTurn(answer, written) };
  }
  const span = textBefore(editor);
  if (!span) return { code: 'text-empty' };
  // Blanks between the text and the cursor stand already.
  const isApart = document.offsetAt(selection.active) > span.end;
  return {
    span,
    position: selection.active,
    chat: null,
    inserted: (written) => (isApart ? written.trimStart() : written),
  };
}

/**
 * The selected text up to the cursor, or the paragraph up to it, without blanks at its end; null where there is none.
 */
function textBefore({ document, selection }: vscode.TextEditor): Span | null {
  const end = document.offsetAt(selection.end);
  const start = selection.isEmpty
    ? paragraphStart(document, selection.active.line)
    : document.offsetAt(selection.start);
  const text = document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
  const [blank = ''] = /^\s*/u.exec(text) ?? [];
  return text.trim() === '' ? null : { start: start + blank.length, end: start + text.trimEnd().length };
}
