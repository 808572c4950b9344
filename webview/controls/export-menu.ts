import { html, type TemplateResult } from 'lit';
import { panelFormats } from '../../src/core/export/panel-format.ts';
import type { Acting } from '../act.ts';
import { exportIcon } from './icons.ts';
import type { MenuItem } from './menu.ts';
import { words } from '../../src/core/words/words.ts';

/** The Export button and its menu: one item a format, and the picture to the clipboard. */
export function exportMenu(act: Acting): TemplateResult {
  const says = words().toolbar;
  const items: MenuItem[] = [
    ...panelFormats.map((format) => ({ ...words().formats[format], choose: () => act({ type: 'export', format }) })),
    { name: says.copyImage, says: says.copyImageMeaning, choose: () => act({ type: 'copy' }) },
  ];
  return html`<ta-menu .label=${says.export} .says=${says.exportMeaning}
    .icon=${exportIcon} .items=${items}></ta-menu>`;
}
