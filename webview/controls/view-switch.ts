import { css, html, type TemplateResult } from 'lit';
import type { ViewState } from '../../src/core/attention/view.ts';
import { buttonOf, buttonViews, type ViewName } from '../../src/core/views/table.ts';
import type { Acting } from '../act.ts';
import { withKey } from '../state/keyboard.ts';
import { roveRadios } from './roving.ts';
import { words } from '../../src/core/words/words.ts';

/** One button a view, one tab stop for all: the arrow keys go from view to view and show it at once. */
export function viewSwitch(state: ViewState, act: Acting): TemplateResult {
  const show = (view: ViewName): void => act({ type: 'view', view: { ...state, view } });
  const shown = buttonOf(state.view);
  return html`
    <div class="views" role="radiogroup" aria-label=${words().toolbar.view}
      @keydown=${(event: KeyboardEvent) => roveRadios(event, buttonViews, buttonViews.indexOf(shown), show)}>
      ${buttonViews.map(
        (view, index) => html`
        <button
          role="radio"
          data-view=${view}
          aria-checked=${view === shown}
          aria-label=${words().views.names[view].name}
          tabindex=${view === shown ? 0 : -1}
          title=${withKey(`${words().views.names[view].says}: ${words().views.names[view].meaning}`, String(index + 1))}
          @click=${() => show(view)}
        >${nameOf(view)}</button>
      `,
      )}
    </div>
  `;
}

/** The name of a view; in a narrow panel the short one, where there is one. */
function nameOf(view: ViewName): TemplateResult | string {
  const { name, short } = words().views.names[view];
  return short === undefined ? name : html`<span class="long">${name}</span><span class="short">${short}</span>`;
}

/** The looks of the switch. */
export const viewSwitchStyles = css`
  .views {
    display: flex;
    padding: 1px;
    border: 1px solid var(--ta-control-border);
    border-radius: 5px;
  }

  .views button {
    border-radius: 4px;
    padding: 0 8px;
    color: var(--ta-dim);
    line-height: 20px;
    white-space: nowrap;
  }

  .views button[aria-checked='true'] {
    border-color: var(--ta-control-border);
    background-color: var(--ta-chosen);
    color: var(--vscode-foreground);
  }

  .short {
    display: none;
  }

  @media (max-width: 420px) {
    .long {
      display: none;
    }

    .short {
      display: inline;
    }

    /* All of the first row but for the three buttons of the menus. */
    .views {
      flex: 1 1 calc(100% - 84px);
    }

    .views button {
      flex: 1 1 auto;
      padding: 0 4px;
    }
  }

  @media (max-width: 400px) {
    .views button {
      padding: 0 1px;
    }
  }

  @media (max-width: 380px) {
    .views {
      flex-basis: 100%;
    }
  }
`;
