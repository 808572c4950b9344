import { html, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';
import { linkIcon } from './icons.ts';

/** The button that puts a link to what is shown onto the clipboard. */
export function linkButton(act: Acting): TemplateResult {
  return html`<button aria-label="Copy link"
    title="Copy a link that opens this text, model, selection and view again; it holds none of the text."
    @click=${() => act({ type: 'link' })}>${linkIcon}</button>`;
}
