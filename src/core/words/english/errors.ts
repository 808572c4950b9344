import type { Wording } from '../../errors/wording.ts';
import { exportErrors } from './errors/export.ts';
import { modelErrors } from './errors/model.ts';
import { runErrors } from './errors/run.ts';
import { storeErrors } from './errors/store.ts';

/** What is said of every reason. */
export const errors: Wording = { ...runErrors, ...modelErrors, ...exportErrors, ...storeErrors };

/** What a JavaScript engine says of its own limits, in words that mean something to whoever reads them. */
export const limits = {
  stack: 'something in it is nested too deeply',
  memory: 'there is not enough memory',
  array: 'something in it is too large',
  string: 'the text that it makes is too long',
};

/** Why a process ended, as the detail of an error. */
export const processEnd = {
  failed: (detail: string) => `it had an unexpected error (${detail})`,
  outOfMemory: 'it ran out of memory',
  killed: (signal: string) => `it was killed (signal ${signal}), which the system does when memory runs out`,
  crashed: (signal: string) => `it crashed (signal ${signal})`,
  signalled: (signal: string) => `it was ended by the signal ${signal}`,
  exited: (code: number | null, error: string) =>
    `it ended with exit code ${code ?? 'unknown'}${error === '' ? '' : ` (${error})`}`,
};
