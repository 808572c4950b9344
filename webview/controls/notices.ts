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
      <span>${busy.stage}${known ? ` ${Math.floor((100 * done) / total)} %` : ''}</span>
      <button class="link" title="Stop the run."
        @click=${() => act({ type: 'command', command: 'cancel' })}>Cancel</button>
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
  return html`
    <div class="notice" role="status">
      <span>The text has changed since this analysis.</span>
      <button class="link" title="Analyse the text as it is now."
        @click=${() => act({ type: 'command', command: 'rerun' })}>Run again</button>
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
      <span>Point at a word here to see what it looks at; click to pin it.${hasArrows ? ' Then step through the layers with the arrows ‹ › in the toolbar.' : nothing}</span>
    </div>
  `;
}

/** Nothing has been analysed. */
export function emptyPage(): TemplateResult {
  return html`
    <div class="page">
      <h1>Nothing analysed yet</h1>
      <p>Select a sentence in an editor and run <b>Attention: Show Attention</b> from the context menu or the command palette (<span class="keys"><kbd>Ctrl</kbd> <kbd>Alt</kbd> <kbd>A</kbd></span>, on a Mac <span class="keys"><kbd>⌘</kbd> <kbd>⌥</kbd> <kbd>A</kbd></span>).</p>
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
