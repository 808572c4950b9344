import { html, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';

/** The button that puts a link to what is shown onto the clipboard. */
export function linkButton(act: Acting): TemplateResult {
  return html`
    <button aria-label="Copy link" title="Copy a link that opens this text, selection and view again" @click=${() => act({ type: 'link' })}>
      <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" aria-hidden="true">
        <path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.9.9"/>
        <path d="M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.9-.9"/>
      </svg>
    </button>
  `;
}
