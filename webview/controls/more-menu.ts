import { html, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';
import { moreIcon } from './icons.ts';
import type { MenuItem } from './menu.ts';

/** What has a button of its own in a wide panel and none in a narrow one. */
export function moreMenu(canGoBack: boolean, canGoForward: boolean, act: Acting): TemplateResult {
  const items: MenuItem[] = [
    { name: 'Back', says: 'Alt+←', disabled: !canGoBack, choose: () => act({ type: 'back' }) },
    { name: 'Forward', says: 'Alt+→', disabled: !canGoForward, choose: () => act({ type: 'forward' }) },
    { name: 'Copy link', says: 'text, selection and view', choose: () => act({ type: 'link' }) },
    { name: 'Help', says: '?', choose: () => act({ type: 'help' }) },
  ];
  return html`<ta-menu .label=${'More'} .says=${'More: go back and forward, copy a link, help.'} .icon=${moreIcon}
    .bare=${true} .items=${items}></ta-menu>`;
}
