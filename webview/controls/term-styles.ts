import { css } from 'lit';

/** The looks of a term: a quiet dotted line under it, and its definition as VS Code's hovers look. */
export const termStyles = css`
  :host {
    --ta-term-line: color-mix(in srgb, var(--vscode-foreground) 38%, transparent);
  }

  .term {
    border-radius: 2px;
    cursor: help;
    text-decoration: underline dotted var(--ta-term-line) 1px;
    text-underline-offset: 0.22em;
  }

  .term.over {
    display: block;
    height: 100%;
    border-bottom: 1px dotted var(--ta-term-line);
    border-radius: 0;
  }

  .term:hover,
  .term:focus-visible {
    border-bottom-color: currentcolor;
    text-decoration-color: currentcolor;
  }

  .term:focus-visible {
    outline: 1px solid var(--ta-focus);
    outline-offset: 1px;
  }

  .definition {
    position: fixed;
    inset: auto;
    margin: 0;
    width: max-content;
    max-width: min(300px, calc(100vw - 16px));
    padding: 6px 10px;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--ta-rule));
    border-radius: 4px;
    background-color: var(--vscode-editorHoverWidget-background);
    color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size, 13px);
    font-weight: normal;
    line-height: 1.4;
    text-align: start;
    white-space: normal;
  }

  /* The mouse that only passes opens nothing. */
  .definition.late {
    animation: late 0s 250ms both;
  }

  .definition p {
    margin: 0 0 4px;
  }

  .definition b {
    font-weight: 600;
  }

  @keyframes late {
    from {
      visibility: hidden;
    }

    to {
      visibility: visible;
    }
  }
`;
