import { css, html, nothing, type TemplateResult } from 'lit';
import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import { isSelf } from '../state/frame.ts';
import { keyHelp } from '../state/keys.ts';
import { countText, timeText } from '../words/numbers.ts';

/** How many keys the foot line names; the help overlay has them all. */
const keysShown = 3;

/** The last line: the model and how its attention was read, the size of the picture, the time, the main keys. */
export function footLine(info: AnalysisInfo, map: MapInfo): TemplateResult {
  const [layers, heads, queries, keys] = map.shape;
  const { load, run } = info.timing;
  const notes = info.notes.join('\n');
  return html`
    <footer>
      <span class="model" title=${notes || nothing}>${info.model.id}${notes ? html`<span class="unseen">. How attention was read: ${notes}</span>` : nothing}</span>
      <span>${countText(layers, 'layer')} × ${countText(heads, 'head')}</span>
      <span>${isSelf(map) ? countText(queries, 'token') : `${queries} × ${countText(keys, 'token')}`}</span>
      <span title=${load > 0 ? `${timeText(run)} to run, ${timeText(load)} to load the model first` : 'Time of the run'}>${timeText(run)}</span>
      <span class="keys">${keyHelp.slice(0, keysShown).map(({ keys: caps, short }) => html`<span>${caps.map((cap) => html`<kbd>${cap}</kbd> `)}${short}</span>`)}</span>
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

  footer .model[title] {
    text-decoration: underline dotted;
    text-underline-offset: 3px;
    cursor: help;
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

  @media (max-width: 700px) {
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
