import { withEdits } from '../../src/core/run/edit-list.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import type { Cell } from '../../src/core/views/matrix/layout.ts';
import { weightAt } from '../../src/core/scene/links.ts';
import { isSeen } from '../../src/core/scene/sight.ts';
import { linkEdits, reachesOf, type HandRow } from '../../src/core/scene/try.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { words } from '../../src/core/words/words.ts';
import type { Acting } from '../act.ts';
import type { Picture } from '../state/frame.ts';
import { handEdits } from './by-hand.ts';
import { amountOf } from './target.ts';

/** What dragging a cell of the matrix up or down does: strengthen or weaken its link, or set a weight by hand. */
export interface Pull {
  /** What letting go would do, in a few characters; null where the cell cannot be dragged. */
  readonly text: (cell: Cell, up: number) => string | null;
  /** Does it. */
  readonly drop: (cell: Cell, up: number) => void;
}

/** CSS pixels of a step of a bias, and what a step is. */
const biasStep = { pixels: 12, by: 0.5 } as const;
/** The largest bias of a link that is dragged. */
const maxBias = 10;
/** CSS pixels from a weight of 0 to 1. */
const weightPixels = 160;

/** How cells of a picture are dragged; `hand` is the row that is set by hand. */
export function pullOf(
  frame: Picture,
  { edits, hand, act }: { readonly edits: readonly Edit[]; readonly hand: HandRow | null; readonly act: Acting },
): Pull {
  const [reach = 'map'] = reachesOf(frame);
  const biasAt = (cell: Cell, up: number): number => {
    const start = amountOf(edits, linkEdits(frame, cell, reach, 0)[0], 0);
    const moved = start + Math.round(up / biasStep.pixels) * biasStep.by;
    return Math.max(-maxBias, Math.min(maxBias, moved));
  };
  const weightOf = (cell: Cell, up: number): number =>
    Math.max(0, Math.min(1, weightAt(frame, cell.query, cell.key) + up / weightPixels));
  const isByHand = ({ query }: Cell): boolean => hand?.query === query;
  return {
    text: (cell, up) => {
      const says = words().experiment;
      if (!isSeen(frame, cell.query, cell.key)) return null;
      return isByHand(cell)
        ? says.change(weightText(weightAt(frame, cell.query, cell.key)), weightText(weightOf(cell, up)))
        : says.signed(biasAt(cell, up));
    },
    drop: (cell, up) => {
      const more =
        hand && isByHand(cell)
          ? handEdits(frame, hand, cell.key, weightOf(cell, up))
          : linkEdits(frame, cell, reach, biasAt(cell, up));
      act({ type: 'edit', edits: withEdits(edits, more) });
    },
  };
}
