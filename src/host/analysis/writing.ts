import * as vscode from 'vscode';
import { AttentionError } from '../../core/errors/reason.ts';
import { writtenTextOf } from '../../core/prediction/drawn-place.ts';
import type { Continuation } from '../../core/run/run-spec.ts';
import { inLinesOf } from '../window/line-breaks.ts';
import { tell } from '../window/messages.ts';
import { answerTurn, chatIn } from '../../core/document/chat-turns.ts';
import { answeredReason, chatOf, type ChatAt } from './chat-at.ts';
import { documentSequence, type LiveAnalysis } from './live-analysis.ts';
import type { Selections } from './selections.ts';
import type { ShowAttention } from './show-attention.ts';

/** Lets models write on after analysed texts, and puts what they wrote into documents. */
export class Writing {
  readonly #show: ShowAttention;
  readonly #selections: Selections;

  constructor(show: ShowAttention, selections: Selections) {
    this.#show = show;
    this.#selections = selections;
  }

  /**
   * Runs the texts of an analysis again and has the model write on, as far as it wrote before unless the text has
   * changed. The focus goes to the last row: what the model looks at for the token that comes next. Nothing to write
   * gives the texts as they were given.
   */
  async writeOn(analysis: LiveAnalysis, { tokens, written, sampling }: Continuation): Promise<LiveAnalysis | null> {
    const before = analysis.stale ? undefined : written;
    const wants = tokens > 0 || before !== undefined;
    if (wants && isAnswered(analysis)) {
      tell(answeredReason());
      return null;
    }
    const selection = this.#selections.of(analysis);
    const continued = await this.#show.continued(
      analysis,
      wants ? { tokens, ...(before ? { written: before } : {}), sampling } : undefined,
    );
    const map = continued?.map(selection.map);
    if (!continued || !map) return continued;
    const token = wants && map.kind !== 'self' ? ({ side: 'query', index: map.shape[2] - 1 } as const) : null;
    this.#selections.set(continued, { ...selection, token }, 'command');
    return continued;
  }

  /** Inserts what the model wrote after the text of an analysis, as one edit, and runs on all of it. */
  async accept(analysis: LiveAnalysis): Promise<LiveAnalysis | null> {
    const written = writtenTextOf(analysis.info);
    const { uri, range } = analysis.place;
    if (written === '' || analysis.hasTarget || analysis.stale) return null;
    const [start, end] = [range.start, range.end];
    const document = await vscode.workspace.openTextDocument(uri);
    const chat = analysis.texts.framing?.as === 'chat' ? chatOf(document, { start, end }) : null;
    const { at, text } = insertion(document, written, chat, end);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, document.positionAt(at), text);
    if (text === '' || !(await this.#applied(edit))) return null;
    const whole = { start, end: Math.max(end, at) + text.length };
    if (chat) return this.#show.onChat(document, chatOf(document, whole), { model: analysis.model });
    return this.#show.on(document, whole, analysis.model);
  }

  /** Puts a word in place of a mask of the document, and runs on the text as it is then. */
  async fill(analysis: LiveAnalysis, token: number, text: string): Promise<LiveAnalysis | null> {
    const span = analysis.spanOf(documentSequence, token);
    if (!span || analysis.stale) return null;
    const { uri, range } = analysis.place;
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)), text.trim());
    const { start, end } = { start: range.start, end: range.end + text.trim().length - (span.end - span.start) };
    if (!(await this.#applied(edit))) return null;
    return this.#show.on(document, { start, end }, analysis.model);
  }

  async #applied(edit: vscode.WorkspaceEdit): Promise<boolean> {
    const isApplied = await vscode.workspace.applyEdit(edit);
    if (!isApplied)
      tell(new AttentionError({ code: 'unexpected', detail: vscode.l10n.t('the document cannot be changed') }).reason);
    return isApplied;
  }
}

/** Whether an analysis is of a chat whose last turn is the model's own. */
function isAnswered({ texts: { framing, text } }: LiveAnalysis): boolean {
  return framing?.as === 'chat' && chatIn(text.range.text)?.answer === null;
}

/**
 * What is inserted where: after the text, or in a chat as a turn of the model, with the line breaks of the document.
 */
function insertion(
  document: vscode.TextDocument,
  written: string,
  chat: ChatAt | null,
  end: number,
): { readonly at: number; readonly text: string } {
  const answer = chat?.chat.answer;
  const text = chat ? (answer ? answerTurn(answer, written) : '') : written;
  return { at: chat && answer ? chat.from + answer.at : end, text: inLinesOf(document, text) };
}
