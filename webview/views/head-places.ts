import type { HeadPlace, HeadsPlace } from '../../src/core/attention/order.ts';
import { allHeads, soloHead } from '../../src/core/attention/selection.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import type { Act } from '../act.ts';
import type { Frame } from '../state/frame.ts';

/** The head whose element an event is on: one that carries `data-layer` and `data-head`. */
export function placeOf({ target }: Event): HeadPlace | null {
  const part = target instanceof Element ? target.closest<HTMLElement | SVGElement>('[data-layer][data-head]') : null;
  return part && { layer: Number(part.dataset['layer']), head: Number(part.dataset['head']) };
}

/**
 * The head or layer that an event is meant for, in a view that shows all of them: the one under the mouse, or for a key
 * the one that has the keyboard. Null where there is none.
 */
export function headsAt(event: Event): HeadsPlace | null {
  const isMenuKey = event instanceof PointerEvent && event.type === 'contextmenu' && event.pointerType === '';
  const isByKey = isMenuKey || event instanceof KeyboardEvent;
  for (const part of event.composedPath()) {
    if (!(part instanceof HTMLElement || part instanceof SVGElement)) continue;
    const owner = isByKey ? activeIn(part) : part;
    const { layer, head } = owner?.dataset ?? {};
    if (layer !== undefined) return { layer: Number(layer), head: head === undefined ? null : Number(head) };
  }
  return null;
}

/** The part of a grid or list that has the keyboard. */
function activeIn(part: Element): HTMLOrSVGElement | null {
  const id = part.getAttribute('aria-activedescendant');
  const root = part.getRootNode();
  return id !== null && root instanceof ShadowRoot ? root.getElementById(id) : null;
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

/** Looks at a head of a layer alone, or at all of them. */
export function selectHeads(frame: Pick<Frame, 'selection' | 'map'>, view: ViewState, place: HeadsPlace): Act {
  const { selection, map } = frame;
  const { layer, head } = place;
  if (head !== null) return selectHead(frame, view, { layer, head });
  return { type: 'view', view, selection: allHeads({ ...selection, layer }, map.shape[1]) };
}

/** Opens one head, or all of a layer, in the head view. */
export function openHead(frame: Frame, view: ViewState, place: HeadsPlace): Act {
  return selectHeads(frame, { ...view, view: 'heads' }, place);
}
