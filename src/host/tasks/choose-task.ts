import * as vscode from 'vscode';
import { suggestedModels, type Task, type TaskKind } from '../../core/catalogue/task.ts';
import { reasonOf } from '../../core/errors/reason.ts';
import { words } from '../../core/words/words.ts';
import type { ModelStore } from '../models/model-store.ts';
import { tell } from '../window/messages.ts';
import { settings } from '../window/settings.ts';
import { pickRow } from '../window/window.ts';

/** A model, and the task that it is to do. */
export interface ChosenTask {
  readonly model: string;
  readonly task: Task;
}

/**
 * The model of this machine for a task: that of the settings where it does it, else the only one, else the one that the
 * person chooses. Resolves with null when there is none, which the person is told with one to download, or they left.
 */
export async function chooseTask(store: ModelStore, kind: TaskKind): Promise<ChosenTask | null> {
  let all: readonly ChosenTask[];
  try {
    const models = await store.taskModels(settings.model);
    all = models.flatMap(({ model, tasks }) => tasks.flatMap((task) => (task.kind === kind ? [{ model, task }] : [])));
  } catch (thrown) {
    tell(reasonOf(thrown));
    return null;
  }
  const own = all.filter(({ model }) => model === settings.model);
  const few = own.length > 0 ? own : all;
  const [first] = few;
  if (!first) tell({ code: 'task-missing', task: words().models.does[kind], model: suggestedModels[kind] });
  if (!first || few.length === 1) return first ?? null;
  const rows = few.map((chosen) => ({
    icon: 'server-process',
    label: chosen.model,
    ...(chosen.task.languages === null ? {} : { description: chosen.task.languages }),
    chosen,
  }));
  const picked = await pickRow(rows, {
    title: titles()[kind],
    placeholder: vscode.l10n.t('The model to do it'),
    matchOnDescription: true,
  });
  return picked?.chosen ?? null;
}

/** What stands over the questions of a task. */
export function titles(): Readonly<Record<TaskKind, string>> {
  return {
    question: vscode.l10n.t('Answer a Question about This Text'),
    summary: vscode.l10n.t('Summarise This Text'),
    translation: vscode.l10n.t('Translate This Text'),
  };
}
