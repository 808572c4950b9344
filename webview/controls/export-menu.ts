import { html, type TemplateResult } from 'lit';
import { formatWords, panelFormats } from '../../src/core/export/panel-format.ts';
import type { Acting } from '../act.ts';
import { exportIcon } from './icons.ts';
import type { MenuItem } from './menu.ts';

/** The Export button and its menu: one item a format, and the picture to the clipboard. */
export function exportMenu(act: Acting): TemplateResult {
  const items: MenuItem[] = [
    ...panelFormats.map((format) => ({ ...formatWords[format], choose: () => act({ type: 'export', format }) })),
    { name: 'Copy as image', says: 'the picture, to the clipboard', choose: () => act({ type: 'copy' }) },
  ];
  return html`<ta-menu .label=${'Export'} .says=${'Export: write what is shown to a file, or copy it as an image.'}
    .icon=${exportIcon} .items=${items}></ta-menu>`;
}
