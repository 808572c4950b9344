import { css, html, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';
import { words } from '../../src/core/words/words.ts';

/**
 * The smallest and largest share of the room below the sentence that the pane may take, and the one it has at first.
 */
export const minPane = 0.15;
export const maxPane = 0.7;
export const firstPane = 0.36;
/** How far an arrow key moves the edge. */
const keyStep = 0.05;

/**
 * The edge between the view and the inspector below it, which is dragged or moved by the arrow keys (Home and End: as
 * far as it goes; a double click puts it back). `share` is what the pane takes of the room of both.
 */
export function paneEdge(share: number, act: Acting): TemplateResult {
  const set = (wanted: number): void => act({ type: 'pane', share: Math.min(maxPane, Math.max(minPane, wanted)) });
  const pressed = (event: KeyboardEvent): void => {
    const wanted = keyed(event.key, share);
    if (wanted === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    set(wanted);
  };
  return html`<div
      class="edge"
      role="separator"
      tabindex="0"
      aria-orientation="horizontal"
      aria-label=${words().inspector.edge}
      aria-controls="details"
      aria-valuemin=${percent(minPane)}
      aria-valuemax=${percent(maxPane)}
      aria-valuenow=${percent(share)}
      title=${words().inspector.edgeMeaning}
      @keydown=${pressed}
      @dblclick=${() => set(firstPane)}
      @pointerdown=${(event: PointerEvent) => drag(event, set)}
    ></div>`;
}

function keyed(key: string, share: number): number | null {
  switch (key) {
    case 'ArrowUp':
      return share + keyStep;
    case 'ArrowDown':
      return share - keyStep;
    case 'Home':
      return minPane;
    case 'End':
      return maxPane;
    default:
      return null;
  }
}

/** Follows the pointer until it is let go. */
function drag(down: PointerEvent, set: (share: number) => void): void {
  const { currentTarget: edge, pointerId } = down;
  if (!(edge instanceof HTMLElement) || down.button !== 0) return;
  const both = edge.parentElement;
  edge.setPointerCapture(pointerId);
  const done = new AbortController();
  const { signal } = done;
  edge.addEventListener(
    'pointermove',
    ({ clientY }) => {
      const { bottom = 0, height = 0 } = both?.getBoundingClientRect() ?? {};
      if (height > 0) set((bottom - clientY) / height);
    },
    { signal },
  );
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
    edge.addEventListener(end, () => done.abort(), { signal });
}

function percent(share: number): number {
  return Math.round(100 * share);
}

/** The looks of the edge: a rule that is easier to catch than it is wide. */
export const paneEdgeStyles = css`
  .edge {
    position: relative;
    flex: none;
    height: 9px;
    margin-block: -4px;
    z-index: 1;
    cursor: row-resize;
    touch-action: none;
    outline: none;
  }

  .edge::after {
    content: '';
    position: absolute;
    inset: 4px 0 auto;
    height: 1px;
    background: var(--ta-rule);
  }

  .edge:hover::after,
  .edge:focus-visible::after {
    inset-block-start: 3px;
    height: 3px;
    background: var(--ta-focus);
  }
`;
