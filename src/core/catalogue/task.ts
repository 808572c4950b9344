import * as v from 'valibot';
import type { Data } from '../schema.ts';
import { readsGrammar } from './built-in.ts';
import type { CatalogueId } from './catalogue.ts';

/** What a model may do with a text beside showing its attention. */
export const taskKinds = ['question', 'summary', 'translation'] as const;

export type TaskKind = (typeof taskKinds)[number];

/** A task that a model does: the words that it is given before the text, and the languages where they are known. */
export type Task = Data<typeof taskSchema>;

/** The schema of a {@link Task}. */
export const taskSchema = v.object({
  kind: v.picklist(taskKinds),
  prefix: v.string(),
  /** As `en → de`. */
  languages: v.nullable(v.string()),
});

/** A model and what it does. */
export type TaskModel = Data<typeof taskModelSchema>;

/** The schema of a {@link TaskModel}. */
export const taskModelSchema = v.object({ model: v.string(), tasks: v.array(taskSchema) });

/** A model of the hub to try for each task. */
export const suggestedModels: Readonly<Record<TaskKind, CatalogueId>> = {
  question: 'Xenova/distilbert-base-cased-distilled-squad',
  summary: 'Xenova/t5-small',
  translation: 'Xenova/opus-mt-en-de',
};

/** What of `config.json` tells of tasks. */
export interface TaskConfig {
  readonly model_type?: string | null | undefined;
  readonly architectures?: readonly string[] | null | undefined;
  /** The words for each task (T5, BART). */
  readonly task_specific_params?: Readonly<Record<string, { readonly prefix?: string | undefined }>> | undefined;
}

/** What a model does, by its own description; of one that ships, by what it was trained for. */
export function tasksOf(model: string, { model_type, architectures, task_specific_params = {} }: TaskConfig): Task[] {
  if (readsGrammar(model)) return [{ kind: 'translation', prefix: '', languages: 'en → es' }];
  if (architectures?.[0]?.endsWith('ForQuestionAnswering')) return [{ kind: 'question', prefix: '', languages: null }];
  if (!architectures?.[0]?.endsWith('ForConditionalGeneration') && model_type !== 'marian') return [];
  const told = Object.entries(task_specific_params).flatMap(([name, { prefix = '' }]): Task[] => {
    const [, from, to] = /^translation_([a-z]{2,3})_to_([a-z]{2,3})$/u.exec(name) ?? [];
    if (from !== undefined && to !== undefined) return [{ kind: 'translation', prefix, languages: `${from} → ${to}` }];
    return name === 'summarization' ? [{ kind: 'summary', prefix, languages: null }] : [];
  });
  if (told.length > 0) return told;
  const only = model_type === 'marian' ? 'translation' : model_type === 'pegasus' ? 'summary' : null;
  return only ? [{ kind: only, prefix: '', languages: null }] : [];
}
