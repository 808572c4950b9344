import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { headTitle, roleText } from '../../src/core/attention/role-words.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import type { LayerNumber } from '../../src/core/attention/layers.ts';
import type { Merge } from '../../src/core/attention/merge.ts';
import { allHeads, noHeads, soloHead, toggleHead, type Selection } from '../../src/core/attention/selection.ts';
import { cssOf, textOn } from '../../src/core/color/srgb.ts';
import type { Acting } from '../act.ts';
import { withKey } from '../state/keyboard.ts';
import { styled } from '../styles/styled.ts';
import type { Palette } from '../../src/core/color/palette.ts';
import { arrowStep } from './roving.ts';
import { words } from '../../src/core/words/words.ts';

/**
 * What the chips show and do. `layer` is what is shown of the layers, by its number, `roles` are the summaries of the
 * layer's heads.
 */
export interface ChipScene {
  readonly selection: Selection;
  readonly layer: LayerNumber | Merge;
  readonly merge: Merge;
  readonly count: number;
  readonly roles: readonly HeadSummary[] | null;
  readonly palette: Palette;
  readonly act: Acting;
}

/**
 * One chip a head: a click switches it, a double click (or Alt or Shift with a click) shows it alone. One tab stop for
 * all; the arrow keys go from chip to chip.
 */
export function headChips(scene: ChipScene): TemplateResult {
  const { selection, count, merge, act } = scene;
  const all = selection.heads.length === count;
  const mean = selection.head === null;
  const says = words().toolbar;
  return html`
    <div class="chips" role="group" aria-label=${says.heads} @keydown=${rove}>
      <div class="strip">${Array.from({ length: count }, (_, head) => chip(scene, head))}</div>
      <button class="text" tabindex="-1" aria-label=${says.allName}
        title=${all ? says.noneMeaning : withKey(says.allMeaning, 'a')}
        aria-pressed=${all}
        @click=${() => act({ type: 'select', selection: all ? noHeads(selection) : allHeads(selection, count) })}>${says.all}</button>
      <button class="text none" tabindex="-1" aria-label=${says.noneName}
        title=${says.noneMeaning} aria-pressed=${selection.heads.length === 0}
        @click=${() => act({ type: 'select', selection: noHeads(selection) })}>${says.none}</button>
      <button
        class="text"
        tabindex="-1"
        aria-label=${says.mergeNames[merge]}
        title=${says.mergeMeanings[merge]}
        aria-pressed=${mean && selection.heads.length > 0}
        ?disabled=${selection.heads.length < 2}
        @click=${() => act({ type: 'select', selection: { ...selection, head: null } })}
      >${says.merges[merge]}</button>
    </div>
  `;
}

function chip({ selection, layer, roles, palette, act }: ChipScene, head: number): TemplateResult {
  const on = selection.heads.includes(head);
  const spoken = selection.head === head;
  const color = palette.colorOf(head);
  const summary = roles?.[head];
  const named = summary ? roleText(summary) : null;
  const title = summary ? headTitle(summary) : null;
  const { toolbar: says, names } = words();
  const name = names.headOf(layer, head);
  const what = named === null ? name : says.namedHead(name, named);
  const click = (event: MouseEvent): void => {
    act({
      type: 'select',
      selection: event.altKey || event.shiftKey ? soloHead(selection, head) : toggleHead(selection, head),
    });
  };
  return html`
    <button
      class="chip ${spoken && selection.heads.length > 1 ? 'spoken' : ''}"
      data-head=${head}
      tabindex=${head === (selection.head ?? selection.heads[0] ?? 0) ? 0 : -1}
      aria-pressed=${on}
      aria-label=${spoken ? says.inFocus(what) : what}
      title=${says.headMeaning(name, title)}
      ${styled(on ? { 'background-color': cssOf(color), 'border-color': cssOf(color), color: cssOf(textOn(color)) } : {})}
      @click=${click}
      @dblclick=${() => act({ type: 'select', selection: soloHead(selection, head) })}
    >${head}${pattern(palette, head)}</button>
  `;
}

/** The pattern of the head's lines, where colour alone does not tell it from the others. */
function pattern(palette: Palette, head: number): TemplateResult | typeof nothing {
  const { dash, width } = palette.strokeOf(head);
  if (!palette.contrast && dash.length === 0) return nothing;
  return html`<svg width="16" height="4" aria-hidden="true">${svg`<line x1="0" x2="16" y1="2" y2="2"
    stroke="currentColor" stroke-width=${1.2 * width} stroke-dasharray=${dash.join(' ') || 'none'}></line>`}</svg>`;
}

function rove(event: KeyboardEvent): void {
  const by = arrowStep(event);
  const group = event.currentTarget;
  if (by === 0 || !(group instanceof HTMLElement)) return;
  const buttons = [...group.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')].filter((button) =>
    button.checkVisibility(),
  );
  const at = buttons.findIndex((button) => button === event.target);
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}

/** The looks of the chips. */
export const chipStyles = css`
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    min-width: 0;
  }

  /* With room enough chips and words flow as one. */
  .strip {
    display: contents;
  }

  .chip {
    position: relative;
    min-width: 22px;
    height: 22px;
    padding: 0 3px;
    border-color: var(--ta-control-border);
    border-radius: 4px;
    color: var(--ta-dim);
    font-size: 0.85em;
    line-height: 18px;
  }

  .chip[aria-pressed='true'] {
    font-weight: 600;
  }

  .chip.spoken {
    box-shadow: 0 0 0 1px var(--vscode-editor-background), 0 0 0 2px var(--ta-focus);
  }

  .chip svg {
    position: absolute;
    inset: auto 0 1px;
    width: 100%;
  }

  .text {
    height: 22px;
    padding: 0 5px;
    color: var(--ta-dim);
    font-size: 0.92em;
    line-height: 18px;
  }

  .text[aria-pressed='true']:not(:disabled) {
    border-color: var(--ta-control-border);
    color: var(--vscode-foreground);
  }

  /* In a narrow panel one row: the chips scroll, the words stay. The room around the chips is for their outlines. */
  @media (max-width: 420px) {
    .chips {
      flex-wrap: nowrap;
      gap: 0;
    }

    .strip {
      display: flex;
      flex: 0 1 auto;
      gap: 2px;
      min-width: 0;
      padding: 3px;
      overflow: auto hidden;
      animation: more-right linear;
      animation-timeline: scroll(self inline);
      animation-range: 0 calc(100% - 8px);
      scroll-padding-inline: 3px;
      scrollbar-width: thin;
    }

    .chip {
      flex: none;
    }

    .text {
      flex: none;
      align-self: center;
      padding: 0 3px;
    }

    /* A second click on ‘all’ does the same. */
    .none {
      display: none;
    }
  }
`;
