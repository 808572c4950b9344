import { layerNumber, layerNumbers, nearestIndex } from '../../src/core/attention/layers.ts';
import type { PageData, Shown } from './data.ts';
import { element } from './element.ts';
import { words } from '../../src/core/words/words.ts';

/**
 * Fills the page's head: the title and the choosers of map, layer and head. A chooser that has the keyboard keeps it.
 */
export function fillChoices(header: HTMLElement, data: PageData, shown: Shown, choose: (next: Shown) => void): void {
  const says = words().page;
  const { maps, model } = data.info;
  const ofMap = data.map(shown.map);
  const [, heads] = ofMap.shape;
  const focused = document.activeElement?.id;
  header.replaceChildren(
    element('h1', {}, says.heading(model)),
    ...(maps.length > 1
      ? [
          chooser(
            'map',
            says.map,
            maps.map(({ name }) => says.maps[name]),
            shown.map,
            (map) => choose(onMap(data, shown, map)),
          ),
        ]
      : []),
    chooser('layer', says.layer, layerNumbers(ofMap).map(String), shown.layer, (layer) => choose({ ...shown, layer })),
    chooser('head', says.head, [...numbers(heads), says.meanOf(heads)], shown.head ?? heads, (head) =>
      choose({ ...shown, head: head === heads ? null : head }),
    ),
  );
  if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
}

/** What is shown of another map: the same layer where it has one, the mean of its heads. */
function onMap(data: PageData, shown: Shown, map: number): Shown {
  const number = layerNumber(data.map(shown.map), shown.layer);
  return { map, layer: nearestIndex(data.map(map), number), head: null };
}

function chooser(
  id: string,
  name: string,
  options: readonly string[],
  chosen: number,
  choose: (index: number) => void,
): HTMLElement {
  const select = element('select', { id });
  options.forEach((option, index) => select.append(element('option', { value: String(index) }, option)));
  select.selectedIndex = chosen;
  select.addEventListener('change', () => choose(select.selectedIndex));
  return element('label', { for: id }, name, select);
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}
