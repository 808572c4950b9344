import { html, type TemplateResult } from 'lit';
import { panelFormatsOf } from '../../src/core/export/panel-format.ts';
import type { ViewName } from '../../src/core/views/table.ts';
import type { Acting } from '../act.ts';
import { exportIcon, linkIcon, moreIcon } from './icons.ts';
import type { MenuItem } from './menu.ts';
import { words } from '../../src/core/words/words.ts';
import { withKey } from '../state/keyboard.ts';

/** The Export button and its menu: one item a format, and the picture to the clipboard. */
export function exportMenu(view: ViewName, act: Acting): TemplateResult {
  const says = words().toolbar;
  const items: MenuItem[] = [
    ...panelFormatsOf(view).map((format) => ({
      ...words().formats[format],
      choose: () => act({ type: 'export', format }),
    })),
    { name: says.copyImage, says: says.copyImageMeaning, choose: () => act({ type: 'copy' }) },
  ];
  return html`<ta-menu .label=${says.export} .says=${says.exportMeaning}
    .icon=${exportIcon} .items=${items}></ta-menu>`;
}

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

/** The button that puts a link to what is shown onto the clipboard. */
export function linkButton(act: Acting): TemplateResult {
  return html`<button aria-label=${words().toolbar.link}
    title=${words().toolbar.linkMeaning}
    @click=${() => act({ type: 'link' })}>${linkIcon}</button>`;
}

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
