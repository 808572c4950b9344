import { css, html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { MapInfo } from '../../src/core/attention/map.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { viewTable } from '../../src/core/views/table.ts';
import type { Sequence } from '../../src/core/text/token.ts';
import { unknownNames, unknownSentences } from '../../src/core/text/unknown-words.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import type { Failure, Shown } from '../../src/protocol/panel.ts';
import type { Acting } from '../act.ts';
import { words } from '../../src/core/words/words.ts';

/** What the lines above the picture tell. */
export interface Told {
  readonly shown: Shown | null;
  readonly busy: Progress | null;
  readonly failure: Failure | null;
  /** The map that is shown; null while there is none. */
  readonly map: MapInfo | null;
  readonly view: ViewState;
  readonly act: Acting;
}

/**
 * The lines above the picture: a run under way, or else what went wrong, what has changed or was left out, and the
 * first hint.
 */
export function notices({ shown, busy, failure, map, view, act }: Told): TemplateResult {
  if (busy) return busyNotice(busy, act);
  return html`
    ${failure ? failureNotice(failure, act) : nothing}
    ${shown?.stale ? staleNotice(act) : nothing}
    ${
      shown?.leftOut.map(
        (sentence) => html`<div class="notice"
      role="status"><span>${sentence}</span></div>`,
      ) ?? nothing
    }
    ${shown?.first && map ? firstNotice(map, view) : nothing}
  `;
}

/** A run under way: what it does, how far it is, and a way to stop it. The picture before stays below. */
function busyNotice(busy: Progress, act: Acting): TemplateResult {
  const says = words().notices;
  const { done, total } = busy;
  const known = done !== undefined && total !== undefined && total > 0;
  return html`
    <vscode-progress-bar
      aria-label=${busy.stage}
      ?indeterminate=${!known}
      .max=${known ? total : 100}
      .value=${known ? done : undefined}
    ></vscode-progress-bar>
    <div class="notice" role="status">
      <span>${known ? says.percent(busy.stage, done / total) : busy.stage}</span>
      <button class="link" title=${says.cancelMeaning}
        @click=${() => act({ type: 'command', command: 'cancel' })}>${says.cancel}</button>
    </div>
  `;
}

/** What went wrong, what to do, and one button for it. */
function failureNotice(failure: Failure, act: Acting): TemplateResult {
  const { action } = failure;
  return html`
    <div class="notice failure" role="alert">
      <span><b>${failure.what}</b> ${failure.next}</span>
      ${
        action
          ? html`<vscode-button title=${failure.next}
        @click=${() => act({ type: 'command', command: action.command })}>${action.label}</vscode-button>`
          : nothing
      }
    </div>
  `;
}

/** The text is no longer the one that was analysed. */
function staleNotice(act: Acting): TemplateResult {
  const says = words().notices;
  return html`
    <div class="notice" role="status">
      <span>${says.stale}</span>
      <button class="link" title=${says.rerunMeaning}
        @click=${() => act({ type: 'command', command: 'rerun' })}>${says.rerun}</button>
    </div>
  `;
}

/** How many words the model does not know, a line for each text that has some; which ones stands in its title. */
export function unknownNotice(sequences: readonly Sequence[]): TemplateResult | typeof nothing {
  const lines = unknownSentences(sequences);
  return lines.length === 0
    ? nothing
    : html`<div class="notice unknown"><span title=${unknownNames(sequences)}>${lines.join(' ')}</span></div>`;
}

/**
 * The one line of the first minute. It names no key: the keyboard is still in the editor, where a key would replace the
 * selection; and it names the arrows only in views whose toolbar has them.
 */
function firstNotice({ shape: [layers] }: MapInfo, view: ViewState): TemplateResult {
  const hasArrows = layers > 1 && viewTable[view.view].showsTokens;
  return html`
    <div class="notice first">
      <span>${hasArrows ? words().notices.firstWithLayers : words().notices.first}</span>
    </div>
  `;
}

/** Nothing has been analysed. */
export function emptyPage(): TemplateResult {
  const says = words().notices;
  const keys = (names: readonly string[]): TemplateResult =>
    html`<span class="keys">${names.map((name, at) => html`${at > 0 ? ' ' : nothing}<kbd>${name}</kbd>`)}</span>`;
  return html`
    <div class="page">
      <h1>${says.empty}</h1>
      <p>${says.emptyAdvice(html`<b>${says.command}</b>`, keys(['Ctrl', 'Alt', 'A']), keys(['⌘', '⌥', 'A']))}</p>
    </div>
  `;
}

/** The looks of notices. */
export const noticeStyles = css`
  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: 4px 16px;
    padding: 6px 16px;
    border-bottom: 1px solid var(--ta-rule);
    line-height: 1.5;
  }

  .notice > span {
    flex: 1 1 200px;
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .notice.first {
    color: var(--ta-dim);
  }

  .notice.failure {
    border-inline-start: 3px solid var(--vscode-editorError-foreground, var(--vscode-errorForeground));
    padding-inline-start: 13px;
  }

  vscode-progress-bar {
    position: absolute;
    z-index: 1;
  }

  .page {
    margin: auto;
    max-width: 400px;
    padding: 24px;
    line-height: 1.6;
  }

  .page h1 {
    margin: 0 0 6px;
    font-size: 1.25em;
    font-weight: 600;
  }

  .page p {
    margin: 0;
    color: var(--ta-dim);
  }

  .page .keys {
    white-space: nowrap;
  }

  .page b {
    color: var(--vscode-foreground);
    font-weight: 600;
  }
`;
