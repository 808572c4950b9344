import { css, html, nothing, type TemplateResult } from 'lit';
import { plainOptions, type ViewState } from '../../src/core/attention/view.ts';
import { filterWords } from '../../src/core/attention/filter-words.ts';
import { rowNames, rowText, type RowChoice } from '../../src/core/attention/row-names.ts';
import { hasSteps } from '../../src/core/attention/steps.ts';
import type { Acting } from '../act.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import type { Frame } from '../state/frame.ts';
import { withKey } from '../state/keyboard.ts';
import type { Picture } from '../state/frame.ts';
import { labelAt, quoted } from '../words/label.ts';
import { words } from '../../src/core/words/words.ts';
import { marked } from './term.ts';

/** What the line needs; `picture` is null when the options hide everything. */
export interface FilterScene {
  readonly frame: Frame;
  readonly picture: Picture | null;
  readonly view: ViewState;
  readonly act: Acting;
}

/** The terms that the line may name. */
const filterTerms = ['special-token', 'renormalising'] as const;

/**
 * One line that says in words what is filtered, with a way out: a filter that is on is never invisible. With one step
 * at a time it also moves from step to step.
 */
export function filterLine({ frame, picture, view, act }: FilterScene): TemplateResult | typeof nothing {
  const says = words().filterMenu;
  const filters = filterWords(view.options, frame.map);
  if (filters.length === 0) return nothing;
  const reset = (): void => act({ type: 'view', view: { ...view, options: plainOptions } });
  return html`
    <div class="filters" role="group" aria-label=${says.on}>
      <span class="on">${marked(filters.join(' · '), filterTerms, act)}</span>
      ${view.options.step !== null && hasSteps(frame.map) ? stepper(frame, view.options.step, view.options.rows, act) : nothing}
      <button class="link" title=${says.resetMeaning} @click=${reset}>${says.resetLine}</button>
    </div>
    ${
      picture
        ? nothing
        : html`<div class="page"
      role="status"><h1>${says.nothingLeft}</h1><p>${says.nothingLeftAdvice}</p></div>`
    }
  `;
}

function stepper(frame: Frame, step: number, rows: RowChoice, act: Acting): TemplateResult {
  const count = frame.map.shape[2];
  const name = rowNames(frame.map, frame.info.sequences, 'tokens')?.[step];
  const label = name ? rowText(name, rows) : labelAt(sequenceOn(frame, 'query'), step);
  const says = words().filterMenu;
  const token = html`<span class="token" title=${label}>${quoted(label)}</span>`;
  const go = (by: number) => () =>
    act({ type: 'select', selection: { ...frame.selection, token: { side: 'query', index: step + by } } });
  return html`
    <span class="stepper" role="group" aria-label=${says.stepName}>
      <button aria-label=${says.stepBefore} title=${withKey(says.stepBeforeMeaning, '←')}
        ?disabled=${step === 0} @click=${go(-1)}>‹</button>
      <span>${says.stepOf(html`<b class="at">${step}</b>`, count - 1, token)}</span>
      <button aria-label=${says.stepAfter} title=${withKey(says.stepAfterMeaning, '→')}
        ?disabled=${step === count - 1} @click=${go(1)}>›</button>
    </span>
  `;
}

/** The looks of the line. */
export const filterLineStyles = css`
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 14px;
    padding: 4px 16px;
    border-bottom: 1px solid var(--ta-rule);
    line-height: 20px;
  }

  .filters .on {
    flex: 1 1 12em;
    min-width: 0;
    color: var(--ta-dim);
  }

  .filters .stepper {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }

  .filters .stepper button {
    width: 22px;
    padding: 0;
    border-color: var(--ta-control-border);
    line-height: 16px;
  }

  .filters .stepper > span {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .filters .token {
    font-family: var(--vscode-editor-font-family, monospace);
  }

  .filters .link {
    margin-inline-start: auto;
  }

  @media (max-width: 420px) {
    .filters {
      padding: 4px 8px;
    }
  }
`;
