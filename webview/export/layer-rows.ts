import { layerNumbers, otherLayers, type LayerNumber, type OtherLayers } from '../../src/core/attention/layers.ts';
import { meaningOfOthers, rowOfOthers } from '../../src/core/attention/layer-words.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import { words } from '../../src/core/words/words.ts';
import { element } from './element.ts';

/**
 * Fills the rows of all layers of a hybrid in their order: those that attend can be chosen, the others say what they
 * are. Nothing where all layers attend.
 */
export function fillLayerRows(list: HTMLElement, map: MapInfo, layer: number, choose: (layer: number) => void): void {
  const others = otherLayers(map);
  list.hidden = others.length === 0;
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['layer'] : undefined;
  const numbers = layerNumbers(map);
  list.replaceChildren(
    ...(list.hidden
      ? []
      : [...numbers, null].flatMap((number, at) => [
          ...others.filter(({ before }) => before === at).map(otherRow),
          ...(number === null ? [] : [layerRow(number, at === layer, () => choose(at))]),
        ])),
  );
  if (focused !== undefined) list.querySelector<HTMLElement>(`[data-layer="${Number(focused)}"]`)?.focus();
}

function layerRow(number: LayerNumber, isShown: boolean, choose: () => void): HTMLElement {
  const button = element(
    'button',
    { 'aria-pressed': String(isShown), 'data-layer': String(number), 'aria-label': words().names.layer(number) },
    String(number),
  );
  button.addEventListener('click', choose);
  return element('li', {}, button);
}

function otherRow(others: OtherLayers): HTMLElement {
  return element('li', { class: 'other', title: meaningOfOthers(others) }, rowOfOthers(others));
}
