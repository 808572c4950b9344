import { html, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';
import { withKey } from '../state/keyboard.ts';

/** Back to where the person was before, and forward again. */
export function historyButtons(canGoBack: boolean, canGoForward: boolean, act: Acting): TemplateResult {
  return html`
    <button aria-label="Back" title=${withKey('Go back to the selection and view before this one.', 'Alt+←')}
      ?disabled=${!canGoBack} @click=${() => act({ type: 'back' })}>←</button>
    <button aria-label="Forward" title=${withKey('Go forward again, after going back.', 'Alt+→')}
      ?disabled=${!canGoForward} @click=${() => act({ type: 'forward' })}>→</button>
  `;
}
