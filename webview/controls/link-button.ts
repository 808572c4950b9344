import { html, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';
import { linkIcon } from './icons.ts';
import { words } from '../../src/core/words/words.ts';

/** The button that puts a link to what is shown onto the clipboard. */
export function linkButton(act: Acting): TemplateResult {
  return html`<button aria-label=${words().toolbar.link}
    title=${words().toolbar.linkMeaning}
    @click=${() => act({ type: 'link' })}>${linkIcon}</button>`;
}
