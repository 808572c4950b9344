import { css, html, type TemplateResult } from 'lit';
import { roveRadios } from './roving.ts';

/** One of several values, each with its label and a word on what it does. */
export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly says: string;
}

/** A choice of one among a few: one tab stop, the arrow keys go from one to the next and choose it. */
export function choice<T>(
  name: string,
  choices: readonly Choice<T>[],
  value: T,
  choose: (value: T) => void,
): TemplateResult {
  const chosen = Math.max(
    0,
    choices.findIndex((one) => one.value === value),
  );
  return html`
    <div class="choice" role="radiogroup" aria-label=${name} @keydown=${(event: KeyboardEvent) =>
      roveRadios(
        event,
        choices.map((one) => one.value),
        chosen,
        choose,
      )}>
      ${choices.map(
        ({ value: own, label, says }, index) => html`
        <button role="radio" aria-checked=${index === chosen} tabindex=${index === chosen ? 0 : -1} title=${says}
          @click=${() => choose(own)}>${label}</button>
      `,
      )}
    </div>
  `;
}

/** The looks of a choice. */
export const choiceStyles = css`
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 1px;
    min-width: 0;
    padding: 1px;
    border: 1px solid var(--ta-control-border);
    border-radius: 5px;
  }

  .choice button {
    flex: 1 1 auto;
    border-radius: 4px;
    padding: 0 6px;
    color: var(--ta-dim);
    line-height: 18px;
    white-space: nowrap;
  }

  .choice button[aria-checked='true'] {
    border-color: var(--ta-control-border);
    background-color: var(--ta-chosen);
    color: var(--vscode-foreground);
  }
`;
