import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** A line drawing of 14 pixels in the colour of the text; it says nothing by itself, so its button needs a name. */
function icon(lines: SVGTemplateResult): TemplateResult {
  return html`<svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${lines}</svg>`;
}

/** A funnel. */
export const filterIcon = icon(svg`<path d="M2 3h12L9.5 8.5V13l-3-1.5v-3z"/>`);

/** An arrow out of a tray. */
export const exportIcon = icon(svg`<path d="M8 10V2.5M5 5.2 8 2.2l3 3M2.5 9.5v4h11v-4"/>`);

/** Two links of a chain. */
export const linkIcon = icon(
  svg`<path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.9.9"/><path
    d="M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.9-.9"/>`,
);

/** Three dots. */
export const moreIcon = icon(svg`<path stroke-width="2.2" d="M3 8h.01M8 8h.01M13 8h.01"/>`);

/** Two pictures side by side. */
export const compareIcon = icon(svg`<path d="M2.5 3.5h4v9h-4zM9.5 3.5h4v9h-4z"/>`);
