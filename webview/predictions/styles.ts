import { css } from 'lit';

/**
 * The looks of the predictions. Their parts are laid out by the panel, beside and under the sentence: the element itself
 * has no box.
 */
export const predictionStyles = css`
  :host {
    display: contents;
  }

  .told {
    grid-area: told;
    min-width: 0;
    padding: 7px 16px 6px;
    line-height: 1.45;

    --number: 4.2em;
  }

  .closed {
    padding-bottom: 7px;
  }

  .head {
    display: flex;
    align-items: baseline;
    gap: 10px;
    min-height: 20px;
  }

  .toggle {
    min-width: 0;
    margin-inline-start: -6px;
    overflow: hidden;
    color: var(--ta-dim);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .sign {
    display: inline-block;
    width: 1.2em;
  }

  .kept {
    margin-inline-start: auto;
    color: var(--ta-dim);
    font-size: 0.92em;
    white-space: nowrap;
  }

  .candidates {
    margin: 2px 0 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: minmax(0, 7.5em) minmax(2em, 1fr) var(--number);
    align-items: center;
    gap: 8px;
    height: 19px;
  }

  .name {
    overflow: hidden;
    border: 0;
    padding: 0 2px;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.95em;
    line-height: 18px;
    text-align: start;
    text-overflow: ellipsis;
    white-space: pre;
  }

  .bar {
    display: block;
    height: 8px;
    min-width: 2px;
    border-radius: 2px;
    background: var(--ta-dim);
  }

  .number {
    color: var(--ta-dim);
    text-align: end;
    white-space: nowrap;
  }

  /* What the settings leave out stays where it is. */
  .cut .name,
  .cut .number {
    color: var(--ta-dim);
    text-decoration: line-through;
  }

  .cut .bar {
    visibility: hidden;
  }

  .actual .name {
    font-weight: 600;
  }

  .in-text {
    min-height: 19px;
    margin: 0;
    overflow: hidden;
    color: var(--ta-dim);
    font-size: 0.92em;
    line-height: 19px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  b {
    color: var(--vscode-foreground);
    font-weight: 600;
  }

  .controls {
    grid-area: controls;
    display: flex;
    flex-direction: column;
    gap: 4px;
    min-width: 0;
    padding: 0 16px 9px;
  }

  .writing,
  .settings {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px 12px;
    line-height: 22px;
  }

  .ended {
    margin: 0;
    color: var(--ta-dim);
    line-height: 22px;
  }

  .main {
    min-width: 7.2em;
    border-color: var(--vscode-button-border, transparent);
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    line-height: 22px;
  }

  .main:hover {
    background-color: var(--vscode-button-hoverBackground);
  }

  button.link {
    line-height: 22px;
  }

  label,
  .field {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    color: var(--ta-dim);
    white-space: nowrap;
  }

  input[type='number'] {
    width: 4.6em;
    border: 1px solid var(--vscode-settings-numberInputBorder, var(--vscode-input-border, var(--ta-control-border)));
    border-radius: 3px;
    padding: 1px 4px;
    background: var(--vscode-input-background, transparent);
    color: var(--vscode-input-foreground, inherit);
    font: inherit;
    font-variant-numeric: tabular-nums;
  }

  input::placeholder {
    color: var(--vscode-input-placeholderForeground, var(--ta-dim));
    opacity: 1;
  }

  input:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: 0;
  }

  input[type='checkbox'] {
    margin: 0;
    accent-color: var(--vscode-button-background);
  }

  .more {
    display: none;
  }

  @media (max-width: 759px) {
    /* One line of candidates under the sentence; the settings are opened when they are wanted. */
    .told {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 12px;
      padding-block: 0 3px;
    }

    .candidates {
      display: flex;
      grid-area: 2 / 1 / 3 / 3;
      gap: 0 14px;
      height: 20px;
      overflow: hidden;
      flex-wrap: wrap;
    }

    .in-text {
      grid-area: 1 / 2 / 2 / 3;
      text-align: end;
    }

    .kept,
    .room,
    label > span[aria-hidden] {
      display: none;
    }

    li {
      display: flex;
      flex: none;
      gap: 5px;
      max-width: 11em;
    }

    .number {
      min-width: 2.2em;
      text-align: start;
    }

    .writing {
      gap: 0 12px;
    }

    .more {
      display: block;
    }

    .settings:not(.open) {
      display: none;
    }
  }
`;
