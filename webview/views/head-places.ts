import type { HeadPlace } from '../../src/core/attention/order.ts';
import { soloHead } from '../../src/core/attention/selection.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import type { Act } from '../act.ts';
import type { Frame } from '../state/frame.ts';

/** The head whose element an event is on: one that carries `data-layer` and `data-head`. */
export function placeOf({ target }: Event): HeadPlace | null {
  const part = target instanceof Element ? target.closest<HTMLElement | SVGElement>('[data-layer][data-head]') : null;
  return part && { layer: Number(part.dataset['layer']), head: Number(part.dataset['head']) };
}

/** The head that gets the keyboard when the selection has gone to another layer, head or map; null when it has not. */
export function followed(before: Frame | undefined, { selection }: Frame): HeadPlace | null {
  const { layer, head, heads, map } = selection;
  const was = before?.selection;
  if (was && was.layer === layer && was.head === head && was.map === map) return null;
  return { layer, head: head ?? heads[0] ?? 0 };
}

/** Looks at one head of a layer alone, also where all layers were merged before. */
export function selectHead({ selection }: Pick<Frame, 'selection'>, view: ViewState, { layer, head }: HeadPlace): Act {
  return { type: 'view', view, selection: soloHead({ ...selection, layer }, head) };
}

/** Opens one head in the head view. */
export function openHead({ selection }: Frame, view: ViewState, { layer, head }: HeadPlace): Act {
  return selectHead({ selection }, { ...view, view: 'heads' }, { layer, head });
}
