import type { Reason, ReasonOf } from './reason.ts';

/** What a person is told: what happened, and what to do next. */
export interface Sentence {
  readonly what: string;
  readonly next: string;
}

/** A sentence with the next step in a terminal beside that in the editor. */
export interface ErrorText extends Sentence {
  readonly terminal: string;
}

/** What is said of the reasons of some codes. */
export type Wording<C extends Reason['code'] = Reason['code']> = {
  readonly [K in C]: (reason: ReasonOf<K>) => ErrorText;
};

/** `terminal` is the next step in a terminal where the editor's does not fit there. */
export function say(what: string, next: string, terminal: string = next): ErrorText {
  return { what: what.replace(/\.{2,}$/, '.'), next, terminal };
}

/** What some models take and others refuse: it is right for another model. */
export const modelArguments: ReadonlySet<string> = new Set(['pair', 'target', 'continue']);
