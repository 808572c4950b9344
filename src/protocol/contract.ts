import type { BaseIssue, BaseSchema } from 'valibot';
import type { Data } from '../core/schema.ts';

type Schema = BaseSchema<unknown, unknown, BaseIssue<unknown>>;

/** A question that one side answers: what is asked and what is answered. */
export interface RequestShape {
  readonly params: Schema;
  readonly result: Schema;
}

/** Everything that one side of a border receives: requests it answers, events it hears. */
export interface Contract {
  readonly requests: Readonly<Record<string, RequestShape>>;
  readonly events: Readonly<Record<string, Schema>>;
}

export type RequestName<C extends Contract> = keyof C['requests'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;
export type Params<C extends Contract, N extends RequestName<C>> = Data<C['requests'][N]['params']>;
export type Result<C extends Contract, N extends RequestName<C>> = Data<C['requests'][N]['result']>;
export type Payload<C extends Contract, N extends EventName<C>> = Data<C['events'][N]>;

/**
 * What a handler may use while it works: a signal that is aborted when the asker cancels, and a way to tell progress.
 */
export interface Work {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/**
 * How far a long operation is; `done` of `total` where both are known, in units that the stage names (bytes, layers).
 */
export interface Progress {
  readonly stage: string;
  readonly done?: number | undefined;
  readonly total?: number | undefined;
  /** What is in work: a file, or who is waited for. */
  readonly detail?: string | undefined;
  /** The speed of the last seconds; null until it is known. */
  readonly bytesPerSecond?: number | null | undefined;
}

/** One handler for every request of a contract. */
export type Handlers<C extends Contract> = {
  readonly [N in RequestName<C>]: (params: Params<C, N>, work: Work) => Promise<Result<C, N>> | Result<C, N>;
};

/** One end of a channel that carries structured-clone values. `listen` returns a function that stops listening. */
export interface Port {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): () => void;
}
