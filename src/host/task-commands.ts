import * as vscode from 'vscode';
import type { TaskKind } from '../core/catalogue/task.ts';
import type { LiveAnalysis } from './analysis/live-analysis.ts';
import type { ShowAttention } from './analysis/show-attention.ts';
import { textAt } from './analysis/text-at.ts';
import type { TrackedTexts } from './analysis/tracked-texts.ts';
import { opening } from './commands.ts';
import type { ModelStore } from './models/model-store.ts';
import type { Panel } from './panel/panel.ts';
import { tell } from './window/messages.ts';
import { askText } from './window/window.ts';
import { chooseTask, titles } from './tasks/choose-task.ts';
import { askedTexts, longTextAt } from './tasks/task-texts.ts';
import { registerTable } from './window/register.ts';

/** What the commands of tasks work on. */
export interface TaskServices {
  readonly models: ModelStore;
  readonly places: TrackedTexts;
  readonly show: ShowAttention;
  readonly panel: Panel;
}

/** Registers the commands that have a model answer, summarise or translate a text of an editor. */
export function registerTasks(services: TaskServices): vscode.Disposable {
  const table: Readonly<Record<string, () => unknown>> = {
    'textAttention.answerQuestion': () => answerQuestion(services),
    'textAttention.summarise': () => write(services, 'summary', longTextAt),
    'textAttention.translate': () => write(services, 'translation', textAt),
  };
  return registerTable(table);
}

/** Asks a question about the selected text, unless one is selected with it, and has a model find the answer there. */
async function answerQuestion(services: TaskServices): Promise<LiveAnalysis | null> {
  const { models, places, show } = services;
  const editor = vscode.window.activeTextEditor;
  const texts = editor ? askedTexts(editor) : null;
  if (!editor || !texts) {
    tell({ code: 'text-empty' });
    return null;
  }
  const chosen = await chooseTask(models, 'question');
  if (!chosen) return null;
  const { document } = editor;
  const { context, question } = texts;
  if (question) {
    const [text, pair] = [question, context].map((span) => places.track(document, span));
    return text ? opening(services, show.run({ text, pair }, chosen.model)) : null;
  }
  const typed = await askText({
    title: titles().question,
    prompt: vscode.l10n.t('The question. The answer is looked for in the selected text.'),
  });
  if (typed === undefined || typed.trim() === '') return null;
  const framing = { as: 'context', question: typed.trim() } as const;
  return opening(services, show.on(document, context, chosen.model, {}, framing));
}

/** Has a model write what its task makes of a text: the decoder writes, and the cross-attention shows from what. */
async function write(
  services: TaskServices,
  kind: Exclude<TaskKind, 'question'>,
  textOf: (editor: vscode.TextEditor) => { readonly start: number; readonly end: number } | null,
): Promise<LiveAnalysis | null> {
  const editor = vscode.window.activeTextEditor;
  const span = editor ? textOf(editor) : null;
  if (!editor || !span) {
    tell({ code: 'text-empty' });
    return null;
  }
  const chosen = await chooseTask(services.models, kind);
  if (!chosen) return null;
  const { prefix } = chosen.task;
  const framing = prefix === '' ? undefined : ({ as: 'task', prefix } as const);
  return opening(services, services.show.on(editor.document, span, chosen.model, {}, framing));
}
