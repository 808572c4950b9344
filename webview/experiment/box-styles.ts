import { css } from 'lit';

/** The looks of the box that offers edits. */
export const boxStyles = css`
  [popover] {
    inset: auto;
    width: min(340px, calc(100vw - 16px));
    max-height: calc(100vh - 16px);
    margin: 0;
    padding: 4px 14px 10px;
    overflow: hidden auto;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--ta-rule));
    border-radius: 6px;
    background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    font-size: 0.95em;
    line-height: 1.4;
  }

  h2 {
    margin: 10px 0 4px;
    overflow: hidden;
    font-size: 1em;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: pre;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    margin: 2px 0;
  }

  .buttons button,
  form button {
    border-color: var(--ta-control-border);
  }

  .buttons [aria-pressed='true'] {
    border-color: var(--vscode-foreground);
    background: var(--ta-chosen);
    font-weight: 600;
  }

  form {
    display: grid;
    grid-template-columns: 7em minmax(0, 1fr) max-content;
    align-items: center;
    gap: 8px;
    min-height: 28px;
  }

  input[type='text'],
  select {
    min-width: 0;
    height: 22px;
    padding: 0 5px;
    border: 1px solid var(--vscode-input-border, var(--ta-control-border));
    border-radius: 3px;
    background: var(--vscode-input-background, transparent);
    color: var(--vscode-input-foreground, var(--vscode-foreground));
    font: inherit;
  }

  input[type='text'] {
    font-family: var(--vscode-editor-font-family, monospace);
  }

  input[type='text']:focus,
  select:focus {
    outline: 1px solid var(--ta-focus);
    outline-offset: -1px;
  }

  .reach {
    display: grid;
    grid-template-columns: 7em minmax(0, 1fr);
    align-items: center;
    gap: 8px;
    min-height: 26px;
  }

  .problem {
    margin: 2px 0;
    overflow-wrap: anywhere;
  }

  .problem:empty {
    display: none;
  }
`;
