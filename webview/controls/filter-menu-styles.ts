import { css } from 'lit';

/** The looks of the Filter button and its menu. */
export const filterMenuStyles = css`
  .opener {
    border-color: var(--ta-control-border);
    line-height: 20px;
  }

  .opener svg {
    display: none;
  }

  /* Filtered: the button says so besides the line of words. */
  .opener.on::after {
    content: '';
    display: inline-block;
    width: 6px;
    height: 6px;
    margin-inline-start: 5px;
    border-radius: 50%;
    background: currentColor;
    vertical-align: 1px;
  }

  [popover] {
    inset: auto;
    width: min(372px, calc(100vw - 16px));
    margin: 0;
    padding: 10px 12px;
    overflow: hidden auto;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--ta-rule));
    border-radius: 6px;
    background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    font-size: 0.95em;
    line-height: 1.4;
  }

  .row {
    display: grid;
    grid-template-columns: 98px minmax(0, 1fr);
    align-items: center;
    gap: 8px;
    margin-bottom: 6px;
  }

  .name,
  legend {
    color: var(--ta-dim);
  }

  fieldset {
    margin: 0 0 8px;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
  }

  vscode-checkbox {
    display: flex;
    width: fit-content;
  }

  .limit {
    display: flex;
    align-items: center;
    gap: 6px;
  }

  vscode-textfield {
    width: 64px;
  }

  .end {
    display: flex;
    justify-content: flex-end;
    padding-top: 8px;
    border-top: 1px solid var(--ta-rule);
  }

  @media (max-width: 420px) {
    .opener {
      position: relative;
      width: 24px;
      padding: 0;
      line-height: 18px;
    }

    .opener svg {
      display: block;
      margin: 2px auto;
    }

    .opener svg + span {
      display: none;
    }

    .opener.on::after {
      position: absolute;
      inset: 1px 1px auto auto;
      margin: 0;
    }
  }

  @media (max-width: 340px) {
    .row {
      grid-template-columns: minmax(0, 1fr);
      gap: 2px;
    }
  }
`;
