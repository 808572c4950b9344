import { errors, limits, processEnd } from './english/errors.ts';

/** All that is said, in English, by area. */
export const english = {
  /** The tag of the language, for documents that name theirs. */
  tag: 'en',
  errors,
  limits,
  processEnd,
};
