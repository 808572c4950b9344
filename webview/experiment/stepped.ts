import { css, html, type TemplateResult } from 'lit';

/** A number that a slider chooses, from steps; it is told while it is dragged, and chosen when it is let go. */
export interface Stepped {
  readonly name: string;
  readonly meaning: string;
  readonly steps: readonly number[];
  readonly value: number;
  readonly text: (value: number) => string;
  readonly choose: (value: number) => void;
}

/** A slider over steps, with its number beside it. */
export function stepped({ name, meaning, steps, value, text, choose }: Stepped): TemplateResult {
  const at = nearest(steps, value);
  const stepOf = (event: Event): number => {
    const { target } = event;
    return target instanceof HTMLInputElement ? (steps[Number(target.value)] ?? value) : value;
  };
  const tell = (event: Event): void => {
    const { target } = event;
    if (!(target instanceof HTMLInputElement)) return;
    const told = text(stepOf(event));
    target.setAttribute('aria-valuetext', told);
    const output = target.nextElementSibling;
    if (output) output.textContent = told;
  };
  const chosen = (event: Event): void => {
    const wanted = stepOf(event);
    if (wanted !== value) choose(wanted);
  };
  return html`<label class="stepped" title=${meaning}><span>${name}</span><input type="range" min="0"
    max=${steps.length - 1} step="1" .value=${String(at)} aria-valuetext=${text(value)} @input=${tell}
    @change=${chosen}><output .textContent=${text(value)}></output></label>`;
}

/** The index of the step that is nearest to a value. */
function nearest(steps: readonly number[], value: number): number {
  return steps.reduce(
    (best, step, at) => (Math.abs(step - value) < Math.abs((steps[best] ?? Infinity) - value) ? at : best),
    0,
  );
}

/** The looks of sliders. */
export const steppedStyles = css`
  .stepped {
    display: grid;
    grid-template-columns: 7em minmax(0, 1fr) 3.6em;
    align-items: center;
    gap: 8px;
    min-height: 24px;
  }

  .stepped output {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
`;
