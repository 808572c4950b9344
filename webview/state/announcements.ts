import { filterWords } from '../../src/core/attention/filter-words.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { editedNames } from '../../src/core/attention/edit-names.ts';
import { announcement } from '../words/focus.ts';
import type { Focus } from './focus.ts';
import type { Frame, Picture } from './frame.ts';
import { words } from '../../src/core/words/words.ts';

/** What has been drawn. */
interface Drawn {
  readonly frame: Frame;
  readonly view: ViewState;
  /** Null when the filter hides every token. */
  readonly picture: Picture | null;
  readonly focused: Focus | null;
}

/** What a screen reader is told: after a move, and when another analysis is shown. */
export class Announcements {
  #wanted = false;
  #otherView = false;
  #otherOptions = false;
  /** The analysis that was spoken of last. */
  #analysis: string | null = null;
  #origin: string | null = null;

  /** Makes a change that is announced once it has been drawn. */
  after(change: () => void, view: () => ViewState): void {
    this.#wanted = true;
    const before = view();
    change();
    const now = view();
    if (now === before) return;
    this.#otherView ||= before.view !== now.view;
    this.#otherOptions ||= JSON.stringify(before.options) !== JSON.stringify(now.options);
  }

  /** Whether nothing has been said yet of the frame's analysis. */
  isNew({ analysis }: Frame): boolean {
    return analysis !== this.#analysis;
  }

  /** Whether nothing has been said yet of any run of the frame's text. */
  isNewText({ origin }: Frame): boolean {
    return origin !== this.#origin;
  }

  /** What is to be said of what has been drawn now; null when nothing is. */
  next({ frame, view, picture, focused }: Drawn): string | null {
    const says = words();
    const isNew = this.isNew(frame);
    if (!this.#wanted && !isNew) return null;
    const edited = isNew ? editedNames(frame.info) : '';
    const whose =
      edited !== ''
        ? `${edited}: `
        : isNew
          ? `${says.announcements.analysis(frame.info.model.id, says.counts.tokens(frame.info.sequences[0]?.tokens.length ?? 0))}: `
          : '';
    const which = this.#otherView ? `${says.views.names[view.view].says}: ` : '';
    const filters = this.#otherOptions
      ? `${filterWords(view.options, frame.map).join(', ') || says.filters.none}: `
      : '';
    const what = picture ? announcement(picture, focused) : says.announcements.hidden;
    this.#wanted = this.#otherView = this.#otherOptions = false;
    this.#analysis = frame.analysis;
    this.#origin = frame.origin;
    return `${whose}${which}${filters}${what}`;
  }

  /** Nothing is shown any more. */
  forget(): void {
    this.#analysis = this.#origin = null;
  }
}
