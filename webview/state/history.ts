import { keyOf } from '../../src/core/run/cache.ts';
import type { Selection } from '../../src/core/attention/selection.ts';
import type { ViewState } from '../../src/core/attention/view.ts';

/** Where the person was: what was in focus, in which picture. */
export interface Moment {
  readonly selection: Selection;
  readonly view: ViewState;
}

/**
 * How a move was made. Steps from token to token (arrow keys, the cursor in the editor) are one gesture as long as
 * nothing else comes between; every other move stands for itself.
 */
export type Gesture = 'step' | 'move';

/** The moments before and after the present one, nearest last in `past` and first in `future`. */
export interface History {
  readonly past: readonly Moment[];
  readonly present: Moment;
  readonly future: readonly Moment[];
  /** How the present was reached. */
  readonly gesture: Gesture;
}

/** More moments than these are not kept. */
export const maxMoments = 100;

/** A history that begins with `present`. */
export function beginHistory(present: Moment): History {
  return { past: [], present, future: [], gesture: 'move' };
}

/** Goes on to `moment`. Steps after a step take the place of the present; what lay ahead is forgotten. */
export function record(history: History, moment: Moment, gesture: Gesture): History {
  if (isSame(history.present, moment)) return history;
  const goesOn = gesture === 'step' && history.gesture === 'step';
  const past = goesOn ? history.past : [...history.past, history.present].slice(-maxMoments);
  return { past, present: moment, future: [], gesture };
}

/** One moment back; the same history when there is none. */
export function back(history: History): History {
  const present = history.past.at(-1);
  if (!present) return history;
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future], gesture: 'move' };
}

/** One moment forward; the same history when there is none. */
export function forward(history: History): History {
  const [present, ...future] = history.future;
  if (!present) return history;
  return { past: [...history.past, history.present], present, future, gesture: 'move' };
}

/** The history of one analysis; it begins with the first moment that is recorded. */
export class NavigationHistory {
  #history: History | null = null;

  get canGoBack(): boolean {
    return this.#history !== null && this.#history.past.length > 0;
  }
  get canGoForward(): boolean {
    return this.#history !== null && this.#history.future.length > 0;
  }

  record(moment: Moment, gesture: Gesture): void {
    this.#history = this.#history ? record(this.#history, moment, gesture) : beginHistory(moment);
  }

  /** Goes `back` or `forward`, to the moment that is given; null where there is none. */
  go(way: (history: History) => History): Moment | null {
    const before = this.#history;
    this.#history = before && way(before);
    return this.#history === before || !this.#history ? null : this.#history.present;
  }

  clear(): void {
    this.#history = null;
  }
}

function isSame(a: Moment, b: Moment): boolean {
  return keyOf(a) === keyOf(b);
}

/** Whether two selections differ at most in the token: a step from one to the other. */
export function sameButToken(a: Selection, b: Selection): boolean {
  return keyOf({ ...a, token: null }) === keyOf({ ...b, token: null });
}
