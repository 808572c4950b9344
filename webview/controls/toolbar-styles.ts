import { css } from 'lit';

/** The looks of the toolbar. */
export const toolbarStyles = css`
  :host {
    display: block;
  }

  .bar {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 6px 14px;
    padding: 7px 12px;
  }

  vscode-single-select {
    width: 108px;
  }

  .stepper {
    display: flex;
    align-items: center;
    gap: 8px;
    white-space: nowrap;
  }

  .stepper button {
    width: 22px;
    padding: 0;
    border-color: var(--ta-control-border);
    line-height: 18px;
  }

  .stepper button.all {
    width: auto;
    padding: 0 5px;
    border-color: transparent;
    color: var(--ta-dim);
    font-size: 0.92em;
  }

  .stepper button.all[aria-pressed='true'] {
    border-color: var(--ta-control-border);
    color: var(--vscode-foreground);
  }

  .layer {
    display: inline-block;
    min-width: 1.2em;
    text-align: center;
  }

  .range,
  .only {
    color: var(--ta-dim);
  }

  .end {
    display: flex;
    align-items: center;
    margin-inline-start: auto;
  }

  ta-filter {
    margin-inline-end: 6px;
  }

  .end > button {
    width: 22px;
    padding: 0;
  }

  .end svg {
    display: block;
    margin: 3px auto;
  }

  @media (max-width: 420px) {
    .bar {
      gap: 6px 10px;
      padding: 6px 8px;
    }

    .chips {
      order: 1;
      flex-basis: 100%;
    }
  }
`;
