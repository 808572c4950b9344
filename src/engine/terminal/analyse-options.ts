import { requestOptions } from './request.ts';
import { viewOptions } from './view-options.ts';

const text = { type: 'string' } as const;

/** The options of a run that writes what a model attends to. */
export const analyseOptions = {
  ...requestOptions,
  ...viewOptions,
  layer: text,
  head: text,
  format: text,
  out: text,
  help: { type: 'boolean', short: 'h' },
} as const;
