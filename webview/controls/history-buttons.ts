import { html, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';
import { withKey } from '../state/keyboard.ts';
import { words } from '../../src/core/words/words.ts';

/** Back to where the person was before, and forward again. */
export function historyButtons(canGoBack: boolean, canGoForward: boolean, act: Acting): TemplateResult {
  const says = words().toolbar;
  return html`
    <button aria-label=${says.back} title=${withKey(says.backMeaning, 'Alt+←')}
      ?disabled=${!canGoBack} @click=${() => act({ type: 'back' })}>←</button>
    <button aria-label=${says.forward} title=${withKey(says.forwardMeaning, 'Alt+→')}
      ?disabled=${!canGoForward} @click=${() => act({ type: 'forward' })}>→</button>
  `;
}
