import { html, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';

/** Back to where the person was before, and forward again. */
export function historyButtons(canGoBack: boolean, canGoForward: boolean, act: Acting): TemplateResult {
  return html`
    <button aria-label="Back" title="Back to where you were before (Alt+←)" ?disabled=${!canGoBack} @click=${() => act({ type: 'back' })}>←</button>
    <button aria-label="Forward" title="Forward again (Alt+→)" ?disabled=${!canGoForward} @click=${() => act({ type: 'forward' })}>→</button>
  `;
}
