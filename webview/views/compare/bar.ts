import { html, nothing, type TemplateResult } from 'lit';
import { layerNumber } from '../../../src/core/attention/layers.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import { maxSides, type Side } from '../../../src/core/compare/side.ts';
import type { PaneContent } from '../../../src/core/views/compare/content.ts';
import { words } from '../../../src/core/words/words.ts';
import type { Acting } from '../../act.ts';
import { compareIcon } from '../../controls/icons.ts';
import type { MenuItem } from '../../controls/menu.ts';
import type { Frame } from '../../state/frame.ts';

/** What the line above the pictures shows and changes. */
export interface CompareBar {
  readonly frame: Frame;
  readonly view: ViewState;
  readonly contents: readonly PaneContent<Frame>[];
  readonly act: Acting;
}

/** The menu of what can be put beside the run, and a button that removes each side again. */
export function bar(scene: CompareBar): TemplateResult {
  const { view, contents, act } = scene;
  const says = words().compare;
  const remove = (at: number): void =>
    act({ type: 'view', view: { ...view, compare: view.compare.filter((_, index) => index !== at) } });
  return html`
    <div class="bar" role="group" aria-label=${says.bar}>
      ${
        view.compare.length < maxSides
          ? html`<ta-menu .label=${says.add} .says=${says.addMeaning} .icon=${compareIcon}
              .items=${choicesOf(scene)}></ta-menu>`
          : nothing
      }
      ${view.compare.map((_, at) => {
        const title = contents.find(({ run, isDifference }) => run === at + 1 && !isDifference)?.title ?? '';
        return html`<button class="side" title=${says.removeMeaning} aria-label=${says.remove(title)}
          @click=${() => remove(at)}><span>${title}</span> ×</button>`;
      })}
    </div>
  `;
}

/** Nothing is compared yet: what could be. */
export function emptyState(scene: CompareBar): TemplateResult {
  const says = words().compare;
  return html`
    <div class="body">
      <h2>${says.empty}</h2>
      <p>${says.emptyAdvice}</p>
      ${choicesOf(scene).map(
        ({ name, says: meaning, choose }) =>
          html`<p><button class="link" title=${meaning} @click=${choose}>${name}</button> <span class="says">${meaning}</span></p>`,
      )}
    </div>
  `;
}

function choicesOf({ frame, view, act }: CompareBar): readonly MenuItem[] {
  const says = words().compare;
  const add = (side: Side): void => act({ type: 'view', view: { ...view, compare: [...view.compare, side] } });
  const [layers, heads] = frame.map.shape;
  return [
    { ...says.anotherModel, choose: () => act({ type: 'command', command: 'compareModel' }) },
    { ...says.anotherText, choose: () => act({ type: 'command', command: 'compareText' }) },
    ...(layers * heads > 1 ? [{ ...says.anotherHead, choose: () => add({ at: nextPlace(frame) }) }] : []),
    ...(frame.info.edits ? [{ ...says.unedited, choose: () => add({ unedited: true }) }] : []),
  ];
}

/** The head after the one that is shown: of the same layer, or the first of the next one. */
function nextPlace({ map, selection }: Frame): NonNullable<Side['at']> {
  const [layers, heads] = map.shape;
  const { layer, head } = selection;
  const next = head === null ? 0 : head + 1;
  return next < heads
    ? { layer: layerNumber(map, layer), head: next }
    : { layer: layerNumber(map, (layer + 1) % layers), head: 0 };
}
