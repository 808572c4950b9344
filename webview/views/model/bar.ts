import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { orderMeaning, orderName } from '../../../src/core/attention/metric-words.ts';
import { headOrders } from '../../../src/core/attention/order.ts';
import { roleCounts } from '../../../src/core/attention/role-filter.ts';
import type { HeadSummary } from '../../../src/core/attention/roles.ts';
import type { ViewState } from '../../../src/core/attention/view.ts';
import { cssOf, type Rgb } from '../../../src/core/color/srgb.ts';
import { effectsButton, effectsLine, type EffectsScene } from '../../controls/effects-line.ts';
import { named } from '../../controls/term.ts';
import { withKey } from '../../state/keyboard.ts';
import { styled } from '../../styles/styled.ts';
import { words } from '../../../src/core/words/words.ts';

/** Steps by which the thumbnails can be made larger or smaller. */
export const zoomSteps = 6;

/** What the bar above the thumbnails shows and changes. */
export interface BarScene {
  /** How the heads are ordered, and filtered by role. */
  readonly view: ViewState;
  /** The heads that there are. */
  readonly summaries: readonly (readonly HeadSummary[])[] | null;
  /** The colour of the head that has the keyboard. */
  readonly color: Rgb;
  /** From −zoomSteps to zoomSteps. */
  readonly zoom: number;
  readonly change: (view: ViewState) => void;
  readonly resize: (zoom: number) => void;
  readonly effects: EffectsScene;
}

/** The order of the heads, what the colours mean, and buttons for the size of the thumbnails. */
export function bar({ view, summaries, color, zoom, change, resize, effects }: BarScene): TemplateResult {
  const { order } = view;
  const says = words().views;
  const reordered = ({ target }: Event): void => {
    const chosen =
      target instanceof HTMLElement && 'selectedIndex' in target ? headOrders[Number(target.selectedIndex)] : undefined;
    if (chosen) change({ ...view, order: chosen });
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
      ${roleFilter({ view, summaries, change })}
      <span class="legend">
        0<span
          class="ramp"
          ${styled({ 'background-image': `linear-gradient(to right, ${cssOf(color, 0.06)}, ${cssOf(color)})` })}
        ></span
        >1, ${named('attention-weight', says.colour, effects.act, says.colourOfStrongest)}
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

/** Which role heads have to have, each with how many do; nothing where no head has one. */
function roleFilter({
  view,
  summaries,
  change,
}: Pick<BarScene, 'view' | 'summaries' | 'change'>): TemplateResult | typeof nothing {
  const { role } = view;
  const counts = roleCounts(summaries ?? []);
  if (counts.length === 0 && role === null) return nothing;
  const says = words().probe;
  const isOffered = role === null || counts.some((one) => one.role === role);
  const choices = isOffered ? counts : [...counts, { role, heads: 0 }];
  const chosen = ({ target }: Event): void => {
    const at = target instanceof HTMLElement && 'selectedIndex' in target ? Number(target.selectedIndex) : 0;
    change({ ...view, role: choices[at - 1]?.role ?? null });
  };
  return html`<vscode-single-select class="roles" label=${says.filter} title=${says.filterMeaning}
    .selectedIndex=${choices.findIndex((one) => one.role === role) + 1} @change=${chosen}>
    <vscode-option ?selected=${role === null}>${says.allRoles((summaries ?? []).flat().length)}</vscode-option>
    ${choices.map(
      (one) =>
        html`<vscode-option value=${one.role} ?selected=${one.role === role}>${says.choice(
          says.names[one.role],
          one.heads,
        )}</vscode-option>`,
    )}
  </vscode-single-select>`;
}

/** What a filter that leaves no head says, and the way back. */
export function noHead(showAll: () => void): TemplateResult {
  const says = words().probe;
  return html`<p class="note">${says.noneHasRole} <button class="link" @click=${showAll}>${says.showAllHeads}</button></p>`;
}
