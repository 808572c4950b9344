import type { Cell, Explanation } from '../../src/core/block/explanation.ts';
import type { ScoreParts } from '../../src/core/block/score-parts.ts';
import { cellInFocus } from '../../src/core/scene/pair.ts';
import { AnswerSource, type Answer, type Question } from './answer-source.ts';
import type { Frame } from './frame.ts';

/** A weight of an analysis. */
interface PairPlace {
  readonly analysis: string;
  readonly cell: Cell;
}

/** What is known of the weight in focus: how it is computed, or what its score is made of. */
export interface PairState<T> extends Pick<Answer<PairPlace, T>, 'progress' | 'failure'> {
  /** The weight in focus; null where there is none. */
  readonly wanted: Cell | null;
  /** The last weight of this analysis that was answered; it is that of `wanted` once its answer is here. */
  readonly shown: { readonly cell: Cell; readonly told: T } | null;
}

/** How a weight is computed. */
export type WeightState = PairState<Explanation>;
/** Why a score is what it is. */
export type PartsState = PairState<ScoreParts>;

/** What is told of the weight in focus: asked for when it is shown. */
export class PairSource<T> extends AnswerSource<PairPlace, T> {
  #last: { readonly answer: Answer<PairPlace, T>['shown']; readonly shown: PairState<T>['shown'] } | null = null;

  /** `changed` is called when something is known that was not. */
  constructor(ask: Question<PairPlace, T>['ask'], sizeOf: Question<PairPlace, T>['sizeOf'], changed: () => void) {
    super({ ask, sizeOf }, changed);
  }

  /** What is known of the weight in focus of a frame of tokens; asks for it unless it is here or on its way. */
  inFocus(frame: Frame): PairState<T> {
    const { analysis } = frame;
    const cell = cellInFocus(frame);
    const { shown, progress, failure } = this.of(analysis, cell && { analysis, cell });
    return { wanted: cell, shown: this.#shownOf(shown), progress, failure };
  }

  /** The same object as long as the answer is the same: views draw anew when it is another. */
  #shownOf(answer: Answer<PairPlace, T>['shown']): PairState<T>['shown'] {
    if (this.#last?.answer !== answer)
      this.#last = { answer, shown: answer && { cell: answer.place.cell, told: answer.told } };
    return this.#last.shown;
  }
}
