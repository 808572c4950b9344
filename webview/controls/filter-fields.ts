import { html, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { words } from '../../src/core/words/words.ts';

/** A control with its name before it. */
export function row(name: string, control: TemplateResult): TemplateResult {
  return html`<div class="row"><span class="name" aria-hidden="true">${name}</span>${control}</div>`;
}

/** A box to tick; `set` hears what it becomes. */
export function check(
  { label, says }: { readonly label: string; readonly says: string },
  on: boolean,
  set: (on: boolean) => void,
): TemplateResult {
  return html`<vscode-checkbox
    label=${label}
    title=${says}
    .checked=${on}
    @change=${() => set(!on)}
  ></vscode-checkbox>`;
}

/** A field for a number; null leaves it empty, and nothing can be typed. */
export function amount(
  label: string,
  value: number | null,
  min: number,
  max: number,
  set: (value: number) => void,
): TemplateResult {
  const changed = (event: Event): void => {
    const field = event.currentTarget;
    const wanted = field instanceof HTMLElement && 'value' in field ? Number(field.value) : NaN;
    if (Number.isFinite(wanted) && wanted >= min) set(Math.min(max, Math.round(wanted)));
  };
  return html`<vscode-textfield
    type="number"
    .label=${label}
    title=${words().filterMenu.amount(label, min, max)}
    min=${min}
    max=${max}
    .value=${value === null ? '' : String(value)}
    ?disabled=${value === null}
    @change=${changed}
  ></vscode-textfield>`;
}
