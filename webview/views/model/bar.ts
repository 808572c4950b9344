import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { orderMeaning, orderName } from '../../../src/core/attention/metric-words.ts';
import { headOrders, type HeadOrder } from '../../../src/core/attention/order.ts';
import { cssOf, type Rgb } from '../../../src/core/color/srgb.ts';
import { effectsButton, effectsLine, type EffectsScene } from '../../controls/effects-line.ts';
import { withKey } from '../../state/keyboard.ts';
import { styled } from '../../styles/styled.ts';
import { words } from '../../../src/core/words/words.ts';

/** Steps by which the thumbnails can be made larger or smaller. */
export const zoomSteps = 6;

/** What the bar above the thumbnails shows and changes. */
export interface BarScene {
  readonly order: HeadOrder;
  /** The colour of the head that has the keyboard. */
  readonly color: Rgb;
  /** From −zoomSteps to zoomSteps. */
  readonly zoom: number;
  readonly reorder: (order: HeadOrder) => void;
  readonly resize: (zoom: number) => void;
  readonly effects: EffectsScene;
}

/** The order of the heads, what the colours mean, and buttons for the size of the thumbnails. */
export function bar({ order, color, zoom, reorder, resize, effects }: BarScene): TemplateResult {
  const says = words().views;
  const reordered = ({ target }: Event): void => {
    const chosen =
      target instanceof HTMLElement && 'selectedIndex' in target ? headOrders[Number(target.selectedIndex)] : undefined;
    if (chosen) reorder(chosen);
  };
  return html`
    <div class="bar">
      <vscode-single-select
        label=${says.order}
        title=${orderMeaning(order)}
        .selectedIndex=${headOrders.indexOf(order)}
        @change=${reordered}
      >
        ${headOrders.map(
          (one) => html`<vscode-option value=${one}
          ?selected=${one === order}>${orderName(one)}</vscode-option>`,
        )}
      </vscode-single-select>
      <span
        class="legend"
        title=${says.colourOfStrongest}
      >
        0<span
          class="ramp"
          ${styled({ 'background-image': `linear-gradient(to right, ${cssOf(color, 0.06)}, ${cssOf(color)})` })}
        ></span
        >1, ${says.colour}
      </span>
      ${effects.effects.isPredicted ? effectsButton(effects) : nothing}
      <span class="sizes" role="group" aria-label=${says.size}>
        <button
          aria-label=${says.smaller}
          title=${withKey(says.smallerMeaning, says.inGrid('−'))}
          ?disabled=${zoom <= -zoomSteps}
          @click=${() => resize(zoom - 1)}
        >
          −
        </button>
        <button
          aria-label=${says.larger}
          title=${withKey(says.largerMeaning, says.inGrid('+'))}
          ?disabled=${zoom >= zoomSteps}
          @click=${() => resize(zoom + 1)}
        >
          +
        </button>
      </span>
      ${effectsLine(effects)}
    </div>
  `;
}
