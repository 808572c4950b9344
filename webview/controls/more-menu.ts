import { html, type TemplateResult } from 'lit';
import type { Acting } from '../act.ts';
import { moreIcon } from './icons.ts';
import type { MenuItem } from './menu.ts';
import { words } from '../../src/core/words/words.ts';

/** What has a button of its own in a wide panel and none in a narrow one. */
export function moreMenu(canGoBack: boolean, canGoForward: boolean, act: Acting): TemplateResult {
  const says = words().toolbar;
  const items: MenuItem[] = [
    { name: says.back, says: says.backKey, disabled: !canGoBack, choose: () => act({ type: 'back' }) },
    { name: says.forward, says: says.forwardKey, disabled: !canGoForward, choose: () => act({ type: 'forward' }) },
    { name: says.link, says: says.linkHolds, choose: () => act({ type: 'link' }) },
    { name: says.help, says: '?', choose: () => act({ type: 'help' }) },
  ];
  return html`<ta-menu .label=${says.more} .says=${says.moreMeaning} .icon=${moreIcon}
    .bare=${true} .items=${items}></ta-menu>`;
}
