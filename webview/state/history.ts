import { keyOf } from '../../src/core/run/cache.ts';
import type { Selection } from '../../src/core/attention/selection.ts';
import { sameEdits } from '../../src/core/run/edit-list.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import type { ViewState } from '../../src/core/attention/view.ts';

/** Where the person was: what was in focus, in which picture, of which run of the text. */
export interface Moment {
  readonly selection: Selection;
  readonly view: ViewState;
  /** What was changed in the model in that run. */
  readonly edits: readonly Edit[];
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

/** Back to the last moment of another run; the same history when there is none. */
export function backToOtherRun(history: History): History {
  let at = back(history);
  while (at.past.length > 0 && sameEdits(at.present.edits, history.present.edits)) at = back(at);
  return sameEdits(at.present.edits, history.present.edits) ? history : at;
}

/** How one moves in a history. */
export type Way = (history: History) => History;

/**
 * The history of the runs of one text by one model; it begins with the first moment that is recorded. A way to another
 * run is gone when that run is here.
 */
export class NavigationHistory {
  #history: History | null = null;
  #pending: { readonly way: Way; readonly edits: readonly Edit[] } | null = null;

  get canGoBack(): boolean {
    return this.#history !== null && this.#history.past.length > 0;
  }
  get canGoForward(): boolean {
    return this.#history !== null && this.#history.future.length > 0;
  }

  record(moment: Moment, gesture: Gesture): void {
    if (this.#history && !isSame(this.#history.present, moment)) this.stay();
    this.#history = this.#history ? record(this.#history, moment, gesture) : beginHistory(moment);
  }

  /** The moment that a way leads to; null where it leads nowhere. */
  endOf(way: Way): Moment | null {
    const there = this.#history && way(this.#history);
    return there === null || there === this.#history ? null : there.present;
  }

  /** Goes a way, to the moment that is given; null where it leads nowhere. */
  go(way: Way): Moment | null {
    const there = this.endOf(way);
    if (there && this.#history) this.#history = way(this.#history);
    return there;
  }

  /** Sets out on a way to a run with these edits. */
  depart(way: Way, edits: readonly Edit[]): void {
    this.#pending = { way, edits };
  }

  /** Goes nowhere any more. */
  stay(): void {
    this.#pending = null;
  }

  /** A run is shown: the moment where somebody has arrived who was on the way to it; else null. */
  arrive(edits: readonly Edit[]): Moment | null {
    const pending = this.#pending;
    if (!pending || !sameEdits(pending.edits, edits)) return null;
    this.stay();
    return this.go(pending.way);
  }

  clear(): void {
    this.#history = null;
    this.#pending = null;
  }
}

function isSame(a: Moment, b: Moment): boolean {
  return keyOf(a) === keyOf(b);
}

/** Whether two selections differ at most in the token: a step from one to the other. */
export function sameButToken(a: Selection, b: Selection): boolean {
  return keyOf({ ...a, token: null }) === keyOf({ ...b, token: null });
}
