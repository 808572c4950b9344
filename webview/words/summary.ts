import { strongest } from '../../src/core/attention/rows.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { freeLinks, freePartners } from '../../src/core/scene/sight.ts';
import { otherSide } from '../../src/core/scene/links.ts';
import { words } from '../../src/core/words/words.ts';
import type { Focus } from '../state/focus.ts';
import type { Picture } from '../state/frame.ts';
import { cellSentence } from './focus.ts';
import { nameOn } from './label.ts';

/**
 * The picture in one line, for panels that are too narrow to have the inspector beside it: the exact weight of the cell
 * in focus, the strongest link of the token in focus, or that of the whole picture. Nothing where there is none.
 */
export function summaryLine(frame: Picture, focus: Focus | null): string {
  const says = words().inspector.summary;
  if (!focus) {
    const [link] = strongest(freeLinks(frame), 1);
    if (!link) return '';
    const keys = frame.map.shape[3];
    const [query, key] = [Math.floor(link.index / keys), link.index % keys];
    return says.strongest(nameOn(frame, 'query', query), nameOn(frame, 'key', key), weightText(link.weight));
  }
  const cell = cellSentence(frame, focus);
  if (cell) return `${cell.link} ${cell.exact}`;
  const { side, index } = focus.token;
  const own = nameOn(frame, side, index);
  const [link] = strongest(freePartners(frame, focus.token), 1);
  if (!link) return says.nothing(own, side === 'query');
  const partner = nameOn(frame, otherSide(side), link.index);
  return says.most(own, side === 'query', partner, weightText(link.weight));
}
