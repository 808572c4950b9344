import { words, type Words } from '../words/words.ts';

/** Why something could not be done, as plain data that crosses process borders. */
export type Reason =
  | { readonly code: 'text-empty' }
  | { readonly code: 'pair-missing' }
  | { readonly code: 'text-too-short'; readonly detail: string }
  | { readonly code: 'argument-invalid'; readonly argument: string; readonly detail: string }
  | { readonly code: 'model-not-found'; readonly model: string }
  | { readonly code: 'model-file-missing'; readonly model: string; readonly file: string }
  | { readonly code: 'model-file-invalid'; readonly model: string; readonly file: string; readonly detail: string }
  | { readonly code: 'model-unsupported'; readonly model: string; readonly detail: string }
  | { readonly code: 'tokenizer-unsupported'; readonly model: string; readonly component: string }
  | { readonly code: 'attention-not-found'; readonly model: string; readonly detail: string }
  | {
      readonly code: 'memory-too-small';
      readonly model: string;
      readonly needed: string;
      readonly budget: string;
      readonly fits: string;
    }
  | { readonly code: 'run-failed'; readonly model: string; readonly detail: string; readonly cause?: RunCause }
  | {
      readonly code: 'length-fixed';
      readonly model: string;
      readonly input: string;
      readonly length: string;
      readonly tokens: string;
    }
  | { readonly code: 'operator-missing'; readonly model: string; readonly file: string; readonly detail: string }
  | { readonly code: 'analysis-gone' }
  | { readonly code: 'engine-missing'; readonly detail: string }
  | { readonly code: 'engine-died'; readonly detail: string }
  | { readonly code: 'cancelled' }
  | { readonly code: 'message-invalid'; readonly detail: string }
  | { readonly code: 'file-failed'; readonly file: string; readonly detail: string }
  | { readonly code: 'export-too-large'; readonly max: string }
  | { readonly code: 'panel-needed' }
  | { readonly code: 'picture-failed'; readonly detail: string }
  | { readonly code: 'link-invalid'; readonly detail: string }
  | { readonly code: 'link-impossible'; readonly detail: string }
  | { readonly code: 'link-lost'; readonly file: string; readonly detail: string }
  | { readonly code: 'link-changed'; readonly file: string }
  | StoreReason
  | { readonly code: 'budget-exceeded'; readonly model: string; readonly component: string; readonly detail: string }
  | { readonly code: 'unexpected'; readonly detail: string };

/** The reason of a code. */
export type ReasonOf<C extends Reason['code']> = Extract<Reason, { readonly code: C }>;

/**
 * What kind of fault ends a run, where that is known: too little `memory`, an `index` outside a table, an `input` that
 * does not fit, results that are no `numbers`.
 */
export const runCauses = ['memory', 'index', 'input', 'numbers'] as const;

export type RunCause = (typeof runCauses)[number];

/** Why a model could not be had from its hub, kept or deleted. */
export type StoreReason =
  | { readonly code: 'model-not-downloaded'; readonly model: string }
  | { readonly code: 'model-damaged'; readonly model: string }
  | { readonly code: 'offline'; readonly model: string }
  | { readonly code: 'hub-unreachable'; readonly host: string; readonly detail: string }
  | { readonly code: 'hub-not-found'; readonly host: string; readonly wanted: string }
  | { readonly code: 'hub-gated'; readonly host: string; readonly model: string }
  | { readonly code: 'hub-busy'; readonly host: string; readonly wait: string }
  | { readonly code: 'hub-refused'; readonly host: string; readonly status: string }
  | { readonly code: 'hub-invalid'; readonly host: string; readonly detail: string }
  | { readonly code: 'hub-unsuitable'; readonly model: string; readonly detail: string }
  | { readonly code: 'download-corrupt'; readonly model: string; readonly file: string; readonly detail: string }
  | { readonly code: 'download-interrupted'; readonly model: string; readonly file: string; readonly detail: string }
  | { readonly code: 'disk-full'; readonly folder: string; readonly needed: string; readonly free: string }
  | { readonly code: 'model-locked'; readonly model: string; readonly by: string };

/** The one error class of the project: it carries a typed reason; `sentence.ts` turns the reason into words. */
export class AttentionError extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, options?: { cause?: unknown }) {
    super(reason.code, options);
    this.name = 'AttentionError';
    this.reason = reason;
  }
}

/**
 * The reason of anything that was thrown: what a file system throws (a code and a path) is `file-failed`, the rest of
 * what is not an AttentionError `unexpected` with its message.
 */
export function reasonOf(thrown: unknown): Reason {
  if (thrown instanceof AttentionError) return thrown.reason;
  if (!(thrown instanceof Error)) return { code: 'unexpected', detail: String(thrown) };
  if ('syscall' in thrown && 'path' in thrown && typeof thrown.path === 'string') {
    return { code: 'file-failed', file: thrown.path, detail: thrown.message.replace(/, \w+ '[^]*$/, '') };
  }
  const limit = engineLimits[thrown.message];
  return { code: 'unexpected', detail: limit ? words().limits[limit] : thrown.message };
}

/** The limits of a JavaScript engine by its messages: what it says of them means little to a reader. */
const engineLimits: Readonly<Record<string, keyof Words['limits']>> = {
  'Maximum call stack size exceeded': 'stack',
  'Array buffer allocation failed': 'memory',
  'Invalid array length': 'array',
  'Invalid string length': 'string',
};
