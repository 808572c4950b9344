import type { Edit } from '../../src/core/run/edits.ts';
import { replaceEdits } from '../../src/core/scene/try.ts';
import { visibleText } from '../../src/core/text/label.ts';
import { cellOfFocus, type Focus } from '../state/focus.ts';
import type { Picture } from '../state/frame.ts';
import { labelOn, quoted } from '../words/label.ts';

/** The token in focus replaced by the mask of the model, so that it predicts something there. */
export interface Masking {
  /** The token and the mask, as they are read. */
  readonly token: string;
  readonly blank: string;
  readonly edits: readonly Edit[];
}

/** How the token in focus is masked; null without one, and for models and tokens that are not. */
export function maskingOf(frame: Picture, focused: Focus | null): Masking | null {
  const focus = cellOfFocus(focused);
  const { blank, family } = frame.info.model;
  if (!focus || blank === undefined || family !== 'encoder') return null;
  const { side, index } = focus;
  const edits = replaceEdits(frame, { side, index }, blank);
  return edits && { token: quoted(labelOn(frame, side, index)), blank: visibleText(blank), edits };
}
