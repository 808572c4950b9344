import * as vscode from 'vscode';
import { AttentionError } from '../../core/errors/reason.ts';
import { writtenTextOf } from '../../core/prediction/drawn-place.ts';
import type { Continuation } from '../../core/run/run-spec.ts';
import { tell } from '../window/messages.ts';
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
   * Runs the texts of an analysis again and has the model write on, as far as it wrote before unless the text has changed.
   * The focus goes to the last row: what the model looks at for the token that comes next. Nothing to write gives the
   * texts as they were given.
   */
  async writeOn(analysis: LiveAnalysis, { tokens, written, sampling }: Continuation): Promise<LiveAnalysis | null> {
    const before = analysis.stale ? undefined : written;
    const wants = tokens > 0 || before !== undefined;
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
    const text = writtenTextOf(analysis.info);
    const { uri, range } = analysis.place;
    if (text === '' || analysis.hasTarget || analysis.stale) return null;
    const [start, end] = [range.start, range.end];
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, document.positionAt(end), text);
    if (!(await this.#applied(edit))) return null;
    return this.#show.on(document, { start, end: end + text.length }, analysis.model);
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
