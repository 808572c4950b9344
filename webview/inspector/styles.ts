import { css } from 'lit';

/** The looks of the inspector. */
export const inspectorStyles = css`
  :host {
    display: block;
    overflow: hidden auto;
    padding: 12px 14px 16px;
    line-height: 1.45;
    overflow-wrap: anywhere;

    animation: more-below linear;
    animation-timeline: scroll(self);
    animation-range: 0 calc(100% - 8px);

    /* The width of the widest number, ">0.99". */
    --number: 3.1em;
  }

  h2 {
    margin: 0;
    overflow: hidden;
    font-size: 1.25em;
    font-weight: 600;
    line-height: 1.3;
    text-overflow: ellipsis;
    white-space: pre;
  }

  h2.advice {
    white-space: normal;
  }

  h3 {
    margin: 16px 0 6px;
    color: var(--ta-dim);
    font-size: 0.85em;
    font-weight: 600;
  }

  p {
    margin: 0 0 8px;
  }

  ol + p,
  .row-words {
    margin-top: 12px;
  }

  .where,
  .dim {
    color: var(--ta-dim);
  }

  .where {
    font-size: 0.92em;
  }

  .cell {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    color: var(--vscode-foreground);
  }

  .cell span:first-child {
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .exact {
    flex: none;
    font-weight: 600;
  }

  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: minmax(0, 6.2em) minmax(2em, 1fr) var(--number);
    align-items: center;
    gap: 8px;
    min-height: 19px;
  }

  li.link {
    grid-template-columns: minmax(0, 1fr) var(--number);
  }

  .name {
    overflow: hidden;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.95em;
    text-overflow: ellipsis;
    white-space: pre;
  }

  /* In a narrow pane the key goes below the query, so that both can be read. */
  .pair {
    display: flex;
    flex-wrap: wrap;
    min-width: 0;
  }

  .pair .name {
    max-width: 100%;
  }

  .arrow {
    padding-inline: 6px;
  }

  /* The number of a token beside others that look the same. */
  sub {
    margin-inline-start: 2px;
    color: var(--ta-dim);
    font-family: var(--vscode-font-family);
    font-size: 0.8em;
    line-height: 1;
  }

  .unknown {
    text-decoration: underline dotted;
    text-underline-offset: 0.2em;
  }

  .special {
    color: var(--ta-dim);
  }

  ul {
    margin: 0;
    padding: 0;
    min-height: 57px;
    list-style: none;
  }

  button.weight {
    padding: 0;
    border: 0;
    line-height: inherit;
    text-align: end;
  }

  button.weight:hover {
    background: none;
    color: var(--vscode-textLink-activeForeground);
    outline: none;
    text-decoration: underline;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
    margin-top: 4px;
  }

  li.link .weight,
  li .weight {
    white-space: nowrap;
  }

  ol button.link,
  ul button.link {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .opening {
    margin: 12px 0 4px;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
  }

  .vocabulary {
    display: flex;
    flex-wrap: wrap;
    gap: 0 10px;
  }

  .vocabulary code {
    color: var(--vscode-foreground);
    font-family: var(--vscode-editor-font-family, monospace);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .bar {
    height: 8px;
    border-radius: 2px;
    min-width: 2px;
  }

  /* Predictions belong to no head: their bars have the colour of words. */
  .candidates .bar {
    background: var(--ta-dim);
  }

  .candidates {
    margin-bottom: 6px;
  }

  .weight {
    color: var(--ta-dim);
    text-align: end;
  }

  /* A measured role: its name, and the score on a line with its baselines. */
  .role {
    display: grid;
    grid-template-columns: minmax(0, 1fr) var(--number);
    align-items: center;
    column-gap: 8px;
    margin-bottom: 6px;
    margin-top: 10px;
  }

  .track,
  .numbers {
    grid-column: 1 / -1;
  }

  .track {
    position: relative;
    margin-inline: 5px;
    height: 14px;
    background: linear-gradient(var(--ta-rule), var(--ta-rule)) center / 100% 1px no-repeat;
  }

  .track > * {
    position: absolute;
    top: 50%;
    transform: translate(-50%, -50%);
  }

  .track .above {
    height: 3px;
    transform: translateY(-50%);
  }

  .tick {
    width: 2px;
    height: 12px;
    background: var(--vscode-foreground);
  }

  .tick.chance {
    height: 6px;
    background: var(--ta-dim);
  }

  .track .score {
    width: 9px;
    height: 9px;
    border-radius: 50%;
  }

  .numbers {
    font-size: 0.92em;
  }

  ul.examples {
    min-height: 0;
    margin-bottom: 8px;
  }

  .examples button.link {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.95em;
  }

  b {
    color: var(--vscode-foreground);
  }

  .swatch {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 6px;
    border-radius: 2px;
  }
`;
