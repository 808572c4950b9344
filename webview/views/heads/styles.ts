import { css } from 'lit';

/** The looks of the head view. */
export const headStyles = css`
  :host {
    display: block;
    position: relative;
    min-height: 0;
    min-width: 0;
  }

  .scroller {
    position: absolute;
    inset: 0;
    overflow: hidden auto;
  }

  canvas.rest {
    opacity: var(--ta-calm-opacity);
    transition: opacity 120ms;
  }

  .has-focus canvas.rest {
    opacity: var(--ta-rest-opacity);
  }

  .caption {
    position: absolute;
    top: 9px;
    color: var(--ta-dim);
    font-size: 0.85em;
    line-height: 16px;
    white-space: nowrap;
  }

  .column {
    position: absolute;
    inset: 34px auto 0 auto;
    overflow: hidden;
    outline: none;
  }

  .row {
    position: absolute;
    top: -34px;
    width: 100%;
    display: flex;
    align-items: center;
    gap: 6px;
    cursor: pointer;
    font-family: var(--vscode-editor-font-family, monospace);
    will-change: transform;
  }

  .query .row {
    flex-direction: row-reverse;
  }

  .label {
    position: relative;
    max-width: var(--ta-label-width);
    padding: 0 5px;
    border: 1px solid transparent;
    border-radius: 3px;
    line-height: 20px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: pre;
  }

  .special .label {
    color: var(--ta-dim);
  }

  .unknown .label {
    text-decoration: underline dotted;
    text-underline-offset: 0.2em;
  }

  /* In a causal map, what the token in focus cannot look at, or what cannot look at it. */
  .out-of-sight .label {
    opacity: 0.45;
  }

  .row:hover .label {
    border-color: var(--ta-rule);
  }

  .row.focused .label,
  .row.asked .label {
    border-color: var(--ta-focus);
  }

  .column:focus-visible .row.focused .label,
  .column:focus-visible .row.asked .label {
    outline: 1px solid var(--ta-focus);
  }

  .column:focus-visible.bare {
    outline: 1px solid var(--ta-focus);
    outline-offset: -1px;
    border-radius: 3px;
  }

  .number {
    color: var(--ta-dim);
    font-family: var(--vscode-font-family);
    font-size: 0.85em;
    font-variant-numeric: tabular-nums;
  }

  .number:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }

  .row.asked .number {
    color: var(--vscode-foreground);
  }

  /* The hair line that joins a piece to the piece of its word above it. */
  .joined::before {
    content: '';
    position: absolute;
    top: calc(10px - 50%);
    height: calc(100% - 20px);
    width: 1px;
    background: var(--ta-dim);
    opacity: 0.6;
  }

  .query .joined::before {
    right: 9px;
  }

  .key .joined::before {
    left: 9px;
  }

  .note {
    position: absolute;
    bottom: 4px;
    left: 50%;
    max-width: calc(100% - 16px);
    padding: 0 8px;
    transform: translateX(-50%);
    border-radius: 3px;
    background: var(--vscode-editor-background);
    color: var(--ta-dim);
    font-size: 0.85em;
    line-height: 18px;
    text-align: center;
    pointer-events: none;
  }

  @media (prefers-reduced-motion: reduce) {
    canvas.rest {
      transition: none;
    }
  }
`;
