import { words, type Words } from '../words/words.ts';

/** The codes of reasons, each with the words that it carries; the schema of messages is made of the same tables. */
export const ownReasons = {
  'text-empty': [],
  'pair-missing': [],
  'chat-missing': [],
  'task-missing': ['task', 'model'],
  'text-too-short': ['detail'],
  'argument-invalid': ['argument', 'detail'],
  'model-not-found': ['model'],
  'model-file-missing': ['model', 'file'],
  'model-file-invalid': ['model', 'file', 'detail'],
  'model-unsupported': ['model', 'detail'],
  'tokenizer-unsupported': ['model', 'component'],
  'attention-not-found': ['model', 'detail'],
  'block-unreadable': ['model', 'detail'],
  'edit-impossible': ['model', 'detail'],
  'logits-not-linear': ['model', 'detail'],
  'memory-too-small': ['model', 'needed', 'budget', 'fits'],
  'length-fixed': ['model', 'input', 'length', 'tokens'],
  'operator-missing': ['model', 'file', 'detail'],
  'analysis-gone': [],
  'engine-missing': ['detail'],
  'engine-died': ['detail'],
  cancelled: [],
  'message-invalid': ['detail'],
  'file-failed': ['file', 'detail'],
  'export-too-large': ['max'],
  'panel-needed': [],
  'picture-failed': ['detail'],
  'link-invalid': ['detail'],
  'link-impossible': ['detail'],
  'link-lost': ['file', 'detail'],
  'link-changed': ['file'],
  'budget-exceeded': ['model', 'component', 'detail'],
  unexpected: ['detail'],
} as const satisfies ReasonTable;

/** Why a model could not be had from its hub, kept or deleted. */
export const storeReasons = {
  'model-not-downloaded': ['model'],
  'model-damaged': ['model'],
  offline: ['model'],
  'hub-unreachable': ['host', 'detail'],
  'hub-not-found': ['host', 'wanted'],
  'hub-gated': ['host', 'model'],
  'hub-busy': ['host', 'wait'],
  'hub-refused': ['host', 'status'],
  'hub-invalid': ['host', 'detail'],
  'hub-unsuitable': ['model', 'detail'],
  'download-corrupt': ['model', 'file', 'detail'],
  'download-interrupted': ['model', 'file', 'detail'],
  'disk-full': ['folder', 'needed', 'free'],
  'model-locked': ['model', 'by'],
} as const satisfies ReasonTable;

/** A code, and the names of the words that a reason carries. */
type ReasonTable = Readonly<Record<string, readonly string[]>>;

type ReasonIn<T extends ReasonTable> = {
  [C in keyof T]: { readonly code: C } & { readonly [F in T[C][number]]: string };
}[keyof T];

/**
 * What kind of fault ends a run, where that is known: too little `memory`, an `index` outside a table, an `input` that
 * does not fit, results that are no `numbers`, or are none under `edits`.
 */
export const runCauses = ['memory', 'index', 'input', 'numbers', 'edits'] as const;

export type RunCause = (typeof runCauses)[number];

/** Why something could not be done, as plain data that crosses process borders. */
export type Reason =
  | ReasonIn<typeof ownReasons>
  | StoreReason
  | { readonly code: 'run-failed'; readonly model: string; readonly detail: string; readonly cause?: RunCause };

/** Why a model could not be had from its hub, kept or deleted. */
export type StoreReason = ReasonIn<typeof storeReasons>;

/** The reason of a code. */
export type ReasonOf<C extends Reason['code']> = Extract<Reason, { readonly code: C }>;

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
