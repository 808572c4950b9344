import { css } from 'lit';

/** The looks of the model view. */
export const modelStyles = css`
  .bar {
    color: var(--ta-dim);
    font-size: 0.92em;
  }

  /* Both fit beside each other in 300 px. */
  .bar vscode-single-select {
    flex: 1 1 120px;
    width: auto;
    min-width: 0;
    max-width: 190px;
  }

  .legend {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }

  .ramp {
    flex: none;
    width: 60px;
    height: 8px;
    border: 1px solid var(--ta-rule);
    border-radius: 2px;
  }

  .sizes {
    margin-inline-start: auto;
    white-space: nowrap;
  }

  .sizes button {
    width: 22px;
    padding: 0;
  }

  .grid {
    position: absolute;
    inset: 0;
    overflow: hidden;
    outline: none;
  }

  .cell {
    position: absolute;
    top: 0;
    left: 0;
    padding-top: calc(var(--ta-tile) + 2px);
    overflow: hidden;
    color: var(--ta-dim);
    font-size: 10px;
    line-height: 14px;
    text-align: center;
    white-space: pre;
    cursor: pointer;
  }

  .cell::before {
    content: '';
    position: absolute;
    top: 0;
    left: calc(50% - var(--ta-tile) / 2);
    width: var(--ta-tile);
    height: var(--ta-tile);
    border-radius: 2px;
    outline: 0 solid var(--ta-focus);
    outline-offset: -2px;
  }

  .cell:hover {
    color: var(--vscode-foreground);
  }

  .cell:hover::before {
    outline: 1px solid var(--ta-dim);
    outline-offset: -1px;
  }

  .cell.focused {
    color: var(--vscode-foreground);
  }

  .cell.focused::before {
    outline-width: 2px;
    outline-style: solid;
    outline-color: var(--ta-focus);
    outline-offset: -2px;
  }

  .grid:focus-visible .cell.active::before {
    outline: 2px dashed var(--ta-focus);
    outline-offset: -2px;
  }

  .others {
    position: absolute;
    top: 0;
    left: 0;
    display: flex;
    align-items: center;
    gap: 6px;
    overflow: hidden;
    color: var(--ta-dim);
    font-size: 11px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .others::after {
    content: '';
    flex: 1;
    border-top: 1px solid var(--ta-rule);
  }

  .axis {
    position: absolute;
    color: var(--ta-dim);
    font-size: 11px;
    line-height: 14px;
    text-align: center;
  }

  .axis.head {
    top: 3px;
  }

  .axis.layer {
    left: 8px;
    width: 20px;
  }

  .axis.chosen {
    color: var(--vscode-foreground);
    font-weight: 600;
  }

  .note {
    margin: 24px auto;
    max-width: 320px;
    padding: 0 16px;
    color: var(--ta-dim);
    text-align: center;
  }
`;
