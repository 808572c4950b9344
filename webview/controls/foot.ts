import { css, html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import { editedText } from '../../src/core/attention/edited-words.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import { numbersText, sizeText } from '../../src/core/attention/model-words.ts';
import { isSelf } from '../../src/core/scene/frame.ts';
import { hasKeyboard, keysToPanel } from '../state/keyboard.ts';
import { keyHelp } from '../state/keys.ts';
import { keyCaps } from './help.ts';
import { words } from '../../src/core/words/words.ts';

/** How many keys the foot line names; the help overlay has them all. */
const keysShown = 3;

/** The last line: the model, the size of the picture, the time, how the attention was read, the main keys. */
export function footLine(info: AnalysisInfo, map: MapInfo): TemplateResult {
  const [, , queries, keys] = map.shape;
  const { load, run } = info.timing;
  const says = words().foot;
  const numbers = numbersText(info.model);
  return html`
    <footer role="group" aria-label=${says.name}>
      <span class="model" title=${info.model.id}>${info.model.id}</span>
      ${
        numbers === ''
          ? nothing
          : html`<span class="numbers"
        title=${says.formatMeaning}>${numbers}</span>`
      }
      ${info.edits ? html`<strong class="edited">${editedText(info)}</strong>` : nothing}
      <span>${sizeText(map)}</span>
      <span>${says.tokens(queries, keys, isSelf(map))}</span>
      ${
        map.normalised === false
          ? html`<span
        title=${says.notNormalisedMeaning}>${says.notNormalised}</span>`
          : nothing
      }
      <span
        title=${load > 0 ? says.loadAndRun(says.time(run), says.time(load)) : says.runTime}>${says.time(run)}</span>
      ${
        info.notes.length > 0
          ? html`
        <details class="how">
          <summary
            title=${says.howMeaning}>${says.how}</summary>
          ${keyed(info, html`<ul>${info.notes.map((note) => html`<li>${note}</li>`)}</ul>`)}
        </details>
      `
          : nothing
      }
      <span class="keys">${
        hasKeyboard()
          ? keyHelp()
              .slice(0, keysShown)
              .map(({ keys, short }) => html`<span>${keyCaps(keys)}${short}</span>`)
          : html`<span>${says.forKeys(html`${keyCaps(keysToPanel())}`)}</span>`
      }</span>
    </footer>
  `;
}

/** The looks of the foot line. */
export const footStyles = css`
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    padding: 4px 14px;
    border-top: 1px solid var(--ta-rule);
    color: var(--ta-dim);
    font-size: 0.92em;
    line-height: 18px;
  }

  footer > span {
    white-space: nowrap;
  }

  footer .model {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  footer .edited {
    min-width: 0;
    color: var(--vscode-foreground);
    overflow-wrap: anywhere;
  }

  footer summary {
    cursor: pointer;
    list-style-position: inside;
  }

  footer summary:hover {
    color: var(--vscode-foreground);
  }

  footer summary:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: 1px;
  }

  /* Open, it has a line of its own under the others. */
  footer .how[open] {
    order: 1;
    flex-basis: 100%;
  }

  footer .how ul {
    max-height: min(30vh, 160px);
    margin: 2px 0 4px;
    padding-inline-start: 18px;
    overflow: hidden auto;
    color: var(--vscode-foreground);
    line-height: 1.45;
    overflow-wrap: anywhere;
  }

  footer .keys {
    display: flex;
    gap: 12px;
    margin-inline-start: auto;
  }

  footer kbd {
    font-size: 0.92em;
    line-height: 14px;
  }

  @media (max-width: 800px) {
    footer .keys {
      display: none;
    }
  }

  @media (max-width: 420px) {
    footer {
      gap: 2px 10px;
      padding: 3px 8px;
    }
  }
`;
